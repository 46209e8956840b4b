import { promiseStateOn } from '../core/feedback/promises.ts';
import { nameOfUser, ownerById, type Person } from './person.ts';
import type { Company, PromiseRow } from './records.ts';

/** A promise to a customer, as everyone concerned reads it. */
export function promiseView(person: Person, promise: PromiseRow, company: Pick<Company, 'name'> | null) {
  return {
    promiseId: promise.promiseId,
    companyId: promise.companyId as string,
    companyName: company?.name ?? 'A customer',
    what: promise.what,
    ownerName: ownerById(person, promise.ownerId)?.name ?? nameOfUser(person, promise.ownerUserId),
    mine: isMine(person, promise),
    dueOn: promise.dueOn,
    state: promiseStateOn(promise, person.today),
    settled: promise.state !== 'open',
  };
}

export function isMine(person: Person, promise: PromiseRow): boolean {
  return (
    promise.ownerUserId === person.userId ||
    (person.owner !== null && promise.ownerId === person.owner.ownerId)
  );
}
