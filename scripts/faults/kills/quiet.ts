import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../account.ts';
import type { Place } from '../world.ts';

const QUIET_WITHIN_MS = 60_000;

/**
 * Waits until nothing of these accounts is under way, or rests and would come due while the checker looks (the clock runs sixty times
 * as fast); what is left then, the checker will name.
 */
export async function quietWithin(place: Place, accounts: readonly Account[]): Promise<void> {
  const until = performance.now() + QUIET_WITHIN_MS;
  const ids = accounts.map(({ portalId }) => portalId);
  const customers = accounts.reduce((sum, { companyIds }) => sum + companyIds.length, 0);
  while (performance.now() < until) {
    const { rows } = await place.owner.query<{ planned: number; open: number }>(
      `SELECT (SELECT count(*)::int FROM touches WHERE portal_id = ANY($1)) AS planned,
         (SELECT count(*)::int FROM touches WHERE portal_id = ANY($1) AND state IN ('planned', 'sending'))
         + (SELECT count(*)::int FROM outbox WHERE portal_id = ANY($1)
            AND (state = 'sending' OR (state = 'planned' AND not_before <= $2::timestamptz + interval '5 minutes')))
         + (SELECT count(*)::int FROM webhook_inbox WHERE portal_id = ANY($1) AND wake_at <= $2) AS open`,
      [ids, place.clock.now()],
    );
    if (rows[0] !== undefined && rows[0].planned >= customers && rows[0].open === 0) return;
    await sleep(200);
  }
}
