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

/**
 * Returns `releaseAt` for all touches of one cycle: a plan asks about thousands of companies but only some sixty due days, so each
 * day is reckoned once.
 */
export function releaseInstants(
  horizonBusinessDays: number | 'cycle',
  cycleStartsOn: LocalDay,
  zone: string,
  calendar: BusinessCalendar,
): (dueOn: LocalDay) => Date {
  const known = new Map<LocalDay, Date>();
  return (dueOn) => {
    const instant = known.get(dueOn) ?? releaseAt(dueOn, horizonBusinessDays, cycleStartsOn, zone, calendar);
    known.set(dueOn, instant);
    return instant;
  };
}
