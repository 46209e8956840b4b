import type { PortalDocument, PortalObject } from '../portal-document.ts';
import {
  addContact,
  companyProperties,
  drawCompany,
  drawContact,
  drawPhone,
  type Contact,
} from './account-directory.ts';
import { addTouch, drawTouchRecord, type Account } from './account-history.ts';
import { localDayNumber, weekdayAge } from './calendar.ts';
import { firstNames, lastNames } from './name-pools.ts';
import { createPortalBuilder, firstIdOf, type PortalBuilder } from './portal-builder.ts';
import { habits, ownerEntry, type OwnerSpec } from './portal-people.ts';
import { createRandom, type Random } from './random.ts';

/** A portal of any size: company `i` depends on (seed, i) alone, so nothing has to be kept to know it. */
export type GeneratedPortalSpec = {
  readonly seed: string;
  readonly portalId: number;
  /** 0 to 1,000,000. */
  readonly companies: number;
  readonly now: Date;
  readonly timeZone?: string;
  /** Active owners; default one for every 60 companies, at least 1, at most 2,000. The first is the installer. */
  readonly owners?: number;
  /** 1 to 9; default 1. */
  readonly contactsPerCompany?: number;
  /** Calls and meetings of the last 90 days, 0 to 900; default 0. */
  readonly activitiesPerCompany?: number;
};

/** A company with everything that hangs on it. */
export type GeneratedCompany = {
  readonly index: number;
  readonly company: PortalObject;
  /** Contacts, calls and meetings, keyed by plural type name. */
  readonly related: Readonly<Record<string, readonly PortalObject[]>>;
  readonly associations: PortalDocument['associations'];
};

const largestPortal = 1_000_000;
/** Room for the ids of one company's objects of one type. */
const idsPerCompany = 1_000;
const habit = { ...habits.steady, loggedShare: 1 };
const dayMs = 86_400_000;

function checkSpec(spec: GeneratedPortalSpec): void {
  const inRange = (value: number, low: number, high: number) =>
    Number.isInteger(value) && value >= low && value <= high;
  if (!inRange(spec.companies, 0, largestPortal)) {
    throw new RangeError(`companies must be 0 to ${String(largestPortal)}, not ${String(spec.companies)}`);
  }
  if (!inRange(spec.contactsPerCompany ?? 1, 1, 9)) throw new RangeError('contactsPerCompany must be 1 to 9');
  if (!inRange(spec.activitiesPerCompany ?? 0, 0, 900)) {
    throw new RangeError('activitiesPerCompany must be 0 to 900');
  }
}

function ownerCount(spec: GeneratedPortalSpec): number {
  return spec.owners ?? Math.min(2_000, Math.max(1, Math.ceil(spec.companies / 60)));
}

function ownerAt(spec: GeneratedPortalSpec, place: number): OwnerSpec {
  const random = createRandom(`${spec.seed}/owner/${String(place)}`);
  const firstName = random.pick(firstNames);
  const lastName = random.pick(lastNames);
  return {
    ownerId: String(640_100_000 + place),
    userId: 50_200_000 + place,
    email:
      `${firstName}.${lastName}.${String(place)}@portal-${String(spec.portalId)}.example.com`.toLowerCase(),
    firstName,
    lastName,
    habit: 'steady',
    superAdmin: place === 0,
  };
}

/** The id of company `index`: the same in every generated portal, as HubSpot's ids may be. */
export function generatedCompanyId(index: number): string {
  return String(firstIdOf('companies') + index);
}

/** Which company has that id, or null when none of a portal of this size has. */
export function generatedCompanyIndex(spec: GeneratedPortalSpec, companyId: string): number | null {
  const index = Number(companyId) - firstIdOf('companies');
  return Number.isInteger(index) && index >= 0 && index < spec.companies ? index : null;
}

function builderFor(index: number): PortalBuilder {
  return createPortalBuilder((type, place) => {
    if (type === 'companies') return firstIdOf(type) + index;
    return firstIdOf(type) + index * idsPerCompany + place;
  });
}

function addPeople(
  spec: GeneratedPortalSpec,
  builder: PortalBuilder,
  random: Random,
  company: { id: string; profile: ReturnType<typeof drawCompany>; owner: OwnerSpec; createdAt: Date },
): [Contact, ...Contact[]] {
  const add = (place: number): Contact => {
    const drawn = drawContact(random, company.profile);
    // Companies may share a name and so a domain; contact emails are unique in HubSpot, so the company's id goes in.
    const email = `${drawn.firstName}.${company.id}.${String(place)}@${company.profile.domain}`.toLowerCase();
    const record = { owner: company.owner, lifecycleStage: 'customer', createdAt: company.createdAt };
    return addContact(builder, company.id, { ...drawn, email }, record);
  };
  const others = Array.from({ length: (spec.contactsPerCompany ?? 1) - 1 }, (_, place) => place + 1);
  return [add(0), ...others.map(add)];
}

function addActivities(spec: GeneratedPortalSpec, account: Account): void {
  for (let place = 0; place < (spec.activitiesPerCompany ?? 0); place += 1) {
    const ageDays = weekdayAge(account.today, account.random.int(1, 89));
    const contact = account.random.pick(account.contacts);
    addTouch(account, ageDays, contact, drawTouchRecord(account.random, habit));
  }
}

/** Company `index` of the portal. Throws RangeError for an index or a spec out of range. */
export function generatedCompany(spec: GeneratedPortalSpec, index: number): GeneratedCompany {
  checkSpec(spec);
  if (!Number.isInteger(index) || index < 0 || index >= spec.companies) {
    throw new RangeError(`the portal has no company number ${String(index)}`);
  }
  const random = createRandom(`${spec.seed}/company/${String(index)}`);
  const builder = builderFor(index);
  const profile = drawCompany(random);
  const owner = ownerAt(spec, index % ownerCount(spec));
  const createdAt = new Date(spec.now.getTime() - random.int(400, 2_400) * dayMs);
  const phone = drawPhone(random, profile.place);
  const record = { owner, lifecycleStage: 'customer', createdAt, imported: false, phone };
  const stamp = createdAt.toISOString();
  const id = builder.addCompany(companyProperties(profile, record), { createdAt: stamp, updatedAt: stamp });
  const contacts = addPeople(spec, builder, random, { id, profile, owner, createdAt });
  const today = localDayNumber(spec.now, profile.place.timeZone);
  const shared = { builder, random, now: spec.now, today, companyId: id, contacts, habit };
  addActivities(spec, { ...shared, repAt: () => owner });
  const { companies = [], ...related } = builder.objects();
  const [company] = companies;
  if (company === undefined) throw new RangeError('the builder lost the company');
  return { index, company, related, associations: builder.associations() };
}

/** All companies one at a time, without keeping any. */
export function* companiesOf(spec: GeneratedPortalSpec): Generator<GeneratedCompany, void, undefined> {
  for (let index = 0; index < spec.companies; index += 1) yield generatedCompany(spec, index);
}

/** Everything but the objects: owners, name, zone. */
export function generatedPortalFrame(spec: GeneratedPortalSpec): PortalDocument {
  checkSpec(spec);
  return {
    portalId: spec.portalId,
    name: `Generated portal ${String(spec.portalId)}`,
    timeZone: spec.timeZone ?? 'America/Chicago',
    uiDomain: 'app.hubspot.com',
    owners: Array.from({ length: ownerCount(spec) }, (_, place) => ownerEntry(ownerAt(spec, place))),
    objects: {},
    associations: [],
    properties: {},
    callDispositions: [],
  };
}

/** The whole portal in memory: about 2 kB a company, so read `companiesOf` instead where one at a time will do. */
export function generatedPortal(spec: GeneratedPortalSpec): PortalDocument {
  const document = generatedPortalFrame(spec);
  const companies: PortalObject[] = [];
  document.objects['companies'] = companies;
  for (const generated of companiesOf(spec)) {
    companies.push(generated.company);
    for (const association of generated.associations) document.associations.push(association);
    for (const [type, objects] of Object.entries(generated.related)) {
      const list = (document.objects[type] ??= []);
      for (const object of objects) list.push(object);
    }
  }
  return document;
}
