/** Advice for a rep as the backend keeps it: what is refused there is said here before anything is sent. */

const MOST_LINES = 3;
/** In characters as people count them. */
const LONGEST_LINE = 200;

export type AdviceProblem = 'nobody' | 'tooManyLines' | 'lineTooLong';

/** What was typed, line by line, without blank lines and the spaces around each. */
export function adviceLines(text: string): string[] {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Why this cannot be kept as it is; undefined where it can, or where nothing was written. */
export function adviceProblem(text: string, hasReader: boolean): AdviceProblem | undefined {
  const lines = adviceLines(text);
  if (lines.length === 0) return undefined;
  if (!hasReader) return 'nobody';
  if (lines.length > MOST_LINES) return 'tooManyLines';
  return lines.some((line) => Array.from(line).length > LONGEST_LINE) ? 'lineTooLong' : undefined;
}
