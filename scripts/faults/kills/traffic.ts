import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { localDayOf } from '../../../src/core/cadence/calendar.ts';
import type { Random } from '../../../src/core/random.ts';
import { MANAGER, type Account } from '../account.ts';
import type { Place } from '../world.ts';

/** Cards that go on being used, whatever happens to the process behind them; the client keeps every 2xx it got. */
export interface Traffic {
  stop(): Promise<void>;
  /** Compares what was acknowledged with what is stored. Only after `stop`. */
  compare(): Promise<Compared>;
}

export type Compared = {
  readonly acknowledged: number;
  /** Writes that got anything else than a 2xx. */
  readonly refused: number;
  readonly lost: number;
  readonly doubles: number;
  readonly violations: readonly string[];
};

const PAUSE_MS = 15;
/** Never more than a few, so that two of them are never busy with one company. */
const CLIENTS = 3;
const TIME_ZONE = 'America/Chicago';

/** Sends signed check-ins and drafts, one after another, and some of what failed again with the same submission id. */
export function startTraffic(place: Place, account: Account, random: Random): Traffic {
  const sent = new Set<string>();
  const acknowledged = new Set<string>();
  const drafts = new Map<string, number>();
  let isStopped = false;
  let refused = 0;
  let turn = 0;
  let failed: { readonly submissionId: string; readonly companyId: string } | null = null;

  async function step(): Promise<void> {
    turn += 1;
    // The other clients go on counting while this one waits.
    const own = turn;
    const companyId = account.companyIds[own % account.companyIds.length] ?? '';
    if (own % 3 === 0) {
      const status = await fetchAsManager(place, account, 'PUT', `/api/drafts/${companyId}`, {
        draft: { words: String(own) },
      });
      if (isAcknowledged(status)) drafts.set(companyId, own);
      else refused += 1;
      return;
    }
    const again: typeof failed = random.below(2) === 0 ? failed : null;
    const checkIn = again ?? { submissionId: randomUUID(), companyId };
    failed = null;
    sent.add(checkIn.submissionId);
    if (await saveAnswer(place, account, checkIn)) {
      acknowledged.add(checkIn.submissionId);
      drafts.delete(checkIn.companyId);
    } else {
      refused += 1;
      // Whether it was stored is open: a draft of the company may be gone with it.
      drafts.delete(checkIn.companyId);
      failed = checkIn;
    }
  }

  const client = async () => {
    while (!isStopped) {
      await step();
      await sleep(PAUSE_MS);
    }
  };
  const running = Promise.all(Array.from({ length: CLIENTS }, client));

  return {
    stop: async () => {
      isStopped = true;
      await running;
    },
    compare: async () => {
      const stored = await storedAnswers(place, account);
      const lost = [...acknowledged].filter((id) => !stored.has(id));
      const doubles = [...sent].filter((id) => (stored.get(id) ?? 0) > 1);
      const lostDrafts = await draftsLost(place, account, drafts);
      return {
        acknowledged: acknowledged.size + drafts.size,
        refused,
        lost: lost.length + lostDrafts.length,
        doubles: doubles.length,
        violations: [
          ...lost.map((id) => `the check-in ${id} was acknowledged and is not there`),
          ...doubles.map((id) => `the check-in ${id} is there ${stored.get(id) ?? 0} times`),
          ...lostDrafts.map(
            (id) => `the draft about company ${id} was acknowledged and is older or not there`,
          ),
        ],
      };
    },
  };
}

/** Sends one answer, whose words are its id. Returns whether it was acknowledged. */
export async function saveAnswer(
  place: Place,
  account: Account,
  checkIn: { readonly submissionId: string; readonly companyId: string },
): Promise<boolean> {
  return isAcknowledged(
    await fetchAsManager(place, account, 'POST', '/api/check-ins', bodyOf(place, checkIn)),
  );
}

/** Returns the status that the card sees; 0 where not even HubSpot's proxy answered. */
async function fetchAsManager(
  { control }: Place,
  account: Account,
  method: string,
  path: string,
  body: unknown,
): Promise<number> {
  try {
    const reply = await control.send('POST', '/fetch', {
      portalId: account.portalId,
      userId: MANAGER.userId,
      method,
      path,
      body,
    });
    return (reply as { readonly status: number }).status;
  } catch {
    return 0;
  }
}

function bodyOf(
  { clock }: Place,
  { submissionId, companyId }: { readonly submissionId: string; readonly companyId: string },
) {
  return {
    submissionId,
    companyId,
    respondent: { contactId: null, name: 'Dana' },
    asked: true,
    words: submissionId,
    happenedOn: localDayOf(clock.now(), TIME_ZONE),
    channel: 'phone',
  };
}

const isAcknowledged = (status: number): boolean => status >= 200 && status < 300;

/** How often the answer with this id is stored. */
export async function savedTimes(place: Place, account: Account, submissionId: string): Promise<number> {
  const stored = await storedAnswers(place, account);
  return stored.get(submissionId) ?? 0;
}

async function storedAnswers({ owner }: Place, account: Account): Promise<ReadonlyMap<string, number>> {
  const { rows } = await owner.query<{ words: string; times: number }>(
    'SELECT words, count(*)::int AS times FROM check_ins WHERE portal_id = $1 GROUP BY words',
    [account.portalId],
  );
  return new Map(rows.map(({ words, times }) => [words, times]));
}

/** A draft that was sent later and not acknowledged may stand there instead. */
async function draftsLost(
  { owner }: Place,
  account: Account,
  drafts: ReadonlyMap<string, number>,
): Promise<string[]> {
  const { rows } = await owner.query<{ company_id: string; turn: string }>(
    `SELECT company_id, draft->>'words' AS turn FROM drafts WHERE portal_id = $1`,
    [account.portalId],
  );
  const stored = new Map(rows.map((row) => [row.company_id, Number(row.turn)]));
  return [...drafts]
    .filter(([id, turn]) => !((stored.get(id) ?? -1) >= turn))
    .map(([id, turn]) => `${id} (${turn} acknowledged, ${stored.get(id) ?? 'none'} stored)`);
}
