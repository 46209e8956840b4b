import { localDayOf } from '../core/cadence/calendar.ts';
import type { OwnerId } from '../core/model.ts';
import { invalidField } from '../errors.ts';
import { companiesById, nameOf } from './home-manager.ts';
import type { KudosHeard } from './kudos-port.ts';
import { callerOf, nameOfUser, ownerById, type Person } from './person.ts';
import type { Deps } from './ports.ts';
import type { CheckIn, Company, TenantScope } from './records.ts';
import { undoUntil } from './undo-window.ts';

export type KudosInput = { readonly ownerId: string; readonly words: string };

const ON_THE_HOME_PAGE = 10;

/** Keeps the thanks given with a check-in. Throws invalid_input where the colleague is not active in HubSpot. */
export async function keepKudos(
  deps: Deps,
  scope: TenantScope,
  person: Person,
  checkIn: CheckIn,
  given: KudosInput | null,
): Promise<void> {
  if (given === null) return;
  const owner = ownerById(person, given.ownerId as OwnerId);
  if (owner?.active !== true) {
    throw invalidField(
      'kudos.ownerId',
      'Whom you thank is not active in HubSpot.',
      'Choose somebody from the list.',
    );
  }
  await deps.store.kudos.add(scope, {
    kudosId: deps.ids.uuid(),
    checkInId: checkIn.checkInId,
    companyId: checkIn.companyId,
    toOwnerId: owner.ownerId,
    words: given.words,
    givenBy: person.userId,
    givenAt: checkIn.savedAt,
    releasesAt: undoUntil(checkIn),
  });
}

/** Thanks of this company as its caller reads them, and as anybody else does: those for themselves, once released. */
export function kudosHere(
  all: readonly KudosHeard[],
  person: Person,
  company: Company,
  readsAs: 'caller' | 'colleague',
) {
  const isReleased = ({ releasesAt }: KudosHeard) => releasesAt <= person.now;
  const isReadable = (one: KudosHeard) =>
    readsAs === 'caller'
      ? isReleased(one) || one.givenBy === person.userId
      : isReleased(one) && isForMe(person, one);
  return all.filter(isReadable).map((one) => kudosView(person, one, company.name));
}

/** Thanks for the reader and for those whose manager the reader is, newest first. */
export async function kudosOnHome(deps: Deps, scope: TenantScope, person: Person) {
  const mine = person.owner === null ? [] : [person.owner.ownerId];
  const team = person.owners
    .filter(({ ownerId }) => person.roles.has('manager') && callerOf(person, { ownerId }) === person.userId)
    .map(({ ownerId }) => ownerId);
  const released = await deps.store.kudos.releasedTo(
    scope,
    [...new Set([...mine, ...team])],
    person.now,
    ON_THE_HOME_PAGE,
  );
  const names = await companiesById(deps, scope, released);
  return released.map((one) => kudosView(person, one, nameOf(names, one.companyId)));
}

const isForMe = (person: Person, { toOwnerId }: KudosHeard) => toOwnerId === person.owner?.ownerId;

function kudosView(person: Person, one: KudosHeard, companyName: string) {
  return {
    kudosId: one.kudosId,
    checkInId: one.checkInId,
    companyId: one.companyId as string,
    companyName,
    toName: ownerById(person, one.toOwnerId)?.name ?? 'A colleague',
    mine: isForMe(person, one),
    words: one.words,
    respondentName: one.respondentName,
    givenByName: nameOfUser(person, one.givenBy),
    /** Null once the colleague can read it. */
    releasesAt: one.releasesAt > person.now ? one.releasesAt.toISOString() : null,
    givenAt: one.givenAt.toISOString(),
    givenOn: localDayOf(one.givenAt, person.portal.timeZone),
  };
}
