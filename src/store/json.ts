/** At most this many rows go into one statement: a longer one holds up the embedded database's only thread. */
export const ROWS_A_STATEMENT = 1_000;

/** Returns the value as JSON text for a jsonb column. Half characters, which jsonb refuses, become U+FFFD. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? wellFormed(part) : part));
}

/** Cuts the rows into statements of at most ROWS_A_STATEMENT. */
export function slices<Row>(rows: readonly Row[]): readonly (readonly Row[])[] {
  const count = Math.ceil(rows.length / ROWS_A_STATEMENT);
  return Array.from({ length: count }, (_, at) =>
    rows.slice(at * ROWS_A_STATEMENT, (at + 1) * ROWS_A_STATEMENT),
  );
}

function wellFormed(text: string): string {
  return /\p{Surrogate}/u.test(text) ? Buffer.from(text, 'utf8').toString('utf8') : text;
}
