import type { PortalDocument } from '../portal-document.ts';
import {
  addContact,
  companyProperties,
  domainOf,
  drawCompany,
  drawContact,
  drawPhone,
  type CompanyProfile,
  type Contact,
} from './account-directory.ts';
import { addBackground, addTouch, drawAges, drawTouchRecord, type Account } from './account-history.ts';
import { localDayNumber } from './calendar.ts';
import { cities } from './name-pools.ts';
import { liveAccount } from './ordinary-accounts.ts';
import { createPortalBuilder, type PortalBuilder } from './portal-builder.ts';
import { habits, ownerEntry, type Habit, type OwnerSpec } from './portal-people.ts';
import type { AccountKind, AccountTruth, SeededPortal } from './portal-truth.ts';
import { createRandom, type Random } from './random.ts';
import type { StorySpec } from './story-accounts.ts';

/** Accounts that moved from a rep who left to a successor. */
export type Handover = {
  readonly from: OwnerSpec;
  readonly toOwnerId: string;
  /** When most of the accounts moved, in days before now. */
  readonly ageDays: number;
  /** When the account of story 4 moved. */
  readonly storyAgeDays: number;
};

export type PortalSpec = {
  readonly seed: string;
  readonly portalId: number;
  readonly name: string;
  readonly timeZone: string;
  readonly now: Date;
  readonly manager: OwnerSpec;
  /** Whoever serves accounts; may hold the manager too. */
  readonly reps: readonly [OwnerSpec, ...OwnerSpec[]];
  readonly customersPerRep: number;
  readonly prospects: number;
  readonly handover: Handover | null;
  readonly stories: readonly StorySpec[];
};

type Slot = { readonly rep: OwnerSpec; readonly story: StorySpec | null };

const dayMs = 86_400_000;

/** Stories first, then the reps in turn, until everyone has the same number of accounts. */
function planSlots(spec: PortalSpec): Slot[] {
  const slots: Slot[] = [];
  const served = new Map<string, number>();
  const push = (rep: OwnerSpec, story: StorySpec | null) => {
    served.set(rep.ownerId, (served.get(rep.ownerId) ?? 0) + 1);
    slots.push({ rep, story });
  };
  for (const story of spec.stories) push(spec.reps[story.rep] ?? spec.reps[0], story);
  for (let round = 0; round < spec.customersPerRep; round += 1) {
    for (const rep of spec.reps) {
      if ((served.get(rep.ownerId) ?? 0) < spec.customersPerRep) push(rep, null);
    }
  }
  return slots;
}

function drawKind(random: Random, spec: PortalSpec, rep: OwnerSpec): AccountKind {
  const dice = random.next();
  if (dice < 0.05) return 'quiet';
  if (dice < 0.1) return 'forgetful';
  if (dice < 0.14) return 'unsure';
  if (dice < 0.19) return 'anotherContact';
  if (rep.ownerId === spec.handover?.toOwnerId) return 'inherited';
  return rep.habit === 'underLogs' && dice < 0.7 ? 'underLogged' : 'wellServed';
}

function habitOf(rep: OwnerSpec): Habit {
  return habits[rep.habit ?? 'steady'];
}

/** Who owned the account at an age in days, and the property history that says so, newest first as HubSpot lists it. */
function ownership(spec: PortalSpec, slot: Slot, createdAt: Date) {
  const handover = spec.handover;
  if (handover?.toOwnerId !== slot.rep.ownerId) {
    return { repAt: () => slot.rep, history: {} };
  }
  const ageDays = slot.story === null ? handover.ageDays : handover.storyAgeDays;
  const movedAt = new Date(spec.now.getTime() - ageDays * dayMs).toISOString();
  const source = { sourceType: 'CRM_UI', sourceId: `userId:${String(spec.manager.userId)}` };
  const history = {
    hubspot_owner_id: [
      { value: slot.rep.ownerId, timestamp: movedAt, ...source },
      { value: handover.from.ownerId, timestamp: createdAt.toISOString(), ...source },
    ],
  };
  return { repAt: (age: number) => (age > ageDays ? handover.from : slot.rep), history };
}

function profileOf(slot: Slot, random: Random, usedNames: Set<string>): CompanyProfile {
  let drawn = drawCompany(random);
  while (usedNames.has(drawn.name)) drawn = drawCompany(random);
  const told = slot.story?.company;
  if (told === undefined) return drawn;
  const place = cities.find((entry) => entry.city === told.city) ?? drawn.place;
  return { ...drawn, name: told.name, domain: domainOf(told.name), industry: told.industry, place };
}

/** One to three people, 1.6 on average; a story names its own. One in twenty-five has no number. */
function addContacts(
  builder: PortalBuilder,
  random: Random,
  slot: Slot,
  company: { id: string; profile: CompanyProfile; createdAt: Date; lifecycleStage: string },
  kind: AccountKind,
): [Contact, ...Contact[]] {
  const { profile } = company;
  const record = { owner: slot.rep, lifecycleStage: company.lifecycleStage, createdAt: company.createdAt };
  const add = (index: number): Contact => {
    const person = slot.story?.contacts[index];
    const drawn = drawContact(random, profile, person?.title);
    const named = person === undefined ? drawn : { ...drawn, ...person };
    const email = `${named.firstName}.${named.lastName}@${profile.domain}`.toLowerCase();
    const phone = person === undefined && random.chance(0.04) ? '' : drawn.phone;
    return addContact(builder, company.id, { ...named, email, phone }, record);
  };
  const drawnCount = random.chance(0.48) ? (random.chance(0.25) ? 3 : 2) : 1;
  const count = slot.story?.contacts.length ?? (kind === 'anotherContact' ? 2 : drawnCount);
  const others = Array.from({ length: count - 1 }, (_, index) => index + 1);
  return [add(0), ...others.map(add)];
}

type OpenAccount = { account: Account; companyName: string; kind: AccountKind };

function openAccount(
  spec: PortalSpec,
  builder: PortalBuilder,
  slot: Slot,
  place: { key: string; usedNames: Set<string>; lifecycleStage: string; oldDays: [number, number] },
): OpenAccount {
  const random = createRandom(`${spec.seed}/${place.key}`);
  const profile = profileOf(slot, random, place.usedNames);
  place.usedNames.add(profile.name);
  const kind = slot.story?.kind ?? drawKind(random, spec, slot.rep);
  const createdAt = new Date(spec.now.getTime() - random.int(...place.oldDays) * dayMs);
  const { repAt, history } = ownership(spec, slot, createdAt);
  const properties = companyProperties(profile, {
    owner: slot.rep,
    lifecycleStage: place.lifecycleStage,
    createdAt,
    imported: random.chance(0.2),
    phone: drawPhone(random, profile.place),
  });
  const stamps = { createdAt: createdAt.toISOString(), updatedAt: createdAt.toISOString() };
  const companyId = builder.addCompany(properties, { ...stamps, history });
  const company = { id: companyId, profile, createdAt, lifecycleStage: place.lifecycleStage };
  const contacts = addContacts(builder, random, slot, company, kind);
  const today = localDayNumber(spec.now, profile.place.timeZone);
  const habit = habitOf(slot.rep);
  const account = { builder, random, now: spec.now, today, companyId, contacts, habit, repAt };
  return { account, companyName: profile.name, kind };
}

function addCustomer(
  spec: PortalSpec,
  builder: PortalBuilder,
  slot: Slot,
  index: number,
  usedNames: Set<string>,
): AccountTruth {
  const place = {
    key: `customer/${String(index)}`,
    usedNames,
    lifecycleStage: 'customer',
    oldDays: [400, 2_400] as [number, number],
  };
  const { account, companyName, kind } = openAccount(spec, builder, slot, place);
  const base = {
    companyId: account.companyId,
    companyName,
    repOwnerId: slot.rep.ownerId,
    kind,
    story: slot.story?.story ?? null,
  };
  if (slot.story !== null) return { ...base, ...slot.story.live(account) };
  const lived = liveAccount(account, kind);
  return { ...base, ...lived, unservedCallIds: [], secondAnswer: null, expectedVerdict: null };
}

/** A company that is no customer yet: met in the last weeks, a few conversations. */
function addProspect(
  spec: PortalSpec,
  builder: PortalBuilder,
  slot: Slot,
  index: number,
  usedNames: Set<string>,
): void {
  const lifecycleStage = index % 2 === 0 ? 'lead' : 'opportunity';
  const place = {
    key: `prospect/${String(index)}`,
    usedNames,
    lifecycleStage,
    oldDays: [20, 55] as [number, number],
  };
  const { account } = openAccount(spec, builder, { ...slot, story: null }, place);
  for (const age of drawAges(account, account.random.int(1, 3), 1, 18)) {
    addTouch(account, age, account.contacts[0], drawTouchRecord(account.random, account.habit));
  }
  addBackground(account, 18, true);
}

function ownersOf(spec: PortalSpec): PortalDocument['owners'] {
  const people = [spec.manager, ...spec.reps, ...(spec.handover === null ? [] : [spec.handover.from])];
  const byId = new Map(people.map((owner) => [owner.ownerId, owner]));
  return [...byId.values()].map(ownerEntry);
}

/**
 * A whole HubSpot account from a seed, with the truth beside it. Pure: the same spec gives the same bytes; company ids depend
 * on the order of accounts only, never on `now`.
 */
export function generatePortal(spec: PortalSpec): SeededPortal {
  const builder = createPortalBuilder();
  const usedNames = new Set<string>(spec.stories.map((story) => story.company.name));
  const accounts = planSlots(spec).map((slot, index) => addCustomer(spec, builder, slot, index, usedNames));
  for (let index = 0; index < spec.prospects; index += 1) {
    const rep = spec.reps[index % spec.reps.length] ?? spec.reps[0];
    addProspect(spec, builder, { rep, story: null }, index, usedNames);
  }
  const document: PortalDocument = {
    portalId: spec.portalId,
    name: spec.name,
    timeZone: spec.timeZone,
    uiDomain: 'app.hubspot.com',
    owners: ownersOf(spec),
    objects: builder.objects(),
    associations: builder.associations(),
    properties: {},
    callDispositions: [],
  };
  const truth = {
    portalId: spec.portalId,
    managerOwnerId: spec.manager.ownerId,
    installerUserId: spec.manager.userId,
    departedOwnerId: spec.handover?.from.ownerId ?? null,
    accounts,
  };
  return { document, truth };
}
