import { bestContact } from '../core/feedback/best-contact.ts';
import type { Preference } from '../core/feedback/preference.ts';
import type { CompanyId, ContactId } from '../core/model.ts';
import { spokeText } from '../core/wording.ts';
import { ownerByUser, type Person } from './person.ts';
import type { Deps } from './ports.ts';
import type { Heard, TenantScope } from './records.ts';
import { ANSWERS_LOOKED_AT } from './touch-text.ts';

/**
 * What the person to ask for at this company wishes; null where nobody is known, or nothing was wished.
 * @param except who is not to be asked for; null for nobody
 */
export async function wishOfNextToAsk(
  deps: Deps,
  scope: TenantScope,
  companyId: CompanyId,
  except: ContactId | null,
): Promise<Preference | null> {
  const known = await deps.store.companies.contacts(scope, companyId);
  const contacts = known.filter(({ contactId }) => contactId !== except);
  const heard = await deps.store.checkIns.lastHeard(scope, [companyId], ANSWERS_LOOKED_AT);
  const earlier = (heard.get(companyId) ?? []).map(({ respondentContactId }) => ({
    contactId: respondentContactId,
    told: '',
  }));
  return bestContact(contacts, earlier)?.contact.preference ?? null;
}

/** Earlier conversations as `bestContact` takes them, told to whoever reads. */
export function heardFor(person: Person, conversations: readonly Heard[]) {
  return conversations.map(({ respondentContactId, happenedOn, callerUserId }) => ({
    contactId: respondentContactId,
    told: spokeText(
      callerUserId === person.userId ? null : { name: ownerByUser(person, callerUserId)?.name ?? null },
      happenedOn,
      person.today,
    ),
  }));
}
