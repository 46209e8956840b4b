import { BOTH, UNIQUE, type Cell, type Row } from '../row.ts';
import { addCustomer, callsSeen, changeMidRun, createsSeen, HOUR_MS, MINUTE_MS, tasksOf } from './helpers.ts';

const DAY_MS = 24 * HOUR_MS;

/** Starts the seed at a local instant of Chicago instead of mid-quarter. */
function startAt(cell: Cell, instant: string): void {
  const shift = new Date(instant);
  if (shift > cell.world.clock.now()) cell.world.clock.moveTo(shift);
}

/** The quarter ends while tasks are made: what was open goes away, and the new quarter's tasks come, one each. */
function overTheEdge(fault: string, instant: string, jumpMs: number, label?: string): Row {
  return {
    fault,
    point: 'mid-run',
    modes: BOTH,
    countedBy: 'sandbox',
    run: async (cell) => {
      startAt(cell, instant);
      const edge = changeMidRun(cell, 1 + cell.random.below(3), () => cell.world.clock.wait(jumpMs));
      await cell.start({ observe: edge.observe });
      await cell.settle();
      await cell.advance(DAY_MS);
      edge.count();
      if (label !== undefined) await expectCycle(cell, label);
    },
  };
}

/** Every open task belongs to the quarter that has begun; that there is one each, the checker sees. */
async function expectCycle(cell: Cell, label: string): Promise<void> {
  const { rows } = await cell.world.owner.query<{ cycle: string; touches: number }>(
    `SELECT cycle, count(*)::int AS touches FROM touches
     WHERE portal_id = $1 AND state IN ('planned', 'sending', 'created', 'parked') GROUP BY cycle`,
    [cell.account.portalId],
  );
  const wrong = rows.filter(({ cycle }) => cycle !== label);
  for (const { cycle, touches } of wrong) cell.fault(`${touches} touches of ${cycle} are open in ${label}`);
}

/** The worker is down at the turn of the quarter and for two days after it. */
const delayed: Row = {
  fault: 'delay over the quarter edge: no worker for two days',
  point: 'between two runs',
  modes: BOTH,
  countedBy: 'sandbox',
  run: async (cell) => {
    startAt(cell, '2026-09-29T15:00:00.000Z');
    const old = await cell.start();
    await cell.settle();
    old.kill();
    const before = createsSeen(cell);
    cell.world.clock.moveTo(new Date(cell.world.clock.now().getTime() + 3 * DAY_MS));
    await cell.start();
    await cell.settle();
    await cell.advance(DAY_MS);
    if (createsSeen(cell) > before) cell.hit();
    await expectCycle(cell, '2026-Q4');
  },
};

/**
 * A process whose clock is still in the old quarter works beside one that is in the new one, and once more when the old quarter is
 * closed and a customer has come.
 */
const clockBack: Row = {
  fault: 'clock back over the quarter edge in one process',
  point: 'plan, release',
  modes: BOTH,
  countedBy: 'sandbox',
  run: async (cell) => {
    const { clock } = cell.world;
    startAt(cell, '2026-10-01T05:20:00.000Z');
    const behind = { now: () => new Date(clock.now().getTime() - HOUR_MS) };
    const old = await cell.start({ clock: behind });
    await old.work.runDue();
    await old.work.runDue();
    if (callsSeen(cell, '/crm/') > 0) cell.hit();
    const young = await cell.start();
    await Promise.all([old.work.runDue(), young.work.runDue()]);
    await young.work.runDue();
    await addCustomer(cell, 5_001);
    const { portalId } = cell.account;
    for (const job of ['refreshPortal', 'planCycle', 'releaseTouches'] as const)
      if (!(await old.runner.runOne(job, portalId))) cell.fault(`the clock that is behind ran no ${job}`);
    if (tasksOf(cell, '5001').length > 0) cell.fault('the customer has a task of a quarter that is closed');
    old.kill();
    await cell.outliveLease();
    await cell.advance(DAY_MS);
    await expectCycle(cell, '2026-Q4');
  },
};

/** Edges of quarters and of summer time. */
export const CALENDAR_ROWS: readonly Row[] = [
  overTheEdge('quarter edge', '2026-10-01T04:55:00.000Z', 20 * MINUTE_MS, '2026-Q4'),
  {
    ...overTheEdge('edge of a fiscal quarter', '2026-11-01T04:55:00.000Z', 20 * MINUTE_MS),
    account: () => ({ settings: { fiscalStartMonth: 2 } }),
  },
  { ...overTheEdge('end of summer time', '2026-11-01T05:30:00.000Z', 2 * HOUR_MS), modes: UNIQUE },
  { ...overTheEdge('begin of summer time', '2027-03-14T07:30:00.000Z', 2 * HOUR_MS), modes: UNIQUE },
  { ...overTheEdge('leap day', '2028-02-29T05:30:00.000Z', 2 * HOUR_MS), modes: UNIQUE },
  delayed,
  clockBack,
];
