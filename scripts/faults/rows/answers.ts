import { localDayOf } from '../../../src/core/cadence/calendar.ts';
import { MANAGER } from '../account.ts';
import type { Cell } from '../row.ts';
import { atEvent, MINUTE_MS, pick } from './helpers.ts';

const TIME_ZONE = 'America/Chicago';
/** Transactions of a whole run, roughly. */
const TRANSACTIONS = 40;

/** A manager's answer about one company, sent again with the same id until it is acknowledged. */
export type Answer = {
  /** Sends it, signed as HubSpot does it. Returns the status that the card sees. */
  send(): Promise<number>;
};

/**
 * An answer that is sent while something is broken: a 5xx other than 503 is a fault, and what got a 2xx must be stored once, what did
 * not at most once. Sent again at the end, it must be acknowledged.
 */
export async function answerThrough(cell: Cell, trouble: (answer: Answer) => Promise<void>): Promise<void> {
  const companyId = pick(cell, cell.account.companyIds);
  const submissionId = `00000000-0000-4000-8000-${String(cell.account.portalId).padStart(12, '0')}`;
  // Answered before its task was made, it needs none.
  cell.expect({ withTask: cell.account.companyIds.filter((id) => id !== companyId) });
  const statuses: number[] = [];
  const send = async () => {
    const status = await post(cell, companyId, submissionId);
    statuses.push(status);
    if (status >= 500 && status !== 503) cell.fault(`an answer got ${status}`);
    return status;
  };
  await trouble({ send });
  const before = await storedTimes(cell, submissionId);
  if (statuses.some(isAcknowledged) && before !== 1)
    cell.fault(`an acknowledged answer is there ${before} times`);
  if (!isAcknowledged(await send())) cell.fault(`an answer got ${statuses.at(-1) ?? 0} after all was mended`);
  const after = await storedTimes(cell, submissionId);
  if (after !== 1) cell.fault(`an answer is there ${after} times after all was mended`);
}

/** Something that is broken until it is mended. */
type Trouble = { readonly hits: () => number; readonly mend: () => Promise<void> | void };

/** Trouble with the database from any transaction of the run on; meanwhile a card saves an answer. Each of its hits counts. */
export async function runAndAnswerThrough(cell: Cell, begin: () => Promise<Trouble>): Promise<void> {
  const troubles: Trouble[] = [];
  await cell.start({
    observe: atEvent(
      1 + cell.random.below(TRANSACTIONS),
      ({ name }) => name === 'tx.begin',
      async () => {
        troubles.push(await begin());
      },
    ),
  });
  await answerThrough(cell, async (answer) => {
    try {
      await cell.settle();
      await answer.send();
      await cell.advance(2 * MINUTE_MS);
    } finally {
      for (const trouble of troubles) await trouble.mend();
    }
    await cell.advance(10 * MINUTE_MS);
  });
  for (let hit = 0; hit < (troubles[0]?.hits() ?? 0); hit += 1) cell.hit();
}

const isAcknowledged = (status: number): boolean => status >= 200 && status < 300;

async function post({ world, account }: Cell, companyId: string, submissionId: string): Promise<number> {
  const reply = await world.control.send('POST', '/fetch', {
    portalId: account.portalId,
    userId: MANAGER.userId,
    method: 'POST',
    path: '/api/check-ins',
    body: {
      submissionId,
      companyId,
      respondent: { contactId: null, name: 'Dana' },
      asked: true,
      words: submissionId,
      happenedOn: localDayOf(world.clock.now(), TIME_ZONE),
      channel: 'phone',
    },
  });
  return (reply as { readonly status: number }).status;
}

async function storedTimes({ world, account }: Cell, words: string): Promise<number> {
  const { rows } = await world.owner.query<{ times: number }>(
    'SELECT count(*)::int AS times FROM check_ins WHERE portal_id = $1 AND words = $2',
    [account.portalId, words],
  );
  return rows[0]?.times ?? 0;
}
