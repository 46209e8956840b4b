import { addDays } from '../core/cadence/calendar.ts';
import { bestContact } from '../core/feedback/best-contact.ts';
import { LISTENING_TEXT, PROBE, QUESTION, greeting, leftOutText } from '../core/wording.ts';
import { RECALL_ITEMS } from '../core/recall-items.ts';
import type { ListeningReason } from '../core/model.ts';
import { answerView, savedCheckInView } from './check-in-view.ts';
import { adviceOf, repToAdvise } from './coaching-note.ts';
import type { CompanyAccess } from './company-access.ts';
import type { ContactRecord } from './hubspot-port.ts';
import type { OwnFinding } from './finding-records.ts';
import { gatesOf } from './gate-of-rep.ts';
import { kudosHere } from './kudos.ts';
import { reasonToListen } from './listening.ts';
import { ownerById, type Person } from './person.ts';
import type { Deps } from './ports.ts';
import { preferenceViews } from './preferences.ts';
import { promisesByStanding } from './promise-view.ts';
import type { CompanyRead } from './read-port.ts';
import type { CheckIn, Issue, TenantScope, Touch } from './records.ts';
import { touchView } from './touch-view.ts';
import { undoUntil } from './undo-window.ts';
import { heardFor } from './whom-to-ask.ts';
import { hasYetToAsk } from './yet-to-ask.ts';

/** How many days before the due date a call counts as due soon rather than far off. */
const DUE_SOON_DAYS = 14;
const EARLIER_ANSWERS = 12;

/** The card for whoever calls this customer: one question, whom to ask for, what was said before; nothing of the log. */
export async function managerView(deps: Deps, scope: TenantScope, access: CompanyAccess, read: CompanyRead) {
  const { person, company } = access;
  const { cycle } = person;
  const { touch, attempts, contacts } = read;
  const checkIns = read.checkIns.slice(0, EARLIER_ANSWERS);
  const listening = reasonToListen(gatesOf(person, read), person, company, person.today);
  const ofCycle = checkIns.find((checkIn) => checkIn.cycle === cycle.label) ?? null;
  const saved = checkIns.find((checkIn) => isJustSaved(person, checkIn)) ?? ofCycle;
  const shownAsSaved = saved === null ? null : await savedView(deps, scope, person, read, saved);
  const leftOut = touch?.state === 'canceled' ? leftOutText(touch.reason, attempts.length) : null;
  const state = stateOf(person, company.inScope, {
    touch,
    leftOut,
    attempts: attempts.length,
    saved: ofCycle,
  });
  const ask = bestContact(contacts, heardFor(person, checkIns));
  const advised = repToAdvise(access);
  const promises = promisesByStanding(person, company, read.promises, read.issues);
  return {
    role: 'manager' as const,
    company: { companyId: company.companyId as string, name: company.name },
    today: person.today,
    timeZone: person.portal.timeZone,
    state,
    leftOut: state === 'leftOut' ? leftOut : null,
    isAdmin: person.roles.has('admin'),
    question: QUESTION,
    probe: PROBE,
    greeting: greeting(ask?.contact.name ?? null, person.name),
    neutralGreeting: greeting(null, person.name),
    touch: touch === null ? null : touchView(person, touch, attempts),
    ask: ask === null ? null : { ...contactView(ask.contact), why: ask.why },
    otherContacts: contacts
      .filter(({ contactId }) => contactId !== ask?.contact.contactId)
      .map((contact) => ({
        ...contactView(contact),
        greeting: greeting(contact.name, person.name),
        isWrongPerson: contact.isWrongPerson,
      })),
    repName:
      company.ownerId === person.owner?.ownerId ? null : (ownerById(person, company.ownerId)?.name ?? null),
    adviceTo: advised === null ? null : { ownerId: advised.ownerId as string, name: advised.name },
    firstManagerCall: !checkIns.some(({ callerUserId }) => callerUserId === person.userId),
    listening,
    listeningText: listening === null ? null : listeningText(access, listening),
    recallItems: listening === null ? RECALL_ITEMS : null,
    lastAnswer: lastAnswer(person, read.issues, checkIns, saved),
    openPromises: promises.waiting,
    settledPromises: promises.settled,
    promiseOwners: person.owners
      .filter(({ active, userId }) => active && userId !== null && userId !== person.userId)
      .map(({ ownerId, name }) => ({ ownerId: ownerId, name })),
    thanks: kudosHere(read.kudos, person, company, 'caller'),
    preferences: preferenceViews(contacts),
    earlierAnswers: checkIns
      .filter((checkIn) => checkIn !== saved)
      .map((checkIn) => ({
        ...answerView(person, checkIn),
        repName: ownerById(person, checkIn.repOwnerId)?.name ?? null,
      })),
    saved: shownAsSaved,
    findings: await findingsBeside(deps, scope, access, read.findings, shownAsSaved?.findingId ?? null),
    draft: read.draft,
    nextDueOn: ofCycle !== null || state === 'leftOut' ? cycle.endsOn : null,
  };
}

/** Who looks after the customer themselves is not told of themselves by name, whatever else is a reason. */
function listeningText({ person, company }: CompanyAccess, reason: ListeningReason): string {
  const rep = ownerById(person, company.ownerId);
  const isOwn = rep !== null && rep.ownerId === person.owner?.ownerId;
  return LISTENING_TEXT[isOwn ? 'callerIsRepOfRecord' : reason](rep?.name ?? null);
}

type State =
  | 'due'
  | 'dueSoon'
  | 'attempted'
  | 'answerMissing'
  | 'done'
  | 'leftOut'
  | 'notInProgram'
  | 'programNotStarted';

function stateOf(
  person: Person,
  inScope: boolean,
  {
    touch,
    leftOut,
    attempts,
    saved,
  }: {
    readonly touch: Touch | null;
    readonly leftOut: object | null;
    readonly attempts: number;
    /** Of this quarter. */
    readonly saved: CheckIn | null;
  },
): State {
  if (saved !== null) return 'done';
  if (person.portal.startedAt === null) return 'programNotStarted';
  if (touch === null) return inScope ? 'dueSoon' : 'notInProgram';
  if (touch.state === 'done') return touch.reason === 'closedOutsideCard' ? 'answerMissing' : 'done';
  if (leftOut !== null) return 'leftOut';
  if (touch.state === 'canceled' || touch.state === 'missed') return 'notInProgram';
  if (attempts > 0) return 'attempted';
  return touch.dueOn <= addDays(person.today, DUE_SOON_DAYS) ? 'due' : 'dueSoon';
}

/** The reader's own that can still be undone, of whatever quarter the talk was. */
function isJustSaved(person: Person, checkIn: CheckIn): boolean {
  return checkIn.callerUserId === person.userId && undoUntil(checkIn) > person.now;
}

/** A reply waits for its reader's decision whether they have asked this quarter or not; whatever else is open waits until they have. */
async function findingsBeside(
  deps: Deps,
  scope: TenantScope,
  { person, company }: CompanyAccess,
  own: readonly OwnFinding[],
  shownId: string | null,
) {
  const others = own.filter(({ findingId }) => findingId !== shownId);
  if (others.length === 0) return [];
  const isBlind = await hasYetToAsk(deps, scope, person, company.companyId);
  return others
    .filter(({ repliedAt }) => repliedAt !== null || !isBlind)
    .map(({ findingId, respondentName, happenedOn, decideBy }) => ({
      findingId,
      respondentName,
      askedOn: happenedOn,
      decideBy,
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

function lastAnswer(
  person: Person,
  issues: readonly Issue[],
  checkIns: readonly CheckIn[],
  saved: CheckIn | null,
) {
  const last = checkIns.find((checkIn) => checkIn !== saved);
  if (last === undefined) return null;
  const issue = issueOf(issues, last);
  return { ...answerView(person, last), issueTitle: issue?.title ?? null, issueState: issue?.state ?? null };
}

/** A finding is looked for only here: beside what its caller has saved. Advice is between them and the rep. */
async function savedView(
  deps: Deps,
  scope: TenantScope,
  person: Person,
  { issues, promises, findings }: CompanyRead,
  saved: CheckIn,
) {
  const { checkInId } = saved;
  const isOwn = saved.callerUserId === person.userId;
  const finding = isOwn ? await deps.store.findings.ofCheckIn(scope, checkInId) : null;
  const opened = issues.filter((issue) => issue.checkInId === checkInId);
  const ids = new Set(opened.map(({ issueId }) => issueId));
  const findingId = finding?.findingId ?? null;
  return savedCheckInView(person, saved, {
    findingId,
    issueTitle: opened[0]?.title ?? null,
    advice: isOwn ? adviceOf(saved) : [],
    promiseIds: promises.filter(({ issueId }) => ids.has(issueId)).map(({ promiseId }) => promiseId),
    decideBy: findings.find((own) => own.findingId === findingId)?.decideBy ?? null,
  });
}

/** The first that was opened with a check-in. */
function issueOf(issues: readonly Issue[], { checkInId }: CheckIn): Issue | undefined {
  return issues.find((issue) => issue.checkInId === checkInId);
}
