/**
 * A small seeded generator, so that a draw or a simulation can be repeated bit for bit anywhere.
 * sfc32 by Chris Doty-Humphrey (PractRand, public domain): 128 bits of state, passes BigCrush. Not for secrets.
 */

/** A stream of random numbers; each call moves the stream on. */
export type Random = {
  /** A number in [0, 1) with 32 random bits. */
  readonly uniform: () => number;
  /** A whole number in [0, bound), each equally likely; bound is 1 to 2^32. */
  readonly below: (bound: number) => number;
};

const TWO_POW_32 = 4_294_967_296;
const WARM_UP_ROUNDS = 20;

/** Returns the generator of a seed; equal seeds give equal streams on every machine. */
export function createRandom(seed: string | number): Random {
  const nextWord = createWords(seedWords(String(seed)));
  const uniform = () => nextWord() / TWO_POW_32;
  const below = (bound: number) => drawBelow(bound, nextWord);
  return { uniform, below };
}

/** Returns a new array with the items in random order (Fisher and Yates); the given array is left alone. */
export function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const chosen = random.below(last + 1);
    const moved = result[last] as Item;
    result[last] = result[chosen] as Item;
    result[chosen] = moved;
  }
  return result;
}

/** Returns `size` different items, every subset equally likely; all of them when `size` is larger than the list. */
export function sampled<Item>(items: readonly Item[], size: number, random: Random): Item[] {
  return shuffled(items, random).slice(0, Math.max(0, size));
}

function createWords(state: readonly [number, number, number]): () => number {
  let [a, b, c] = state;
  let counter = 1;
  const next = () => {
    const word = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + word;
    c |= 0;
    return word >>> 0;
  };
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) next();
  return next;
}

/** Rejects the uneven end of the 32-bit range, so that no remainder is likelier than another. */
function drawBelow(bound: number, nextWord: () => number): number {
  if (!Number.isInteger(bound) || bound < 1 || bound > TWO_POW_32) {
    throw new RangeError(`bound must be a whole number from 1 to 2^32, got ${bound}`);
  }
  const limit = TWO_POW_32 - (TWO_POW_32 % bound);
  let word = nextWord();
  while (word >= limit) word = nextWord();
  return word % bound;
}

/** Three state words from a text: FNV-1a (constants of the FNV specification) with three different starts. */
function seedWords(text: string): [number, number, number] {
  return [fnv1a(text, 0x811c9dc5), fnv1a(text, 0x01000193), fnv1a(text, 0x9e3779b9)];
}

function fnv1a(text: string, start: number): number {
  let hash = start;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash | 0;
}
