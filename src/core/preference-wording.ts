import type { Preference } from './feedback/preference.ts';
import type { Channel } from './model.ts';

/** What a contact wishes about being asked, in words. */

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
const BY: Record<Channel, string> = { phone: 'by phone', video: 'by video', inPerson: 'in person' };

/** "on Tuesday or Thursday"; empty where no day, or every one, is named. */
function daysText(weekdays: readonly number[]): string {
  const days = [...new Set(weekdays)].sort((a, b) => a - b).flatMap((day) => DAYS[day - 1] ?? []);
  if (days.length === 0 || days.length === DAYS.length) return '';
  const last = days.at(-1) ?? '';
  return days.length === 1 ? `on ${last}` : `on ${days.slice(0, -1).join(', ')} or ${last}`;
}

/** "Best in the morning, on Tuesday or Thursday, by video"; null where nothing of the kind was wished. */
export function wishesText({ half, weekdays, channel, doNotCall }: Preference): string | null {
  if (doNotCall) return 'Asked not to be called';
  const parts = [
    half === null ? '' : `in the ${half}`,
    daysText(weekdays),
    channel === null ? '' : BY[channel],
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : `Best ${parts.join(', ')}`;
}

/** Why somebody else is asked than the contact heard last. */
export function talkToText(name: string): string {
  return `${name} asked us to talk with this person`;
}
