import type { Contact } from './account-directory.ts';
import { addBackground, addTouch, drawAges, drawTouchRecord, type Account } from './account-history.ts';
import { answersByKind } from './customer-answers.ts';
import {
  countBandOf,
  recencyBandOf,
  type AccountKind,
  type CustomerAnswer,
  type RealTouch,
} from './portal-truth.ts';
import type { Random } from './random.ts';

/** Days of log that a portal starts with: a quarter and a month. */
export const historyDays = 120;

/** An account's conversations and what its respondent would say. */
export type LivedAccount = {
  readonly realTouches: readonly RealTouch[];
  readonly answer: CustomerAnswer;
};

/** The sentence, with the rep's first name filled in. */
export function wordsFor(random: Random, kind: AccountKind, repFirstName: string): string {
  return random.pick(answersByKind[kind]).replaceAll('{rep}', repFirstName);
}

/** What a person with an exact memory says: about the conversations held with that person alone. */
export function exactMemory(
  contactId: string,
  touches: readonly RealTouch[],
): Pick<CustomerAnswer, 'contactId' | 'recency' | 'count'> {
  const ages = touches.filter((touch) => touch.contactId === contactId).map((touch) => touch.ageDays);
  const newest = ages.length === 0 ? null : Math.min(...ages);
  return {
    contactId,
    recency: newest === null ? 'LONG' : recencyBandOf(newest),
    count: countBandOf(ages.filter((age) => age <= 90).length),
  };
}

function addOrdinaryTouches(account: Account, withWhom: (random: Random) => Contact): RealTouch[] {
  const [low, high] = account.habit.touches;
  const ages = drawAges(account, account.random.int(low, high), 2, historyDays);
  return ages.map((age) => {
    const contact = withWhom(account.random);
    return addTouch(account, age, contact, drawTouchRecord(account.random, account.habit));
  });
}

/** Mostly the first contact, now and then a colleague. */
function usualContact(account: Account): (random: Random) => Contact {
  return (random) => (random.chance(0.8) ? account.contacts[0] : random.pick(account.contacts));
}

/** Half of what was said stays out of the log; the newest conversation always does. */
function addUnderLoggedTouches(account: Account): RealTouch[] {
  const ages = drawAges(account, account.random.int(5, 8), 1, 85);
  return ages.map((age, index) => {
    const logged = index > 0 && account.random.chance(0.35);
    return addTouch(account, age, account.contacts[0], logged ? 'handCall' : 'none');
  });
}

/** At least one conversation that the dialer recorded, so that a record speaks for the rep. */
function addForgottenTouches(account: Account): RealTouch[] {
  const ages = drawAges(account, account.random.int(3, 5), 4, 80);
  return ages.map((age, index) =>
    addTouch(account, age, account.contacts[0], index === 0 ? 'dialedCall' : 'handCall'),
  );
}

function addTouches(account: Account, kind: AccountKind): RealTouch[] {
  switch (kind) {
    case 'underLogged':
      return addUnderLoggedTouches(account);
    case 'forgetful':
      return addForgottenTouches(account);
    case 'anotherContact':
      return addOrdinaryTouches(account, () => account.contacts[1] ?? account.contacts[0]);
    case 'quiet':
      return drawAges(account, account.random.int(1, 2), 96, historyDays).map((age) =>
        addTouch(account, age, account.contacts[0], 'handCall'),
      );
    default:
      return addOrdinaryTouches(account, usualContact(account));
  }
}

function answerOf(account: Account, kind: AccountKind, touches: readonly RealTouch[]): CustomerAnswer {
  const contactId = account.contacts[0].id;
  const words = wordsFor(account.random, kind, account.repAt(0).firstName);
  const plain = { words, unsure: false, stale: false };
  switch (kind) {
    case 'forgetful':
    case 'anotherContact':
      return { ...plain, contactId, recency: 'LONG', count: '0' };
    case 'unsure':
      return { ...plain, contactId, recency: 'LONG', count: 'DK', unsure: true };
    default:
      return { ...plain, ...exactMemory(contactId, touches) };
  }
}

/** Writes the whole history of an account of this kind and tells what is true about it. */
export function liveAccount(account: Account, kind: AccountKind): LivedAccount {
  const realTouches = addTouches(account, kind);
  addBackground(account, historyDays, kind !== 'quiet');
  return { realTouches, answer: answerOf(account, kind, realTouches) };
}
