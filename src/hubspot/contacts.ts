import { asCompanyId, asContactId, type CompanyId, type ContactId, type PortalId } from '../core/model.ts';
import type { ContactRecord } from '../usecases/hubspot-port.ts';
import type { Priority } from '../usecases/ports.ts';
import { readAssociations } from './associations.ts';
import { mergedIdsOf, readRecords } from './objects.ts';
import type { PortalClient } from './portal-client.ts';
import type { HubSpotRecord } from './schemas.ts';
import { textOf, timeZoneOf } from './values.ts';

const CONTACT_PROPERTIES = [
  'firstname',
  'lastname',
  'email',
  'jobtitle',
  'phone',
  'mobilephone',
  'hs_timezone',
] as const;
const ADDRESS_PROPERTIES = ['email', 'hs_additional_emails'] as const;

/** The contacts of each company, by company; one without contacts has an empty list. Throws like `PortalClient.read`. */
export async function readContactsOfCompanies(
  client: PortalClient,
  portalId: PortalId,
  companyIds: readonly CompanyId[],
  priority: Priority,
): Promise<ReadonlyMap<CompanyId, readonly ContactRecord[]>> {
  const links = await readAssociations(client, portalId, 'companies', 'contacts', companyIds, priority);
  const contactIds = [...links.values()].flatMap((targets) => targets.map((target) => target.id));
  const contacts = await readContactRecords(client, portalId, contactIds, priority);
  return new Map(
    [...links].map(([companyId, targets]) => {
      const found = targets.flatMap((target) => contacts.get(target.id) ?? []);
      return [asCompanyId(companyId), [...new Map(found.map((one) => [one.id, toContact(one)])).values()]];
    }),
  );
}

/** Contacts with their addresses, by the id asked for. Throws like `PortalClient.read`. */
export function readContactRecords(
  client: PortalClient,
  portalId: PortalId,
  ids: readonly string[],
  priority: Priority = 'card',
): Promise<ReadonlyMap<string, HubSpotRecord>> {
  const properties = [...new Set([...CONTACT_PROPERTIES, ...ADDRESS_PROPERTIES])];
  return readRecords(client, portalId, 'contacts', ids, { properties, priority });
}

/** The contacts that exist, by the id asked for; a merged id gives its survivor. Throws like `PortalClient.read`. */
export async function readContacts(
  client: PortalClient,
  portalId: PortalId,
  ids: readonly ContactId[],
): Promise<ReadonlyMap<ContactId, ContactRecord>> {
  const records = await readContactRecords(client, portalId, ids, 'run');
  return new Map([...records].map(([id, record]) => [asContactId(id), toContact(record)]));
}

/** A contact as the use cases know it. */
export function toContact(record: HubSpotRecord): ContactRecord {
  const name = [textOf(record, 'firstname'), textOf(record, 'lastname')]
    .filter((part) => part !== null)
    .join(' ');
  const mergedIds = mergedIdsOf(record).map(asContactId);
  return {
    contactId: asContactId(record.id),
    name: name || (textOf(record, 'email') ?? 'Unnamed contact'),
    jobTitle: textOf(record, 'jobtitle'),
    phone: textOf(record, 'phone') ?? textOf(record, 'mobilephone'),
    timeZone: timeZoneOf(textOf(record, 'hs_timezone')),
    ...(mergedIds.length === 0 ? {} : { mergedIds }),
  };
}

/** Every address HubSpot knows of a contact, in lower case. */
export function addressesOf(record: HubSpotRecord): readonly string[] {
  return ADDRESS_PROPERTIES.flatMap((name) => textOf(record, name)?.split(';') ?? []).map((one) =>
    one.trim().toLowerCase(),
  );
}
