import { isBlank, NO_PREFERENCE, type Preference } from '../core/feedback/preference.ts';
import { wishesText } from '../core/preference-wording.ts';
import type { Channel, ContactId } from '../core/model.ts';
import type { Half } from '../core/cadence/schedule.ts';
import { invalidField } from '../errors.ts';
import type { StoredContact } from './kudos-port.ts';
import type { Person } from './person.ts';
import type { Deps } from './ports.ts';
import type { CheckIn, TenantScope } from './records.ts';
import { UNDO_MS } from './undo-window.ts';

export type PreferenceInput = {
  readonly talkToContactId: string | null;
  readonly half: Half | null;
  readonly weekdays: readonly number[];
  readonly channel: Channel | null;
  readonly doNotCall: boolean;
};

/**
 * Keeps what the respondent wished about being asked, until the check-in is undone.
 * @throws invalid_input where the respondent is no contact in HubSpot, or sends us to themselves or outside the company
 */
export async function keepPreference(
  deps: Deps,
  scope: TenantScope,
  person: Person,
  checkIn: CheckIn,
  wished: PreferenceInput | null,
): Promise<void> {
  if (wished === null) return;
  const contacts = await deps.store.companies.contacts(scope, checkIn.companyId);
  const contactId = checkIn.respondentContactId;
  if (contactId === null || !contacts.some((contact) => contact.contactId === contactId)) {
    throw invalidField(
      'preference',
      'A wish can only be noted for a contact of the company.',
      'Add this person to the company in HubSpot first.',
    );
  }
  const preference = toPreference(wished);
  const { talkToContactId } = preference;
  const isAtCompany = contacts.some((contact) => contact.contactId === talkToContactId);
  if (talkToContactId !== null && (talkToContactId === contactId || !isAtCompany)) {
    throw invalidField('preference.talkToContactId', 'Choose another contact of the company to ask for.');
  }
  await note(deps, scope, person, { contactId, preference, checkInId: checkIn.checkInId });
}

/** Somebody asked not to be called: they are not asked for again, here or at another company. */
export async function noteDoNotCall(
  deps: Deps,
  scope: TenantScope,
  person: Person,
  contactId: ContactId,
): Promise<void> {
  const standing = (await deps.store.preferences.find(scope, contactId)) ?? NO_PREFERENCE;
  const preference = { ...wishOf(standing), doNotCall: true };
  await note(deps, scope, person, { contactId, preference, checkInId: null });
}

/** What each of these contacts wished, with it in words; those who wished nothing are left out. */
export function preferenceViews(contacts: readonly StoredContact[]) {
  return contacts.flatMap(({ contactId, preference }) =>
    preference === null || isBlank(preference)
      ? []
      : [
          {
            contactId: contactId,
            ...preference,
            weekdays: [...preference.weekdays],
            text: wishesText(preference),
          },
        ],
  );
}

/** What was wished before is kept for as long as Undo may bring it back. */
async function note(
  deps: Deps,
  scope: TenantScope,
  person: Person,
  {
    contactId,
    preference,
    checkInId,
  }: { contactId: ContactId; preference: Preference; checkInId: string | null },
): Promise<void> {
  const noted = { ...preference, contactId, notedBy: person.userId, notedAt: person.now, checkInId };
  await deps.store.preferences.save(scope, noted, new Date(person.now.getTime() - UNDO_MS));
}

export function wishOf(noted: Preference): Preference {
  const { talkToContactId, half, weekdays, channel, doNotCall } = noted;
  return { talkToContactId, half, weekdays, channel, doNotCall };
}

function toPreference({ talkToContactId, half, weekdays, channel, doNotCall }: PreferenceInput): Preference {
  const days = [...new Set(weekdays)].sort((a, b) => a - b);
  return { talkToContactId: talkToContactId as ContactId | null, half, weekdays: days, channel, doNotCall };
}
