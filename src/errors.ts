/** The one closed list of errors. Their HTTP statuses live in http/error-handler.ts, their retry rules in jobs/retry.ts. */
export const ERROR_CODES = [
  'invalid_input',
  'payload_too_large',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'not_installed',
  'rate_limited',
  'hubspot_rejected',
  'hubspot_throttled',
  'hubspot_unavailable',
  'outcome_unknown',
  'unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

type ErrorDetails = {
  readonly cause?: unknown;
  /** What the reader can do about it; shown to people. */
  readonly hint?: string;
  readonly retryAfterMs?: number;
  /** Values that may be logged: ids and counts, never names or text. */
  readonly safeDetails?: Readonly<Record<string, string | number | boolean>>;
};

/** An error with a code of the closed list. `message` is shown to people: it holds no secret and no personal data. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly safeDetails: Readonly<Record<string, string | number | boolean>>;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.hint = details.hint;
    this.retryAfterMs = details.retryAfterMs;
    this.safeDetails = details.safeDetails ?? {};
  }
}

/** Something that a person or a program sent cannot be taken: said in words to people, with the field's name for programs and logs. */
export function invalidField(field: string, message: string, hint?: string): AppError {
  return new AppError('invalid_input', message, {
    safeDetails: { field },
    ...(hint === undefined ? {} : { hint }),
  });
}

/** True where `error` is ours and carries one of `codes`. */
export function hasCode(error: unknown, ...codes: readonly ErrorCode[]): error is AppError {
  return error instanceof AppError && codes.includes(error.code);
}

/** Kind and place of a foreign error for the log: never its message, which may hold data. */
export function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, 5).map((line) => line.trim())].join(' ');
}
