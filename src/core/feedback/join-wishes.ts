import type { ContactId } from '../model.ts';
import type { Preference } from './preference.ts';

type Noted = Preference & { readonly notedAt: Date };

/**
 * What one person wished under two contacts that are one now, in the order in which it was said. What either record was told
 * holds for both: the newer word counts where there are two, nobody took back what they had said under the other name, and who
 * asked not to be called is not called.
 * @param contactId whom both are now: nobody is sent to themselves
 */
export function joinWishes<Wish extends Noted>(
  contactId: ContactId,
  one: readonly Wish[],
  other: readonly Wish[],
): readonly Wish[] {
  const said = [...one.map((wish) => ({ wish, of: one })), ...other.map((wish) => ({ wish, of: other }))];
  said.sort((a, b) => a.wish.notedAt.getTime() - b.wish.notedAt.getTime());
  return said.map(({ wish, of }) => {
    const elsewhere = of === one ? other : one;
    const stood = elsewhere.findLast(({ notedAt }) => notedAt <= wish.notedAt);
    const joined = stood === undefined ? wish : { ...wish, ...together(wish, stood) };
    return joined.talkToContactId === contactId ? { ...joined, talkToContactId: null } : joined;
  });
}

function together(newer: Preference, older: Preference): Preference {
  return {
    talkToContactId: newer.talkToContactId ?? older.talkToContactId,
    half: newer.half ?? older.half,
    weekdays: newer.weekdays.length > 0 ? newer.weekdays : older.weekdays,
    channel: newer.channel ?? older.channel,
    doNotCall: newer.doNotCall || older.doNotCall,
  };
}
