import { contactPlaceAt } from './customers-records.ts';
import { ACTIVITY_TYPES, countOf, customersId, drawn, placeOf } from './customers-spec.ts';
import type { ActivityType, CustomersSpec } from './customers-spec.ts';
import type { AssociationLink } from './model.ts';
import { defaultAssociationType } from './object-types.ts';
import { contactToCompany } from '../portals/hubspot-values.ts';

/** In percent: activities that hang on the contact alone, and on the company alone. The others hang on both. */
const CONTACT_ALONE = 15;
const COMPANY_ALONE = 10;

/** The links of a generated record to others, or undefined when the id is none of the account's. */
export function linksOfGenerated(
  spec: CustomersSpec,
  type: string,
  id: string,
): AssociationLink[] | undefined {
  const place = placeOf(spec, type, id);
  if (place === null) return undefined;
  if (type === 'companies') return linksOfCompany(spec, place);
  return type === 'contacts'
    ? linksOfContact(spec, place)
    : linksOfActivity(spec, type as ActivityType, place);
}

function linksOfCompany(spec: CustomersSpec, company: number): AssociationLink[] {
  const { contactsPerCompany } = spec;
  const contacts = Array.from({ length: contactsPerCompany }, (_, turn) => ({
    to: { type: 'contacts', id: customersId('contacts', company * contactsPerCompany + turn) },
    typeIds: [contactToCompany.unlabeled + 1, contactToCompany.primary + 1],
  }));
  const activities = activitiesOf(spec, company).filter(
    ([type, place]) => hangsOn(spec, type, place).company,
  );
  return [...contacts, ...activities.map(([type, place]) => link('companies', type, place))];
}

function linksOfContact(spec: CustomersSpec, contact: number): AssociationLink[] {
  const company = Math.floor(contact / spec.contactsPerCompany);
  const typeIds = [contactToCompany.unlabeled, contactToCompany.primary];
  const activities = activitiesOf(spec, company).filter(
    ([type, place]) => contactPlaceAt(spec, place) === contact && hangsOn(spec, type, place).contact,
  );
  return [
    { to: { type: 'companies', id: customersId('companies', company) }, typeIds },
    ...activities.map(([type, place]) => link('contacts', type, place)),
  ];
}

function linksOfActivity(spec: CustomersSpec, type: ActivityType, place: number): AssociationLink[] {
  const hangs = hangsOn(spec, type, place);
  const contact = contactPlaceAt(spec, place);
  return [
    ...(hangs.contact && contact !== null ? [link(type, 'contacts', contact)] : []),
    ...(hangs.company ? [link(type, 'companies', place % spec.companies)] : []),
  ];
}

/** Every activity with a company or its contacts: the companies take turns, so places repeat after as many as there are. */
function activitiesOf(spec: CustomersSpec, company: number): (readonly [ActivityType, number])[] {
  return ACTIVITY_TYPES.flatMap((type) => {
    const count = countOf(spec, type);
    const length = Math.max(0, Math.ceil((count - company) / spec.companies));
    return Array.from({ length }, (_, turn) => [type, company + turn * spec.companies] as const);
  });
}

function hangsOn(
  spec: CustomersSpec,
  type: ActivityType,
  place: number,
): { company: boolean; contact: boolean } {
  if (spec.contactsPerCompany === 0) return { company: true, contact: false };
  const dice = drawn(spec, `${type}-link`, place) % 100;
  return { company: dice >= CONTACT_ALONE, contact: dice < 100 - COMPANY_ALONE };
}

function link(from: string, to: string, place: number): AssociationLink {
  const id = defaultAssociationType(from, to)?.id;
  return { to: { type: to, id: customersId(to, place) }, typeIds: id === undefined ? [] : [id] };
}
