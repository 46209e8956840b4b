// Copied from src/core/first-name.ts, by `npm run generate`. Do not edit.
/** Particles of family names: "van der Berg" begins with no first name. */
const PARTICLES: ReadonlySet<string> = new Set(
  [
    'van',
    'von',
    'vom',
    'zu',
    'zum',
    'zur',
    'der',
    'den',
    'ter',
    'ten',
    'de',
    'del',
    'della',
    'di',
    'da',
    'dal',
    'das',
  ].concat([
    'dos',
    'do',
    'du',
    'la',
    'las',
    'le',
    'les',
    'lo',
    'los',
    'el',
    'bin',
    'bint',
    'ibn',
    'af',
    'av',
  ]),
);

/** Chinese, Japanese and Korean names begin with the family's, and nobody is called by half of one. */
const FAMILY_FIRST = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** What stands where we know no name: "your colleague", "The rep", "Owner 77". */
const STANDS_FOR_A_NAME = /^(?:(?:[Aa]|[Tt]he|[Yy]our) \p{Ll}|Owner \d)/u;

/** "Dr." and "Ruiz," are no first names. */
const NEVER_ALONE = /[.,]$/;

/**
 * What a person is called in a sentence: "Dana" of "Dana Ruiz". The whole name, its spaces tidied, where it is one word or no word of
 * it is surely the first name ("van der Berg", "Dr. Ruiz"); empty where nothing but spaces is given.
 */
export function firstName(name: string): string {
  const whole = name.trim().replaceAll(/\s+/gu, ' ');
  const [first = '', second = ''] = whole.split(' ');
  const isWhole =
    FAMILY_FIRST.test(first) ||
    STANDS_FOR_A_NAME.test(whole) ||
    NEVER_ALONE.test(first) ||
    isParticle(first, second);
  return isWhole ? whole : first;
}

/** With a capital it may be a first name, as in "Van Nguyen", unless another one follows: "De la Cruz". */
function isParticle(first: string, second: string): boolean {
  const small = first.toLowerCase();
  return PARTICLES.has(small) && (first === small || PARTICLES.has(second));
}
