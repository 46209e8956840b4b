import type { BusinessCalendar } from '../../../src/core/cadence/business-days.ts';
import type { LocalDay } from '../../../src/core/model.ts';

export function calendarWith(...holidays: readonly LocalDay[]): BusinessCalendar {
  const days = new Set(holidays);
  return { isHoliday: (day) => days.has(day) };
}
