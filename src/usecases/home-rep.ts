import { splitPraise } from '../core/feedback/say.ts';
import { hygieneFacts, ownNumbers } from '../core/counts-wording.ts';
import type { OwnerId } from '../core/model.ts';
import { HOW_IT_WORKS } from '../core/wording.ts';
import { driftingReps } from './drifting-reps.ts';
import { gateView } from './gate-of-rep.ts';
import { companiesById, nameOf, quoteView } from './home-manager.ts';
import { leaveViews } from './leave.ts';
import { callerOf, nameOfUser, ownerIdOfUser, type Person } from './person.ts';
import type { Deps } from './ports.ts';
import { STILL_OPEN, promiseView } from './promise-view.ts';
import { accountsCounted, repTotals } from './rep-totals.ts';
import type { TenantScope } from './records.ts';

const WORDS = 20;
const PROMISES = 20;

/** The rep's part of the home page: their customers' words, their promises, and what waits for their reply. */
export async function repHome(deps: Deps, scope: TenantScope, person: Person) {
  const ownerId = person.owner?.ownerId ?? null;
  const said = ownerId === null ? [] : await deps.store.checkIns.releasedTo(scope, ownerId, WORDS);
  const waiting =
    ownerId === null ? [] : await deps.store.findings.waitingForReply(scope, ownerId, person.today);
  const promises = await deps.store.promises.waitingOf(scope, { userId: person.userId, ownerId }, PROMISES);
  const names = await companiesById(deps, scope, [...said, ...waiting, ...promises]);
  return {
    words: said.map((checkIn) => {
      const { liked, said: rest } = splitPraise(checkIn.words, checkIn.liked);
      return { ...quoteView(checkIn, names), words: rest, liked, isNew: checkIn.seenByRepAt === null };
    }),
    promises: promises.map((promise) =>
      promiseView(person, promise, names.get(promise.companyId) ?? null, STILL_OPEN),
    ),
    waitingForReply: waiting.flatMap(({ findingId, companyId, replyUntil }) =>
      replyUntil === null
        ? []
        : [{ findingId, companyId: companyId, companyName: nameOf(names, companyId), replyUntil }],
    ),
    gate: await gateView(deps, scope, person, ownerId),
    manager: await managerOf(deps, scope, person),
    numbers: await numbersOf(deps, scope, person),
    hygiene: ownerId === null ? [] : await hygieneOf(deps, scope, ownerId),
    leave: (await leaveViews(deps, scope, person)).filter(({ mine }) => mine),
    howItWorks: HOW_IT_WORKS,
  };
}

/** "My own calls and promises are on the page too": the announcement's word, for who calls the rep's customers. */
async function managerOf(deps: Deps, scope: TenantScope, person: Person) {
  if (person.owner === null) return null;
  const userId = callerOf(person, person.owner);
  if (userId === person.userId) return null;
  const me = { userId, ownerId: ownerIdOfUser(person, userId) };
  const { kept, total } = await deps.store.promises.countOf(scope, me, person.today);
  const figures = await deps.store.touches.quarterFigures(scope, person.cycle.label, userId);
  const { accounts, attempted, heardFrom } = figures;
  return { name: nameOfUser(person, userId), accounts, attempted, heardFrom, kept, total };
}

/** The rep's own numbers of the last four quarters, credits first. */
async function numbersOf(deps: Deps, scope: TenantScope, person: Person): Promise<string[]> {
  if (person.owner === null) return [];
  const { ownerId } = person.owner;
  const totals = (await repTotals(deps, scope, person, [ownerId])).get(ownerId);
  if (totals === undefined || totals.n === 0) return [];
  const owned = await deps.store.companies.countByOwner(scope);
  const accountsOf = await accountsCounted(deps, scope, person, owned);
  const isDrifting = (await driftingReps(deps, scope, [ownerId])).has(ownerId);
  return ownNumbers(totals, { accounts: accountsOf(ownerId, totals.cycles), isDrifting });
}

/** For the rep alone. */
async function hygieneOf(deps: Deps, scope: TenantScope, ownerId: OwnerId) {
  const { records, marked } = await deps.store.counts.hygiene(scope, ownerId);
  return hygieneFacts(records, marked).map((fact) => ({ ...fact }));
}
