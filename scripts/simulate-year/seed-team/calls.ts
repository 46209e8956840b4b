/** Touches as records of the team's HubSpot: typed in by hand half an hour later, or written by its dialer. */
import type { PortalDocument, PortalDocumentInput } from '../../../sandbox/portal-document.ts';
import { dialedCall, handLoggedCall } from '../../../sandbox/portals/activity-records.ts';
import { addDays } from '../../../src/core/cadence/calendar.ts';
import type { Random } from '../../../src/core/random.ts';
import type { Touch } from '../account.ts';
import type { SeedAccount, SeedRep } from './roster.ts';

/** Far above the ids of the portal itself. */
const FIRST_ID = 980_000_000_000;
/** 15:00 to 20:59 in UTC is in business hours in Chicago all year, on the same day. */
const FIRST_HOUR = 15;
const HOURS = 6;
const LOGGED_AFTER_MS = 30 * 60_000;
const DIALED_MS = 5 * 60_000;
const TOPIC = { title: 'Call', body: '' };

export type LoggedTouches = {
  readonly rep: SeedRep;
  readonly account: SeedAccount;
  readonly touches: readonly Touch[];
};

/**
 * Returns an addition to the portal: one call a touch, with the people it was with.
 * @param today the day from which ages count back
 * @param from number of calls added earlier in the year
 */
export function callsOfTouches(
  { portalId, name, timeZone }: Pick<PortalDocument, 'portalId' | 'name' | 'timeZone'>,
  logged: readonly LoggedTouches[],
  { today, from, random }: { readonly today: string; readonly from: number; readonly random: Random },
): PortalDocumentInput {
  const calls = logged
    .flatMap(({ rep, account, touches }) => touches.map((touch) => ({ rep, account, touch })))
    .map((one, index) => ({ ...one, id: String(FIRST_ID + from + index) }));
  return {
    portalId,
    name,
    timeZone,
    objects: { calls: calls.map(({ id, rep, touch }) => callRecord(id, rep, touch, today, random)) },
    associations: calls.flatMap(({ id, account, touch }) => [
      { from: { type: 'calls', id }, to: { type: 'companies', id: account.companyId } },
      ...contactsOf(account, touch).map((contactId) => ({
        from: { type: 'calls', id },
        to: { type: 'contacts', id: contactId },
      })),
    ]),
  };
}

function contactsOf({ contacts: [first, second] }: SeedAccount, touch: Touch): string[] {
  return [touch.withFirst ? first.id : null, touch.withSecond ? second.id : null].filter((id) => id !== null);
}

function callRecord(id: string, rep: SeedRep, { ageDays, tier }: Touch, today: string, random: Random) {
  const hour = FIRST_HOUR + random.below(HOURS);
  const minute = String(random.below(60)).padStart(2, '0');
  const at = new Date(`${addDays(today, -ageDays)}T${hour}:${minute}:00Z`);
  const afterMs = tier === 3 ? DIALED_MS : LOGGED_AFTER_MS;
  const occasion = { at, loggedAt: new Date(at.getTime() + afterMs), by: rep };
  const line = { direction: 'OUTBOUND', durationMs: DIALED_MS, toNumber: '+13125550100' } as const;
  const { properties, loggedAt } =
    tier === 3 ? dialedCall(occasion, TOPIC, line) : handLoggedCall(occasion, TOPIC);
  return { id, properties, createdAt: loggedAt.toISOString() };
}
