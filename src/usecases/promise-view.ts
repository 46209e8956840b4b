import { localDayOf } from '../core/cadence/calendar.ts';
import { promiseChoices, promiseStateOn } from '../core/feedback/promises.ts';
import { nameOfUser, ownerById, type Person } from './person.ts';
import type { Company, Issue, PromiseRow } from './records.ts';

/** A promise that waits always has an open issue. */
export const STILL_OPEN = { issueIsOpen: true };

/** A promise to a customer, as everyone concerned reads it, with what the reader may say of it. */
export function promiseView(
  person: Person,
  promise: PromiseRow,
  company: Pick<Company, 'name'> | null,
  { issueIsOpen }: { readonly issueIsOpen: boolean },
) {
  const { state, settledAt, settledBy } = promise;
  return {
    promiseId: promise.promiseId,
    companyId: promise.companyId as string,
    companyName: company?.name ?? 'A customer',
    what: promise.what,
    ownerName: ownerById(person, promise.ownerId)?.name ?? nameOfUser(person, promise.ownerUserId),
    mine: isMine(person, promise),
    dueOn: promise.dueOn,
    state: promiseStateOn(promise, person.today),
    settled: state !== 'open',
    settledOn: settledAt === null ? null : localDayOf(settledAt, person.portal.timeZone),
    choices: promiseChoices({ state, issueIsOpen, settledByReader: settledBy === person.userId }),
  };
}

/** A company's promises by where they stand: what waits for somebody, and what else was settled this quarter, the newest first. */
export function promisesByStanding(
  person: Person,
  company: Pick<Company, 'name'>,
  promises: readonly PromiseRow[],
  issues: readonly Issue[],
) {
  const open = new Set(issues.filter(({ state }) => state === 'open').map(({ issueId }) => issueId));
  const waits = ({ state, issueId }: PromiseRow) =>
    state === 'open' || (state === 'broken' && open.has(issueId));
  const view = (promise: PromiseRow) =>
    promiseView(person, promise, company, { issueIsOpen: open.has(promise.issueId) });
  const settled = promises
    .filter((promise) => !waits(promise))
    .sort((one, other) => (other.settledAt?.getTime() ?? 0) - (one.settledAt?.getTime() ?? 0))
    .map(view)
    .filter(({ settledOn }) => settledOn !== null && settledOn >= person.cycle.startsOn);
  return { waiting: promises.filter(waits).map(view), settled };
}

export function isMine(person: Person, promise: PromiseRow): boolean {
  return (
    promise.ownerUserId === person.userId ||
    (person.owner !== null && promise.ownerId === person.owner.ownerId)
  );
}
