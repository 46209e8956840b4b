/** What a contact wishes about being asked. Nothing is filled in for them: what they did not say stays empty. */
import type { Half } from '../cadence/schedule.ts';
import type { Channel, ContactId } from '../model.ts';

export type Preference = {
  /** Whom they would rather have us ask at their company. */
  readonly talkToContactId: ContactId | null;
  readonly half: Half | null;
  /** Days they like to be reached, 1 (Monday) to 5 (Friday); empty where any will do. */
  readonly weekdays: readonly number[];
  readonly channel: Channel | null;
  readonly doNotCall: boolean;
};

export const NO_PREFERENCE: Preference = {
  talkToContactId: null,
  half: null,
  weekdays: [],
  channel: null,
  doNotCall: false,
};

/** True where nothing was wished. */
export function isBlank({ talkToContactId, half, weekdays, channel, doNotCall }: Preference): boolean {
  return talkToContactId === null && half === null && weekdays.length === 0 && channel === null && !doNotCall;
}
