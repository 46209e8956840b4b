import type { PortalId } from '../../src/core/model.ts';
import type { CRASH_POINTS, Position } from './crash-points.ts';
import type { Counter } from './row.ts';
import { keyIn } from './task-key.ts';
import type { Place } from './world.ts';

/** What stands in the database and in HubSpot at the instant of a kill; nothing of it comes from the engine. */
type Seen = {
  readonly companies: number;
  readonly touches: number;
  readonly created: number;
  /** How often touches were meant to be sent. */
  readonly intents: number;
  /** Keys of the touches that are being sent. */
  readonly sending: readonly string[];
  readonly isLeased: boolean;
  /** A transaction that is not committed has written cycles, or touches. */
  readonly writesCycles: boolean;
  readonly writesTouches: boolean;
  /** Changes of tasks that are being sent. */
  readonly changes: number;
  /** Tasks in the creates that arrived in HubSpot. */
  readonly asked: number;
  /** HTTP statuses of those creates; 0 where the reply was lost. */
  readonly replies: readonly (number | null)[];
  readonly changesAsked: number;
  /** Touches that are being sent, and whose task stands in HubSpot. */
  readonly landed: number;
};
type FromDatabase = Omit<Seen, 'asked' | 'replies' | 'changesAsked' | 'landed'>;

type Witness = {
  readonly countedBy: Counter;
  readonly isSeen: (seen: Seen, position: Position) => boolean;
};

const CREATED = [200, 201, 207];

/** What shows from outside that a process died at the point. K6 and K12 are seen where they are made. */
export const WITNESSES: Readonly<Record<Exclude<keyof typeof CRASH_POINTS, 'K6' | 'K12'>, Witness>> = {
  K1: {
    countedBy: 'database',
    isSeen: ({ companies, touches, writesTouches }) => companies > 0 && touches === 0 && !writesTouches,
  },
  K2: {
    countedBy: 'database',
    isSeen: ({ touches, writesCycles, writesTouches }) => touches === 0 && (writesCycles || writesTouches),
  },
  K3: { countedBy: 'database', isSeen: ({ touches, asked }) => touches > 0 && asked === 0 },
  K4: { countedBy: 'database', isSeen: ({ isLeased, sending }) => isLeased && sending.length === 0 },
  K5: {
    countedBy: 'sandbox',
    isSeen: ({ sending, intents, asked }) => sending.length > 0 && intents > asked,
  },
  K7: { countedBy: 'sandbox', isSeen: ({ landed, replies }) => landed > 0 && replies.includes(0) },
  K8: {
    countedBy: 'sandbox',
    isSeen: ({ landed, replies, writesTouches }) => landed > 0 && writesTouches && replies.some(isCreated),
  },
  K9: {
    countedBy: 'sandbox',
    isSeen: ({ landed, created, replies }) => landed > 0 && created > 0 && replies.some(isCreated),
  },
  K10: {
    countedBy: 'sandbox',
    isSeen: ({ changes, changesAsked }, position) =>
      changes > 0 && (position === 'first' ? changesAsked === 0 : changesAsked > 0),
  },
  K11: {
    countedBy: 'sandbox',
    isSeen: ({ touches, created, asked, isLeased }) =>
      touches > 0 && created === touches && asked >= touches && isLeased,
  },
};

function isCreated(status: number | null): boolean {
  return status !== null && CREATED.includes(status);
}

/** Looks at both sides of an account, whose process does nothing any more but keeps its transactions open. */
export async function lookAround(place: Place, portalId: PortalId): Promise<Seen> {
  const { rows } = await place.owner.query<FromDatabase>(LOOK, [portalId]);
  const [found] = rows;
  if (found === undefined) throw new Error('A SELECT of figures has no row.');
  const requests = place.control.requests(portalId);
  const creates = requests.filter(({ path }) => path.endsWith('/tasks/batch/create'));
  const tasks = place.simulator.state.portals.get(portalId)?.objects.get('tasks')?.values() ?? [];
  const keys = new Set([...tasks].filter(({ archived }) => !archived).map((task) => keyIn(task.properties)));
  return {
    ...found,
    asked: creates.reduce((sum, { inputs = 0 }) => sum + inputs, 0),
    replies: creates.map(({ status }) => status),
    changesAsked: requests.filter(({ path }) => path.endsWith('/tasks/batch/update')).length,
    landed: found.sending.filter((key) => keys.has(key)).length,
  };
}

const LOOK = `SELECT
  (SELECT count(*)::int FROM companies WHERE portal_id = $1) AS companies,
  (SELECT count(*)::int FROM touches WHERE portal_id = $1) AS touches,
  (SELECT count(*)::int FROM touches WHERE portal_id = $1 AND state = 'created') AS created,
  (SELECT coalesce(sum(send_attempts), 0)::int FROM touches WHERE portal_id = $1) AS intents,
  ARRAY(SELECT key FROM touches WHERE portal_id = $1 AND state = 'sending') AS sending,
  EXISTS (SELECT FROM leases WHERE portal_id = $1 AND name = 'touches' AND holder <> '') AS "isLeased",
  EXISTS (SELECT FROM pg_locks WHERE relation = 'cycles'::regclass AND mode = 'RowExclusiveLock') AS "writesCycles",
  EXISTS (SELECT FROM pg_locks WHERE relation = 'touches'::regclass AND mode = 'RowExclusiveLock') AS "writesTouches",
  (SELECT count(*)::int FROM outbox WHERE portal_id = $1 AND state = 'sending') AS changes`;

/** The claims under which touches are being sent: a key with its fence. */
export async function claimsOf({ owner }: Place, portalId: PortalId): Promise<readonly string[]> {
  const { rows } = await owner.query<{ claim: string }>(
    `SELECT key || '/' || fence AS claim FROM touches WHERE portal_id = $1 AND state = 'sending'`,
    [portalId],
  );
  return rows.map(({ claim }) => claim);
}
