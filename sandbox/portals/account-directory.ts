import type { Person } from './activity-records.ts';
import { cities, companyWords, firstNames, industries, jobTitles, lastNames } from './name-pools.ts';
import type { PortalBuilder } from './portal-builder.ts';
import type { Random } from './random.ts';
import { fileImport, handLogged } from './trusted-sources.ts';

export type Place = (typeof cities)[number];

/** How a company looks before it is in a portal. */
export type CompanyProfile = {
  readonly name: string;
  readonly domain: string;
  readonly industry: string;
  readonly place: Place;
  readonly employees: number;
};

export type ContactProfile = {
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string;
  readonly email: string;
  readonly phone: string;
};

export type Contact = ContactProfile & { readonly id: string };

/** `reserved` top-level names and 555-01xx numbers (RFC 2606, NANP): nobody real is ever written to or called. */
export function domainOf(companyName: string): string {
  const slug = companyName.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${slug.replace(/^-|-$/g, '')}.example.com`;
}

/** A company drawn from the pools; two draws may share a name, as real companies do. */
export function drawCompany(random: Random): CompanyProfile {
  const industry = random.pick(industries);
  const name = `${random.pick(companyWords)} ${random.pick<string>(industry.words)}`;
  const place = random.pick(cities);
  const employees = random.pick([6, 12, 18, 25, 40, 65, 90, 140, 220, 400]);
  return { name, domain: domainOf(name), industry: industry.value, place, employees };
}

/** A phone number in the place's area code that is reserved for fiction. */
export function drawPhone(random: Random, place: Place): string {
  return `+1 ${place.areaCode}-555-01${String(random.int(0, 99)).padStart(2, '0')}`;
}

/** A person at a company; `title` is drawn when left out. */
export function drawContact(random: Random, company: CompanyProfile, title?: string): ContactProfile {
  const firstName = random.pick(firstNames);
  const lastName = random.pick(lastNames);
  return {
    firstName,
    lastName,
    title: title ?? random.pick(jobTitles),
    email: `${firstName}.${lastName}@${company.domain}`.toLowerCase(),
    phone: drawPhone(random, company.place),
  };
}

/** Everything HubSpot keeps about a new company, as strings. */
export function companyProperties(
  company: CompanyProfile,
  record: { owner: Person; lifecycleStage: string; createdAt: Date; imported: boolean; phone: string },
): Record<string, string> {
  const source = record.imported ? fileImport : handLogged;
  const createdAt = record.createdAt.toISOString();
  return {
    name: company.name,
    domain: company.domain,
    website: `https://www.${company.domain}`,
    industry: company.industry,
    city: company.place.city,
    state: company.place.state,
    country: 'United States',
    timezone: company.place.timeZone,
    phone: record.phone,
    numberofemployees: String(company.employees),
    lifecyclestage: record.lifecycleStage,
    hubspot_owner_id: record.owner.ownerId,
    createdate: createdAt,
    hs_lastmodifieddate: createdAt,
    hs_created_by_user_id: String(record.owner.userId),
    hs_object_source: source.label,
    hs_object_source_label: source.label,
    ...(source.detail === null ? {} : { hs_object_source_detail_1: source.detail }),
  };
}

/** Adds a person to the portal; a few have no number, which the app must say rather than hide. */
export function addContact(
  builder: PortalBuilder,
  companyId: string,
  profile: ContactProfile,
  record: { owner: Person; lifecycleStage: string; createdAt: Date },
): Contact {
  const createdAt = record.createdAt.toISOString();
  const properties: Record<string, string> = {
    firstname: profile.firstName,
    lastname: profile.lastName,
    email: profile.email,
    jobtitle: profile.title,
    lifecyclestage: record.lifecycleStage,
    hubspot_owner_id: record.owner.ownerId,
    createdate: createdAt,
    lastmodifieddate: createdAt,
    hs_object_source: handLogged.label,
    hs_object_source_label: handLogged.label,
    ...(profile.phone === '' ? {} : { phone: profile.phone }),
  };
  const id = builder.addContact(companyId, properties, { createdAt, updatedAt: createdAt });
  return { ...profile, id };
}
