/** Advice for a rep with the customer's words: a few short lines, so that the words stay the larger part. */

export const MOST_ADVICE_LINES = 3;
/** In characters as people count them. */
export const LONGEST_ADVICE_LINE = 200;

export type AdviceFault = 'tooManyLines' | 'lineTooLong';

/** Returns what was typed, line by line, without blank lines and the spaces around each. */
export function adviceLines(text: string): readonly string[] {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Returns why these lines are more than advice may be; null where they are not. */
export function adviceFault(lines: readonly string[]): AdviceFault | null {
  if (lines.length > MOST_ADVICE_LINES) return 'tooManyLines';
  return lines.some((line) => Array.from(line).length > LONGEST_ADVICE_LINE) ? 'lineTooLong' : null;
}
