import { bestContact } from '../core/feedback/best-contact.ts';
import { touchTask } from '../core/feedback/task-text.ts';
import type { CompanyId } from '../core/model.ts';
import type { ContactRecord } from './hubspot-port.ts';
import type { PortalContext } from './person.ts';
import type { Company, Heard, Touch } from './records.ts';

/** How many earlier answers of a company decide whom to ask for. */
export const ANSWERS_LOOKED_AT = 3;

/**
 * Returns what the task of the touch says: plain subject and escaped HTML body, without the reference of the marker fallback.
 * @param company null where it is not stored any more
 * @param contacts what is stored of the company's contacts; none where they were never read
 * @param heard earlier answers, newest first
 */
export function textOfTouch(
  context: PortalContext,
  company: Pick<Company, 'name'> | null,
  contacts: readonly ContactRecord[],
  heard: readonly Heard[],
  touch: Pick<Touch, 'kind' | 'companyId' | 'dueOn' | 'dueHalf'>,
): { readonly subject: string; readonly bodyHtml: string } {
  const ask = bestContact(
    contacts,
    heard.map(({ respondentContactId }) => ({ contactId: respondentContactId, told: '' })),
  );
  return touchTask({
    kind: touch.kind,
    companyName: company?.name ?? 'a customer',
    contact:
      ask === null
        ? null
        : { name: ask.contact.name, jobTitle: ask.contact.jobTitle, phone: ask.contact.phone },
    recordUrl: recordUrl(context, touch.companyId),
    dueOn: touch.dueOn,
    half: touch.dueHalf,
  });
}

/** The company's record in HubSpot. */
export function recordUrl({ portal }: PortalContext, companyId: CompanyId): string {
  return `https://${portal.uiDomain}/contacts/${portal.portalId}/record/0-2/${companyId}`;
}
