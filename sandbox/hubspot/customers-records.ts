import { dialedCall, email, handLoggedCall, meeting } from '../portals/activity-records.ts';
import type { ActivityRecord, Occasion, Person } from '../portals/activity-records.ts';
import { callTopics, emailSubjects, meetingTopics } from '../portals/conversation-pools.ts';
import { cities, companyWords, firstNames, jobTitles, lastNames } from '../portals/name-pools.ts';
import { calendarSync, handLogged } from '../portals/trusted-sources.ts';
import { customersId, drawn, ownerCountOf } from './customers-spec.ts';
import type { ActivityType, CustomersSpec } from './customers-spec.ts';
import type { StoredObject } from './model.ts';

const DAY_MS = 86_400_000;
/** Activities reach back a quarter. */
const HISTORY_MS = 91 * DAY_MS;

/** Owner `place` of the account. */
export function ownerOf(spec: CustomersSpec, place: number): Person {
  const firstName = pick(firstNames, drawn(spec, 'owner-first', place));
  const lastName = pick(lastNames, drawn(spec, 'owner-last', place));
  return {
    ownerId: String(640_100_000 + place),
    userId: 50_200_000 + place,
    email: `owner-${String(place)}@portal-${String(spec.portalId)}.example.com`,
    firstName,
    lastName,
  };
}

/** Company `place`: a customer with an owner. */
export function companyOf(spec: CustomersSpec, place: number): StoredObject {
  const chance = drawn(spec, 'company', place);
  const city = pick(cities, chance);
  const id = customersId('companies', place);
  const createdAt = createdAtOf(spec, place);
  return stored(id, createdAt, {
    name: `${pick(companyWords, chance >>> 8)} Supply ${String(place + 1)}`,
    domain: `company-${String(place)}.example.com`,
    lifecyclestage: 'customer',
    hubspot_owner_id: String(640_100_000 + (place % ownerCountOf(spec))),
    city: city.city,
    state: city.state,
    country: 'United States',
    timezone: city.timeZone,
    phone: phoneOf(city.areaCode, chance),
    createdate: createdAt,
    hs_object_source: handLogged.label,
    hs_object_source_label: handLogged.label,
  });
}

/** Contact `place`: the contacts of a company stand together. */
export function contactOf(spec: CustomersSpec, place: number): StoredObject {
  const chance = drawn(spec, 'contact', place);
  const company = Math.floor(place / spec.contactsPerCompany);
  const createdAt = createdAtOf(spec, company);
  const area = pick(cities, drawn(spec, 'company', company)).areaCode;
  return stored(customersId('contacts', place), createdAt, {
    firstname: pick(firstNames, chance),
    lastname: pick(lastNames, chance >>> 8),
    email: contactEmail(place),
    jobtitle: pick(jobTitles, chance >>> 16),
    phone: phoneOf(area, chance),
    lifecyclestage: 'customer',
    hubspot_owner_id: String(640_100_000 + (company % ownerCountOf(spec))),
    associatedcompanyid: customersId('companies', company),
    createdate: createdAt,
    lastmodifieddate: createdAt,
    hs_object_source: handLogged.label,
    hs_object_source_label: handLogged.label,
  });
}

/** The address of contact `place`, unique in its account. */
export function contactEmail(place: number): string {
  return `contact-${String(place)}@customers.example.com`;
}

/** The place of the contact with that address, or null when it is nobody's. */
export function contactPlaceOf(address: string): number | null {
  const [, place] = /^contact-(\d+)@customers\.example\.com$/.exec(address) ?? [];
  return place === undefined ? null : Number(place);
}

/** Activity `place` of its type, some time in the quarter before `now`. */
export function activityOf(spec: CustomersSpec, type: ActivityType, place: number): StoredObject {
  const chance = drawn(spec, type, place);
  const company = place % spec.companies;
  const age = Math.floor((drawn(spec, `${type}-at`, place) / 2 ** 32) * HISTORY_MS);
  const at = new Date(Date.parse(spec.now) - 60_000 - age);
  const by = ownerOf(spec, company % ownerCountOf(spec));
  const loggedAt = new Date(Math.min(at.getTime() + (chance % 30) * 60_000, Date.parse(spec.now)));
  const record = recordOf(type, { at, loggedAt, by }, chance, contactEmail(contactPlaceAt(spec, place) ?? 0));
  return stored(customersId(type, place), loggedAt.toISOString(), record.properties);
}

function recordOf(type: ActivityType, occasion: Occasion, chance: number, customer: string): ActivityRecord {
  if (type === 'calls') {
    const topic = pick(callTopics, chance);
    const line = { direction: 'OUTBOUND', durationMs: 60_000 + (chance % 800_000), toNumber: '' } as const;
    return chance % 3 === 0 ? dialedCall(occasion, topic, line) : handLoggedCall(occasion, topic);
  }
  if (type === 'meetings') {
    const source = chance % 2 === 0 ? calendarSync : handLogged;
    const details = { source, outcome: 'COMPLETED', minutes: 45, location: 'On site' };
    return meeting(occasion, pick(meetingTopics, chance), details);
  }
  const incoming = chance % 3 === 0;
  return email(occasion, {
    direction: incoming ? 'INCOMING_EMAIL' : 'EMAIL',
    subject: pick(emailSubjects, chance),
    from: incoming ? customer : occasion.by.email,
    to: incoming ? occasion.by.email : customer,
    bounced: false,
  });
}

/** The contact whom activity `place` of any type is with; null in an account without contacts. */
export function contactPlaceAt(
  { companies, contactsPerCompany }: CustomersSpec,
  place: number,
): number | null {
  if (contactsPerCompany === 0) return null;
  const turn = Math.floor(place / companies);
  return (place % companies) * contactsPerCompany + (turn % contactsPerCompany);
}

function createdAtOf(spec: CustomersSpec, company: number): string {
  const ageDays = 400 + (drawn(spec, 'company', company) % 2_000);
  return new Date(Date.parse(spec.now) - ageDays * DAY_MS).toISOString();
}

function stored(id: string, createdAt: string, properties: Record<string, string>): StoredObject {
  return {
    id,
    properties: {
      hs_createdate: createdAt,
      hs_lastmodifieddate: createdAt,
      ...properties,
      hs_object_id: id,
    },
    createdAt,
    updatedAt: createdAt,
    archived: false,
  };
}

/** Numbers 555-01xx are reserved for fiction. */
function phoneOf(areaCode: string, chance: number): string {
  return `+1 ${areaCode}-555-01${String(chance % 100).padStart(2, '0')}`;
}

function pick<T>(list: readonly T[], chance: number): T {
  return list[chance % list.length] as T;
}
