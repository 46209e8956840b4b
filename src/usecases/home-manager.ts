import { bestContact } from '../core/feedback/best-contact.ts';
import { teamNote } from '../core/counts-wording.ts';
import { quarterCharts } from '../core/quarter-charts.ts';
import { wishesText } from '../core/preference-wording.ts';
import { attentionText, cycleName } from '../core/wording.ts';
import type { CompanyId } from '../core/model.ts';
import type { StoredContact } from './kudos-port.ts';
import { driftingReps } from './drifting-reps.ts';
import type { OwnFinding } from './finding-records.ts';
import { callerOf, ownerById, type Person } from './person.ts';
import type { Deps } from './ports.ts';
import { STILL_OPEN, promiseView } from './promise-view.ts';
import {
  UNKNOWN_OUTCOME,
  type CheckIn,
  type Company,
  type Heard,
  type TenantScope,
  type Touch,
} from './records.ts';
import { recordUrl } from './touch-text.ts';
import { accountsCounted, repTotals } from './rep-totals.ts';
import { decidesFor, retriesOf } from './retry-touches.ts';
import { runView } from './run-view.ts';
import { TWO_TASKS } from './sweep-decision.ts';
import { heardFor } from './whom-to-ask.ts';

const CALLS_SHOWN = 25;
const ANSWERS_LOOKED_AT = 3;
const QUOTES = 6;
const PROMISES = 10;
const PARKED_SHOWN = 50;
const REPLIES = 20;
const NO_COUNTS = { n: 0, x: 0, credits: 0 };

/** The manager's part of the home page: today's calls first, three numbers, then what customers say. Nobody is ranked. */
export async function managerHome(deps: Deps, scope: TenantScope, person: Person) {
  const { store } = deps;
  const { cycle } = person;
  const calls = await store.touches.callsDue(scope, person.userId, person.today, CALLS_SHOWN);
  const decides = decidesFor(person);
  const parked = await store.touches.parked(scope, decides, PARKED_SHOWN);
  const parkedKinds = await store.touches.parkedByKind(scope, decides);
  const said = await store.checkIns.byCaller(scope, person.userId, QUOTES);
  const me = { userId: person.userId, ownerId: person.owner?.ownerId ?? null };
  const promises = await store.promises.waitingOf(scope, me, PROMISES);
  const counted = await store.promises.countOf(scope, me, person.today);
  const waiting = await store.findings.toDecide(scope, person.userId, REPLIES);
  const names = await companiesById(deps, scope, [...calls, ...parked, ...said, ...promises, ...waiting]);
  const figures = await store.touches.quarterFigures(scope, cycle.label, person.userId);
  const weeks = await store.touches.quarterWeeks(scope, cycle.label, person.userId);
  const charts = quarterCharts(weeks, figures, { startsOn: cycle.startsOn, today: person.today });
  return {
    today: await callViews(deps, scope, person, calls, names),
    dueTotal: await store.touches.countCallsDue(scope, person.userId, person.today),
    quarter: {
      label: cycle.label,
      name: cycleName(cycle.label, cycle.startsOn, person.settings.fiscalStartMonth),
      ...figures,
    },
    charts: {
      ...charts,
      coverage: [...charts.coverage],
      rates: [...charts.rates],
    },
    repliesWaiting: waiting.map((finding) => waitingView(person, finding, names)),
    promisesDue: promises.map((promise) =>
      promiseView(person, promise, names.get(promise.companyId) ?? null, STILL_OPEN),
    ),
    promiseCounts: { due: counted.due, open: counted.waiting },
    keptByMe: { kept: counted.kept, total: counted.total },
    quotes: said.map((checkIn) => quoteView(checkIn, names)),
    team: await teamOf(deps, scope, person, cycle.label),
    attention: parked.map((touch) => attentionView(person, touch, names)),
    attentionTotal: [...parkedKinds.values()].reduce((sum, touches) => sum + touches, 0),
    retries: retriesOf(person, parkedKinds),
    run: await runView(deps, scope, person),
  };
}

type Names = ReadonlyMap<CompanyId, Company>;

export async function companiesById(
  deps: Deps,
  scope: TenantScope,
  rows: readonly { readonly companyId: CompanyId }[],
): Promise<Names> {
  const ids = [...new Set(rows.map(({ companyId }) => companyId))];
  const companies = ids.length === 0 ? [] : await deps.store.companies.findMany(scope, ids);
  return new Map(companies.map((company) => [company.companyId, company]));
}

async function callViews(
  deps: Deps,
  scope: TenantScope,
  person: Person,
  touches: readonly Touch[],
  names: Names,
) {
  const ids = touches.map(({ companyId }) => companyId);
  const contacts = await deps.store.companies.contactsOf(scope, ids);
  const heard = await deps.store.checkIns.lastHeard(scope, ids, ANSWERS_LOOKED_AT);
  return touches.map((touch) =>
    callView(person, touch, names, contacts.get(touch.companyId) ?? [], heard.get(touch.companyId) ?? []),
  );
}

function callView(
  person: Person,
  touch: Touch,
  names: Names,
  contacts: readonly StoredContact[],
  earlier: readonly Heard[],
) {
  const ask = bestContact(contacts, heardFor(person, earlier));
  return {
    touchId: touch.touchId,
    companyId: touch.companyId as string,
    companyName: nameOf(names, touch.companyId),
    companyUrl: recordUrl(person, touch.companyId),
    contactName: ask?.contact.name ?? null,
    phone: ask?.contact.phone ?? null,
    why: whyText(ask),
    dueOn: touch.dueOn,
    overdue: touch.dueOn < person.today,
  };
}

/** Why this person, and when they like to be reached. */
function whyText(ask: ReturnType<typeof bestContact<StoredContact>>): string {
  if (ask === null) return 'Nobody to ask for yet';
  const { preference } = ask.contact;
  const wishes = preference === null ? null : wishesText(preference);
  return wishes === null ? ask.why : `${ask.why} · ${wishes}`;
}

export function quoteView(checkIn: CheckIn, names: Names) {
  return {
    checkInId: checkIn.checkInId,
    companyId: checkIn.companyId as string,
    companyName: nameOf(names, checkIn.companyId),
    respondentName: checkIn.respondentName,
    words: checkIn.words,
    happenedOn: checkIn.happenedOn,
  };
}

/** A reply to decide: whose, on which talk, and until when; what it says is read with the finding itself. */
function waitingView(person: Person, finding: OwnFinding, names: Names) {
  return {
    findingId: finding.findingId,
    companyId: finding.companyId as string,
    companyName: nameOf(names, finding.companyId),
    repName: ownerById(person, finding.repOwnerId)?.name ?? null,
    respondentName: finding.respondentName,
    askedOn: finding.happenedOn,
    decideBy: finding.decideBy,
  };
}

export function nameOf(names: Names, companyId: CompanyId): string {
  return names.get(companyId)?.name ?? 'A customer';
}

/** Alphabetical, never sorted by a number. Until the numbers can carry a rate there is a note instead of one. */
async function teamOf(deps: Deps, scope: TenantScope, person: Person, cycle: string) {
  const counts = await deps.store.checkIns.countByRep(scope, cycle, person.userId);
  const owned = await deps.store.companies.countByOwner(scope);
  const reps = person.owners
    .filter(({ ownerId, active }) => active && (owned.get(ownerId) ?? 0) > 0)
    .filter(
      ({ ownerId }) => callerOf(person, { ownerId }) === person.userId && ownerId !== person.owner?.ownerId,
    )
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  const ownerIds = reps.map(({ ownerId }) => ownerId);
  const totals = await repTotals(deps, scope, person, ownerIds);
  const accountsOf = await accountsCounted(deps, scope, person, owned);
  const drifting = await driftingReps(deps, scope, ownerIds);
  return reps.map(({ ownerId, name }) => {
    const own = totals.get(ownerId);
    return {
      ownerId: ownerId,
      name,
      checkIns: counts.get(ownerId) ?? 0,
      note: teamNote(own ?? NO_COUNTS, {
        accounts: accountsOf(ownerId, own?.cycles ?? 0),
        isDrifting: drifting.has(ownerId),
      }),
    };
  });
}

function attentionView(person: Person, touch: Touch, names: Names) {
  const [kind = '', ...said] = (touch.reason ?? '').split(':');
  return {
    touchId: touch.touchId,
    companyId: touch.companyId as string,
    companyName: nameOf(names, touch.companyId),
    companyUrl: recordUrl(person, touch.companyId),
    explanation: attentionText(kind, said.join(':')),
    choices: choicesOf(kind),
  };
}

/** What can be done about a parked touch: no task is made beside two that are there. */
function choicesOf(kind: string): ('itExists' | 'createAnyway' | 'leaveOut')[] {
  if (kind === UNKNOWN_OUTCOME) return ['itExists', 'createAnyway', 'leaveOut'];
  return kind === TWO_TASKS ? ['itExists', 'leaveOut'] : ['createAnyway', 'leaveOut'];
}
