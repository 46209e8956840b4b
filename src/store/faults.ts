import { AppError } from '../errors.ts';

/** Postgres' class 08 and friends (https://www.postgresql.org/docs/current/errcodes-appendix.html): nothing was decided; try again. */
const RETRIABLE_STATES = new Set([
  '40001',
  '40P01',
  '55P03',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '25P03',
  // Read-only for a while: a disk in trouble, or a standby that is not promoted yet.
  '25006',
]);
const RETRIABLE_CLASSES = new Set(['08', '53']);
const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  // This process has no room for another connection.
  'EMFILE',
  'ENFILE',
]);
/** node-postgres gives these no code. */
const CONNECTION_WORDS =
  /connection terminated|timeout exceeded when trying to connect|client has encountered|not queryable/i;
const NO_ANSWER_WORDS = /query read timeout/i;
/** NUL bytes and half characters, which Postgres does not store. */
const TEXT_STATES = new Set(['22021', '22P05']);
const RETRY_AFTER_MS = 1_000;

/** Returns the error as one of ours: `unavailable` for what passes, `invalid_input` for text that cannot be stored, else as it is. */
export function toAppError(error: unknown, message = 'The database is not available at the moment.'): Error {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  if (TEXT_STATES.has(code)) {
    return new AppError('invalid_input', 'The text holds a character that cannot be stored.', {
      cause: error,
      hint: 'Type the text again, or paste it without formatting.',
    });
  }
  if (isPassing(code, error)) {
    return new AppError('unavailable', message, {
      cause: error,
      retryAfterMs: RETRY_AFTER_MS,
      hint: 'Try again in a moment.',
    });
  }
  return error instanceof Error ? error : new Error('The database failed.', { cause: error });
}

function isPassing(code: string, error: unknown): boolean {
  if (RETRIABLE_STATES.has(code) || CONNECTION_CODES.has(code)) return true;
  if (code.length === 5 && RETRIABLE_CLASSES.has(code.slice(0, 2))) return true;
  return CONNECTION_WORDS.test(textOf(error, 'message')) || isUnanswered(error);
}

/** True where a statement got no answer in time: it may have been done, and its connection is good for nothing any more. */
export function isUnanswered(error: unknown): boolean {
  return NO_ANSWER_WORDS.test(textOf(error, 'message'));
}

const codeOf = (error: unknown): string => textOf(error, 'code');

/** By shape, not by class: an error made by Node itself is of another realm's class where tests run in a context of their own. */
function textOf(error: unknown, property: 'code' | 'message'): string {
  if (typeof error !== 'object' || error === null) return '';
  const value: unknown = Reflect.get(error, property);
  return typeof value === 'string' ? value : '';
}
