import {
  breakDatabase,
  countRefusals,
  endEveryConnection,
  type Breaking,
  type DatabaseFault,
} from '../break-database.ts';
import { isClaimCommitted } from '../crash-points.ts';
import type { PortEvent } from '../ports.ts';
import { refusePoolSockets } from '../out-of-files.ts';
import { BOTH, UNIQUE, type Row } from '../row.ts';
import { fillDisk, holdPool, lockCrosswise } from '../trouble-database.ts';
import { answerThrough, runAndAnswerThrough } from './answers.ts';
import { atEvent, isCreate, MINUTE_MS, pick } from './helpers.ts';

/** Statements of a whole run, roughly: the fault comes at any of them. */
const STATEMENTS = 150;
const COMMITS = 40;

function broken(
  fault: string,
  faults: readonly DatabaseFault[],
  most: number,
  countedBy: Row['countedBy'] = 'line',
): Row {
  return {
    fault,
    point: 'any statement of the run',
    modes: BOTH,
    countedBy,
    run: async (cell) => {
      await cell.start();
      const what = pick(cell, faults);
      const breaking = breakDatabase(cell.world, what, 1 + cell.random.below(most), 1 + cell.random.below(3));
      try {
        await cell.settle();
        await cell.advance(2 * MINUTE_MS);
      } finally {
        breaking.mend();
      }
      for (let hit = 0; hit < breaking.hits(); hit += 1) cell.hit();
    },
  };
}

function failure(state: string): DatabaseFault {
  return { kind: 'state', state };
}

const MOMENTS: readonly ((event: PortEvent) => boolean)[] = [
  isClaimCommitted,
  isCreate,
  ({ name, when }) => name === 'hubspot.createTasks' && when === 'after',
  ({ name }) => name === 'tx.end',
];

/** At an instant of the run every connection is gone, those in the middle of a transaction too. */
const restarted: Row = {
  fault: 'database fails over: every connection ended',
  point: 'around a create',
  modes: BOTH,
  countedBy: 'database',
  run: async (cell) => {
    const moment = pick(cell, MOMENTS);
    await cell.start({
      observe: atEvent(1 + cell.random.below(3), moment, async () => {
        if ((await endEveryConnection(cell.world)) > 0) cell.hit();
      }),
    });
    await cell.settle();
    await cell.advance(5 * MINUTE_MS);
  },
};

/** Others hold every connection: a transaction waits, and then finds none. */
const poolEmpty: Row = {
  fault: 'pool empty: others hold every connection',
  point: 'any transaction of the run',
  modes: BOTH,
  countedBy: 'line',
  run: async (cell) => {
    const held: Breaking[] = [];
    await cell.start({
      observe: atEvent(1 + cell.random.below(COMMITS), isBegin, async () => {
        held.push(await holdPool(cell.world, 1 + cell.random.below(3)));
      }),
    });
    try {
      await cell.settle();
      await cell.advance(2 * MINUTE_MS);
    } finally {
      for (const holding of held) holding.mend();
    }
    for (let hit = 0; hit < (held[0]?.hits() ?? 0); hit += 1) cell.hit();
  },
};

const isBegin = ({ name }: PortEvent) => name === 'tx.begin';
const isSettling = ({ name, when }: PortEvent) => name === 'touches.settle' && when === 'before';
/** The touches are changed and the companies are not yet. */
const isSettled = ({ name, when }: PortEvent) => name === 'touches.settle' && when === 'after';

/** Postgres itself finds the deadlock and gives up the engine's transaction. */
const deadlocked: Row = {
  fault: 'deadlock: two transactions lock crosswise',
  point: 'outcome of a create',
  modes: BOTH,
  countedBy: 'database',
  run: async (cell) => {
    const intruders: Promise<void>[] = [];
    const observe = atEvent(1 + cell.random.below(3), isSettled, async () => {
      const { over } = await lockCrosswise(cell.world, cell.account.portalId);
      intruders.push(over);
    });
    await cell.start({ observe });
    const refusals = countRefusals(cell.world, '40P01');
    try {
      await cell.settle();
      await Promise.all(intruders);
      await cell.advance(2 * MINUTE_MS);
    } finally {
      refusals.mend();
    }
    if (refusals.hits() > 0) cell.hit();
  },
};

/** Postgres itself refuses a change over what another transaction changed since the begin of this one: of the budget, say. */
const serialized: Row = {
  fault: 'serialization failure: transactions see the database of their begin',
  point: 'any transaction of the run',
  modes: BOTH,
  countedBy: 'database',
  run: async (cell) => {
    const { owner } = cell.world;
    const change = () =>
      owner.query(`UPDATE touches SET fence = fence WHERE portal_id = $1 AND state = 'sending'`, [
        cell.account.portalId,
      ]);
    // Somebody changes the same rows within the engine's transaction: two engines alone meet too seldom.
    const observe = atEvent(1 + cell.random.below(3), isSettling, async () => {
      await change();
    });
    await Promise.all([cell.start({ observe }), cell.start({ observe })]);
    const breaking = breakDatabase(cell.world, { kind: 'repeatableRead' }, 1, Infinity);
    try {
      await cell.settle();
      await cell.advance(2 * MINUTE_MS);
    } finally {
      breaking.mend();
    }
    for (let hit = 0; hit < breaking.hits(); hit += 1) cell.hit();
  },
};

/** For a while every change of the ledger is refused by the server. */
const diskFull: Row = {
  fault: 'disk full (53100, raised by a trigger in Postgres)',
  point: 'any transaction of the run',
  modes: BOTH,
  countedBy: 'database',
  run: async (cell) => {
    const full: Awaited<ReturnType<typeof fillDisk>>[] = [];
    await cell.start({
      observe: atEvent(1 + cell.random.below(COMMITS / 2), isBegin, async () => {
        full.push(await fillDisk(cell.world));
      }),
    });
    try {
      await cell.settle();
      await cell.advance(2 * MINUTE_MS);
    } finally {
      for (const disk of full) await disk.mend();
    }
    for (const disk of full) if ((await disk.hits()) > 0) cell.hit();
  },
};

const CARD_STATEMENTS = 24;
const CARD_FAULTS: readonly DatabaseFault[] = [
  { kind: 'drop' },
  { kind: 'silence' },
  { kind: 'lostCommit' },
  failure('40001'),
  failure('57014'),
  failure('53300'),
];

/** A card's answer meets the fault: 503 and nothing stored, or a 2xx and stored once; where its commit is in doubt, its id settles it. */
const cardBroken: Row = {
  fault: 'connection dropped or silent, answer to a commit lost, or a statement refused',
  point: 'a card saves an answer',
  modes: UNIQUE,
  countedBy: 'line',
  run: async (cell) => {
    await cell.start();
    await cell.settle();
    const fault = pick(cell, CARD_FAULTS);
    const most = fault.kind === 'lostCommit' ? 3 : CARD_STATEMENTS;
    const breaking = breakDatabase(cell.world, fault, 1 + cell.random.below(most), 1 + cell.random.below(2));
    await answerThrough(cell, async (answer) => {
      try {
        await answer.send();
      } finally {
        breaking.mend();
      }
    });
    for (let hit = 0; hit < breaking.hits(); hit += 1) cell.hit();
  },
};

/** All connections are gone, and the process has no descriptor for another one. */
const noSockets: Row = {
  fault: 'out of files (EMFILE): no socket for the database',
  point: 'any transaction of the run, then a card',
  modes: BOTH,
  countedBy: 'line',
  run: (cell) =>
    runAndAnswerThrough(cell, async () => {
      const shortage = refusePoolSockets(cell.world, 1 + cell.random.below(6));
      await endEveryConnection(cell.world);
      return shortage;
    }),
};

/** The product's own database fails, in passing. */
export const DATABASE_ROWS: readonly Row[] = [
  broken('connection dropped mid-transaction', [{ kind: 'drop' }], STATEMENTS, 'database'),
  broken('database falls silent: a statement gets no answer', [{ kind: 'silence' }], STATEMENTS),
  broken('answer to a commit lost (injected)', [{ kind: 'lostCommit' }], COMMITS),
  poolEmpty,
  broken('too many connections (53300, injected)', [failure('53300')], STATEMENTS),
  deadlocked,
  serialized,
  broken('deadlock or serialization failure (injected)', [failure('40P01'), failure('40001')], STATEMENTS),
  broken('statement timeout (injected)', [failure('57014')], STATEMENTS),
  diskFull,
  broken(
    'disk full or out of files (53100, 53000, injected)',
    [failure('53100'), failure('53000')],
    STATEMENTS,
  ),
  noSockets,
  cardBroken,
  restarted,
];
