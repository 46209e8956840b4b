import { addDays } from '../core/cadence/calendar.ts';
import { bestContact } from '../core/feedback/best-contact.ts';
import { LISTENING_TEXT, PROBE, QUESTION, greeting, monthName } from '../core/wording.ts';
import { RECALL_ITEMS } from '../core/recall-items.ts';
import { answerView, savedCheckInView } from './check-in-view.ts';
import type { CompanyAccess } from './company-access.ts';
import type { ContactRecord } from './hubspot-port.ts';
import type { StoredContact } from './kudos-port.ts';
import { kudosHere } from './kudos.ts';
import { listeningReason } from './listening.ts';
import { ownerById, type Person } from './person.ts';
import type { Deps } from './ports.ts';
import { preferenceViews } from './preferences.ts';
import { promiseView } from './promise-view.ts';
import type { CheckIn, TenantScope, Touch } from './records.ts';
import { touchView } from './touch-view.ts';

/** How many days before the due date a call counts as due soon rather than far off. */
const DUE_SOON_DAYS = 14;
const EARLIER_ANSWERS = 12;

/** The card for whoever calls this customer: one question, whom to ask for, what was said before; nothing of the log. */
export async function managerView(deps: Deps, scope: TenantScope, access: CompanyAccess) {
  const { person, company } = access;
  const store = deps.store;
  const { cycle } = person;
  const touch = await store.touches.ofCompany(scope, company.companyId, cycle.label);
  const attempts = touch === null ? [] : await store.touches.attempts(scope, touch.touchId);
  const checkIns = await store.checkIns.ofCompany(scope, company.companyId, EARLIER_ANSWERS);
  const contacts = await contactsOf(deps, scope, access);
  const listening = await listeningReason(deps, scope, person, company, person.today);
  const saved = checkIns.find((checkIn) => checkIn.cycle === cycle.label) ?? null;
  const ask = bestContact(contacts, heard(checkIns));
  const promises = await store.promises.ofCompany(scope, company.companyId);
  return {
    role: 'manager' as const,
    company: { companyId: company.companyId as string, name: company.name },
    today: person.today,
    timeZone: person.portal.timeZone,
    state: stateOf(person, company.inScope, touch, attempts.length, saved),
    isAdmin: person.roles.has('admin'),
    question: QUESTION,
    probe: PROBE,
    greeting: greeting(ask?.contact.name ?? null, person.name),
    touch: touch === null ? null : touchView(person, touch, attempts),
    ask: ask === null ? null : { ...contactView(ask.contact), why: ask.why },
    otherContacts: contacts.filter(({ contactId }) => contactId !== ask?.contact.contactId).map(contactView),
    repName: ownerById(person, company.ownerId)?.name ?? null,
    firstManagerCall: !checkIns.some(({ callerUserId }) => callerUserId === person.userId),
    listening,
    listeningText:
      listening === null ? null : LISTENING_TEXT[listening](ownerById(person, company.ownerId)?.name ?? null),
    recallItems: listening === null ? RECALL_ITEMS : null,
    lastAnswer: await lastAnswer(deps, scope, person, checkIns, saved),
    openPromises: promises
      .filter(({ state }) => state !== 'kept')
      .map((promise) => promiseView(person, promise, company)),
    promiseOwners: person.owners
      .filter(({ active, userId }) => active && userId !== null)
      .map(({ ownerId, name }) => ({ ownerId: ownerId, name })),
    thanks: await kudosHere(deps, scope, person, company, 'caller'),
    preferences: preferenceViews(contacts),
    earlierAnswers: checkIns
      .filter((checkIn) => checkIn !== saved)
      .map((checkIn) => ({
        ...answerView(person, checkIn),
        repName: ownerById(person, checkIn.repOwnerId)?.name ?? null,
      })),
    saved: saved === null ? null : await savedView(deps, scope, person, saved),
    draft: await store.drafts.find(scope, person.userId, company.companyId),
    nextDueOn: saved === null ? null : cycle.endsOn,
  };
}

type State =
  'due' | 'dueSoon' | 'attempted' | 'answerMissing' | 'done' | 'notInProgram' | 'programNotStarted';

function stateOf(
  person: Person,
  inScope: boolean,
  touch: Touch | null,
  attempts: number,
  saved: CheckIn | null,
): State {
  if (saved !== null) return 'done';
  if (person.portal.startedAt === null) return 'programNotStarted';
  if (touch === null) return inScope ? 'dueSoon' : 'notInProgram';
  if (touch.state === 'done') return touch.reason === 'closedOutsideCard' ? 'answerMissing' : 'done';
  if (touch.state === 'canceled' || touch.state === 'missed') return 'notInProgram';
  if (attempts > 0) return 'attempted';
  return touch.dueOn <= addDays(person.today, DUE_SOON_DAYS) ? 'due' : 'dueSoon';
}

async function contactsOf(
  deps: Deps,
  scope: TenantScope,
  { person, company }: CompanyAccess,
): Promise<readonly StoredContact[]> {
  if (company.contactsReadAt === null)
    await deps.store.companies.wantContacts(scope, company.companyId, person.now);
  return deps.store.companies.contacts(scope, company.companyId);
}

function heard(checkIns: readonly CheckIn[]) {
  return checkIns.map(({ respondentContactId, happenedOn }) => ({
    contactId: respondentContactId,
    month: monthName(happenedOn),
  }));
}

export function contactView(contact: ContactRecord) {
  return {
    contactId: contact.contactId as string,
    name: contact.name,
    jobTitle: contact.jobTitle,
    phone: contact.phone,
  };
}

async function lastAnswer(
  deps: Deps,
  scope: TenantScope,
  person: Person,
  checkIns: readonly CheckIn[],
  saved: CheckIn | null,
) {
  const last = checkIns.find((checkIn) => checkIn !== saved);
  if (last === undefined) return null;
  const issue = (await deps.store.promises.issuesOfCheckIn(scope, last.checkInId))[0];
  return { ...answerView(person, last), issueTitle: issue?.title ?? null, issueState: issue?.state ?? null };
}

async function savedView(deps: Deps, scope: TenantScope, person: Person, saved: CheckIn) {
  const finding = await deps.store.findings.ofCheckIn(scope, saved.checkInId);
  const issues = await deps.store.promises.issuesOfCheckIn(scope, saved.checkInId);
  const isOwn = saved.callerUserId === person.userId;
  return savedCheckInView(person, saved, {
    findingId: isOwn ? (finding?.findingId ?? null) : null,
    issueTitle: issues[0]?.title ?? null,
  });
}
