import { Router } from 'express';
import type pg from 'pg';
import type { ExchangeLocals } from '../../sandbox/hubspot/exchange.ts';
import { keyIn } from './task-key.ts';

/** Looks at each call as it arrives in HubSpot (I10): is a lease held, and was what it writes stored as an intent before? */
export type CallWatch = {
  readonly router: Router;
  violationsOf(portalId: number): readonly CallViolation[];
  forget(portalId: number): void;
};

/** `rule`: which half of I10 was broken. */
export type CallViolation = { readonly rule: 'lease' | 'intent'; readonly what: string };
type Input = {
  readonly id?: string;
  readonly properties?: Readonly<Record<string, string | null>>;
  readonly associations?: readonly unknown[];
};
type Body = { readonly inputs?: readonly Input[] } | null | undefined;
type Seen = { readonly held: readonly string[]; readonly intended: number; readonly delivering: boolean };

const CREATE = '/tasks/batch/create';
/** Everything else that changes what is there goes through the outbox. */
const CHANGE = /\/(tasks|notes|companies)\/batch\/(update|archive)$/;
/** The leases under which tasks may be made. */
const MAKERS: readonly string[] = ['touches', 'feedback'];

/**
 * @param owner reads past row-level security, on connections that no fault touches
 * @param isLate whether a fault lets the call wait before it is seen here: by then its job may be over
 */
export function watchCalls(owner: pg.Pool, isLate: (faultId: string) => boolean): CallWatch {
  const found = new Map<number, CallViolation[]>();
  const router = Router();
  router.use((request, response, next) => {
    const { logged, parsedBody } = response.locals as ExchangeLocals;
    const portalId = logged?.portalId ?? null;
    const cameLate = logged?.faultId !== undefined && isLate(logged.faultId);
    if (portalId === null || cameLate || !request.path.startsWith('/crm/')) {
      next();
      return;
    }
    const body = ('value' in parsedBody ? parsedBody.value : null) as Body;
    const inputs = body?.inputs ?? [];
    const keys = request.path.endsWith(CREATE) ? keysOf(inputs) : [];
    const ids = CHANGE.test(request.path) ? inputs.map(({ id = '' }) => id) : [];
    look(owner, portalId, keys, ids)
      .then((seen) => {
        const wrong = faultsOf(request.path, keys, seen);
        if (wrong.length > 0) found.set(portalId, [...(found.get(portalId) ?? []), ...wrong]);
        next();
      })
      .catch(next);
  });
  return {
    router,
    violationsOf: (portalId) => {
      const byText = new Map((found.get(portalId) ?? []).map((one) => [one.what, one]));
      return [...byText.values()];
    },
    forget: (portalId) => {
      found.delete(portalId);
    },
  };
}

/** Tasks about a company: the probe of a unique key makes others, and takes them away again. */
function keysOf(inputs: readonly Input[]): readonly string[] {
  return inputs
    .filter(({ associations = [] }) => associations.length > 0)
    .map(({ properties = {} }) => keyIn(properties) ?? '');
}

function faultsOf(
  path: string,
  keys: readonly string[],
  { held, intended, delivering }: Seen,
): CallViolation[] {
  const isMaking = keys.length > 0;
  const unmeant = new Set(keys).size - intended;
  const lease = [
    ...(held.length === 0 ? [`a call of ${path} without a lease`] : []),
    ...(isMaking && held.length > 0 && !held.some((name) => MAKERS.includes(name))
      ? [`tasks were made under ${held.join(', ')} alone`]
      : []),
  ];
  const intent = [
    ...(isMaking && unmeant > 0 ? [`${unmeant} tasks were made without a stored intent`] : []),
    ...(CHANGE.test(path) && !delivering ? [`a call of ${path} without a stored intent`] : []),
  ];
  return [
    ...lease.map((what) => ({ rule: 'lease' as const, what })),
    ...intent.map((what) => ({ rule: 'intent' as const, what })),
  ];
}

/**
 * A lease counts as held until it is given back or taken over: virtual time leaps over the 15 s of its renewal, which real time
 * would not.
 */
async function look(
  owner: pg.Pool,
  portalId: number,
  keys: readonly string[],
  ids: readonly string[],
): Promise<Seen> {
  const { rows } = await owner.query<Seen>({
    name: 'watch-calls',
    text: `SELECT ARRAY(SELECT name FROM leases WHERE portal_id = $1 AND holder <> '') AS held,
      (SELECT count(*)::int FROM touches WHERE portal_id = $1 AND key = ANY($2) AND send_attempts > 0)
        + (SELECT count(DISTINCT key)::int FROM outbox WHERE portal_id = $1 AND key = ANY($2) AND attempts > 0) AS intended,
      EXISTS (SELECT FROM outbox WHERE portal_id = $1 AND state = 'sending')
        OR NOT EXISTS (SELECT FROM touches WHERE portal_id = $1 AND (task_id = ANY($3) OR company_id = ANY($3))) AS delivering`,
    values: [portalId, keys, ids],
  });
  return rows[0] ?? { held: [], intended: 0, delivering: false };
}
