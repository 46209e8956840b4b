import type { HubSpotGateway } from '../../../src/usecases/hubspot-port.ts';
import type { Deps } from '../../../src/usecases/ports.ts';
import type { Engine } from '../engine.ts';
import type { PortEvent } from '../ports.ts';
import { BOTH, type Cell, type Row } from '../row.ts';

/** Pages as small as this make several in an account of a dozen customers. */
const PAGE = 3;

/** HubSpot's pages in smaller ones. */
function inSmallPages(hubspot: HubSpotGateway): HubSpotGateway {
  return {
    ...hubspot,
    companyPages: async function* (...input) {
      for await (const { companies, nextAfterId } of hubspot.companyPages(...input)) {
        for (let from = 0; from === 0 || from < companies.length; from += PAGE) {
          const part = companies.slice(from, from + PAGE);
          const isLast = from + PAGE >= companies.length;
          yield { companies: part, nextAfterId: isLast ? nextAfterId : (part.at(-1)?.companyId ?? null) };
          // The jobs that this page woke get their turn.
          await new Promise((resolve) => setTimeout(resolve, 15));
        }
      }
    },
  };
}

/** An engine whose jobs start as they are woken, as a worker's do: the tasks are made while the read goes on. */
async function startReading(cell: Cell, isTime: (event: PortEvent) => boolean) {
  const jobs: Promise<unknown>[] = [];
  const running: { engine: Engine | null } = { engine: null };
  const wake: Deps['queue']['wake'] = (job, portalId) => {
    const { engine } = running;
    if (engine !== null && !engine.isGone())
      jobs.push(engine.runner.runOne(job, portalId).catch(() => undefined));
    return Promise.resolve();
  };
  running.engine = await cell.start({
    decorate: (deps) => ({ ...deps, hubspot: inSmallPages(deps.hubspot), queue: { ...deps.queue, wake } }),
    observe: (event) => {
      if (running.engine?.isGone() === true || !isTime(event)) return;
      running.engine?.kill();
      cell.hit();
    },
  });
  return { engine: running.engine, ended: () => Promise.all(jobs) };
}

/** A page that is planned together with its customers: before its commit, or right after. */
function isPageAt(name: 'tx.end' | 'tx.commit', nth: number): (event: PortEvent) => boolean {
  let seen = 0;
  return (event) => {
    const ran = (what: string) => event.inside?.some((part) => part.name === what) === true;
    return event.name === name && ran('companies.upsertRead') && ran('touches.plan') && ++seen === nth;
  };
}

/** The read goes on where its last page was committed, and no customer of the pages before gets a second task or none. */
const killedWhileReading: Row = {
  fault: 'killed while tasks are made and customers are still read',
  point: 'page',
  modes: BOTH,
  countedBy: 'engine',
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
