import { setImmediate, setTimeout } from 'node:timers/promises';
import type { HubSpotGateway } from '../../../src/usecases/hubspot-port.ts';
import type { Deps } from '../../../src/usecases/ports.ts';
import type { Engine } from '../engine.ts';
import type { PortEvent } from '../ports.ts';
import { lookAround } from '../witness.ts';
import { BOTH, type Cell, type Row } from '../row.ts';

/** Pages as small as this make several in an account of a dozen customers. */
const PAGE = 3;

/** Real milliseconds that a page waits for the people, who are read beside it, and for the jobs that the page before has woken. */
const PEOPLE_WITHIN_MS = 5_000;
const JOBS_WITHIN_MS = 100;

/** HubSpot's pages in smaller ones. @param meanwhile what is under way beside the read, and comes to its end between two pages */
function inSmallPages(hubspot: HubSpotGateway, meanwhile: () => Promise<unknown>): HubSpotGateway {
  return {
    ...hubspot,
    companyPages: async function* (...input) {
      for await (const { companies, nextAfterId } of hubspot.companyPages(...input)) {
        for (let from = 0; from === 0 || from < companies.length; from += PAGE) {
          const part = companies.slice(from, from + PAGE);
          const isLast = from + PAGE >= companies.length;
          yield { companies: part, nextAfterId: isLast ? nextAfterId : (part.at(-1)?.companyId ?? null) };
          await meanwhile();
        }
      }
    },
  };
}

/** An engine whose jobs start as they are woken, as a worker's do: the tasks are made while the read goes on. */
async function startReading(cell: Cell, isTime: (event: PortEvent) => boolean) {
  const jobs: Promise<unknown>[] = [];
  const running: { engine: Engine | null } = { engine: null };
  // A page is planned with its customers once it is known who calls whom.
  let tellPeopleRead: () => void = () => undefined;
  const peopleRead = new Promise<void>((resolve) => {
    tellPeopleRead = resolve;
  });
  const meanwhile = async () => {
    await Promise.race([peopleRead, setTimeout(PEOPLE_WITHIN_MS)]);
    await setImmediate();
    await Promise.race([Promise.all(jobs), setTimeout(JOBS_WITHIN_MS)]);
  };
  const wake: Deps['queue']['wake'] = (job, portalId) => {
    const { engine } = running;
    if (engine !== null && !engine.isGone())
      jobs.push(engine.runner.runOne(job, portalId).catch(() => undefined));
    return Promise.resolve();
  };
  running.engine = await cell.start({
    decorate: (deps) => ({
      ...deps,
      hubspot: inSmallPages(deps.hubspot, meanwhile),
      queue: { ...deps.queue, wake },
    }),
    observe: async (event) => {
      if (event.name === 'tx.commit' && ran(event, 'people.replaceOwners')) tellPeopleRead();
      if (running.engine === null || running.engine.isGone() || !isTime(event)) return;
      running.engine.kill();
      const { companies, touches, writesTouches } = await lookAround(cell.world, cell.account.portalId);
      // Some are planned or about to be, and not all are read.
      if (companies < cell.account.companyIds.length && (touches > 0 || writesTouches)) cell.hit();
    },
  });
  const { engine } = running;
  return {
    engine,
    /** Resolves once no job runs any more that a page or another job woke; from then on jobs run when they are due. */
    ended: async () => {
      for (let known = -1; known < jobs.length;) {
        known = jobs.length;
        await Promise.all(jobs);
      }
      running.engine = null;
    },
  };
}

function ran({ inside = [] }: PortEvent, name: string): boolean {
  return inside.some((event) => event.name === name);
}

/** A page that is planned together with its customers: before its commit, or right after. */
function isPageAt(name: 'tx.end' | 'tx.commit', nth: number): (event: PortEvent) => boolean {
  let seen = 0;
  return (event) => {
    const isPlanned = ran(event, 'companies.upsertRead') && ran(event, 'touches.plan');
    return event.name === name && isPlanned && ++seen === nth;
  };
}

/** The read goes on where its last page was committed, and no customer of the pages before gets a second task or none. */
const killedWhileReading: Row = {
  fault: 'killed while tasks are made and customers are still read',
  point: 'page',
  modes: BOTH,
  countedBy: 'database',
  // Four pages: the second and third are planned as they are read.
  account: () => ({ companies: 4 * PAGE }),
  run: async (cell) => {
    const name = cell.random.below(2) === 0 ? 'tx.end' : 'tx.commit';
    const first = await startReading(cell, isPageAt(name, 1 + cell.random.below(2)));
    await first.engine.work.runDue();
    await first.ended();
    if (!first.engine.isGone()) return;
    await cell.outliveLease();
    const second = await startReading(cell, () => false);
    await second.engine.work.runDue();
    await second.ended();
    await cell.settle();
  },
};

export const READING_ROWS: readonly Row[] = [killedWhileReading];
