import type { FaultInput } from '../control.ts';
import { UNIQUE, type Cell, type Row } from '../row.ts';
import { answerThrough } from './answers.ts';
import { HOUR_MS, MINUTE_MS, pick } from './helpers.ts';

const CREATE = '/notes/batch/create';
/** A note is looked for among those of its company; a reply that is silent about a company is asked for once more. */
const LINKS = '/companies/notes/batch/read';
const READS_OF_A_LOOK = 2;
/** So long a note is looked for before it is sent a second time. */
const LOOKED_FOR_MS = 15 * MINUTE_MS;

type Story = {
  readonly fault: string;
  readonly point: string;
  readonly faults: (lost: FaultInput['fault'] & object) => readonly FaultInput[];
  readonly expected: {
    readonly creates: number;
    /** Reads that did not show what was there. */
    readonly silentReads: number;
    readonly notes: number;
    readonly parked: number;
  };
};

/** As the sandbox's faults take it. */
const endingIn = (path: string) => `/${path}$/`;

/** One conversation whose note meets lost answers; after two hours all that the engine does by itself is done. */
function noteRow({ fault, point, faults, expected }: Story): Row {
  return {
    fault,
    point,
    modes: UNIQUE,
    countedBy: 'sandbox',
    run: async (cell) => {
      await cell.start();
      await cell.settle();
      const lost = pick(cell, [
        { kind: 'reset', at: 'beforeHeaders' },
        { kind: 'status', status: 502 },
      ] as const);
      for (const planted of faults(lost)) await cell.plant(planted);
      await answerThrough(cell, async (answer) => {
        await answer.send();
        await cell.advance(2 * HOUR_MS);
      });
      await compare(cell, expected);
    },
  };
}

async function compare(cell: Cell, expected: Story['expected']): Promise<void> {
  const sentAtMs = timesSent(cell);
  const seen = {
    creates: sentAtMs.length,
    silentReads: silentReads(cell),
    notes: liveNotes(cell),
    parked: await parkedNotes(cell),
  };
  for (const [name, wanted] of Object.entries(expected)) {
    const found = seen[name as keyof typeof seen];
    if (found !== wanted) cell.fault(`of one conversation's note: ${found} ${name} instead of ${wanted}`);
  }
  const [first = 0, second = Infinity] = sentAtMs;
  if (second - first < LOOKED_FOR_MS) cell.fault(`its note was sent again after ${second - first} ms`);
}

/** When each create of a note arrived, by the sandbox's log. */
function timesSent({ world, account }: Cell): readonly number[] {
  const creates = world.control.requests(account.portalId).filter(({ path }) => path.endsWith(CREATE));
  return creates.map(({ at }) => Date.parse(at));
}

function silentReads({ world, account }: Cell): number {
  const reads = world.control.requests(account.portalId).filter(({ path }) => path.endsWith(LINKS));
  return reads.filter(({ faultId }) => faultId !== undefined).length;
}

function liveNotes({ world, account }: Cell): number {
  const notes = world.simulator.state.portals.get(account.portalId)?.objects.get('notes')?.values() ?? [];
  return [...notes].filter(({ archived }) => !archived).length;
}

async function parkedNotes({ world, account }: Cell): Promise<number> {
  const { rows } = await world.owner.query<{ parked: number }>(
    `SELECT count(*)::int AS parked FROM outbox WHERE portal_id = $1 AND kind = 'note' AND state = 'parked'`,
    [account.portalId],
  );
  return rows[0]?.parked ?? 0;
}

/** It is there, and the first look for it finds nothing: it is not written twice. */
const showsLate = noteRow({
  fault: 'a note does not show after a lost answer',
  point: 'first look',
  faults: (fault) => [
    { match: { path: endingIn(CREATE) }, when: 'after', fault },
    {
      match: { path: endingIn(LINKS) },
      when: 'after',
      fault: { kind: 'results', change: 'missing' },
      count: READS_OF_A_LOOK,
    },
  ],
  expected: { creates: 1, silentReads: READS_OF_A_LOOK, notes: 1, parked: 0 },
});

/** It never arrived: once it must have shown, it is sent again. */
const notThere = noteRow({
  fault: 'a note is not there after a lost answer',
  point: 'every look',
  faults: (fault) => [{ match: { path: endingIn(CREATE) }, when: 'before', fault }],
  expected: { creates: 2, silentReads: 0, notes: 1, parked: 0 },
});

/** It never arrives: sent twice, it is left to a person. */
const neverThere = noteRow({
  fault: 'a note is not there after two lost answers',
  point: 'every look',
  faults: (fault) => [{ match: { path: endingIn(CREATE) }, when: 'before', fault, count: 100 }],
  expected: { creates: 2, silentReads: 0, notes: 0, parked: 1 },
});

/** The one write that HubSpot would not refuse a second time, and that no batch of tasks meets. */
export const NOTE_ROWS: readonly Row[] = [showsLate, notThere, neverThere];
