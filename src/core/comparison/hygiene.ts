/** What would make a log easier to use. It changes no verdict, and nobody but the rep sees it. */
import type { ActivityRecord } from './activity.ts';
import { instantMs } from '../cadence/calendar.ts';
import { LATE_LOGGING_MS } from './tier.ts';

export type HygieneMark = 'late' | 'noOutcome' | 'noContact';

export const HYGIENE_MARKS = ['late', 'noOutcome', 'noContact'] as const satisfies HygieneMark[];

type Logged = Pick<
  ActivityRecord,
  'objectType' | 'createdAt' | 'occurredAt' | 'contactIds' | 'disposition' | 'outcome'
>;

/** Returns what is missing in one call or meeting: logged over 7 days later, no outcome, no contact. */
export function hygieneOf(record: Logged): HygieneMark[] {
  const outcome = record.objectType === 'call' ? record.disposition : record.outcome;
  const marks: [HygieneMark, boolean][] = [
    ['late', instantMs(record.createdAt) - instantMs(record.occurredAt) > LATE_LOGGING_MS],
    ['noOutcome', outcome === null || outcome === ''],
    ['noContact', record.contactIds.length === 0],
  ];
  return marks.filter(([, isSet]) => isSet).map(([mark]) => mark);
}
