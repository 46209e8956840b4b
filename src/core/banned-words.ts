/** Words that never stand in the interface, exports or notifications: we compare statements about contact, never people. */
export const BANNED_WORDS = [
  'false',
  'fake',
  'fabricated',
  'lie',
  'lied',
  'liar',
  'dishonest',
  'cheat',
  'fraud',
  'suspicious',
  'suspect',
  'caught',
  'guilty',
  'violation',
  'offender',
  'accused',
  'red flag',
  'spy',
  'surveillance',
  'worst',
  'underperformer',
] as const;

const PATTERN = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${BANNED_WORDS.map((word) => word.replace(' ', '[\\s-]+')).join('|')})(?:s|d|ed|ing)?(?![\\p{L}\\p{N}])`,
  'giu',
);

/** Returns the banned words that stand in a text as whole words, in any case and with common endings, as they are written there. */
export function bannedWordsIn(text: string): string[] {
  return Array.from(text.matchAll(PATTERN), (match) => match[0]);
}
