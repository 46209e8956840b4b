/** When a planned touch may become a HubSpot task. */
import type { LocalDay } from '../model.ts';
import type { BusinessCalendar } from './business-days.ts';
import { subtractBusinessDays } from './business-days.ts';
import { startOfDay } from './calendar.ts';

/**
 * Returns the instant from which a touch's task may be made: the start of the day that lies the horizon before its due day, in
 * the portal's zone, so that on any day the touches due within the next `horizon` business days are out. Never before its cycle
 * starts, as the task of the cycle before is archived first. `cycle` releases a whole cycle at its start.
 */
export function releaseAt(
  dueOn: LocalDay,
  horizonBusinessDays: number | 'cycle',
  cycleStartsOn: LocalDay,
  zone: string,
  calendar: BusinessCalendar,
): Date {
  if (horizonBusinessDays === 'cycle') return startOfDay(cycleStartsOn, zone);
  const releaseOn = subtractBusinessDays(dueOn, horizonBusinessDays, calendar);
  return startOfDay(releaseOn > cycleStartsOn ? releaseOn : cycleStartsOn, zone);
}
