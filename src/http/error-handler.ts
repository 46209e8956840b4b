import type { ErrorRequestHandler, Response } from 'express';
import { AppError, type ErrorCode } from '../errors.ts';
import type { Log } from '../usecases/ports.ts';

/** The only place that knows HTTP statuses of errors. */
const STATUS: Record<ErrorCode, number> = {
  invalid_input: 400,
  payload_too_large: 413,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  not_installed: 409,
  rate_limited: 429,
  hubspot_rejected: 502,
  hubspot_throttled: 503,
  hubspot_unavailable: 503,
  outcome_unknown: 503,
  unavailable: 503,
  internal: 500,
};

const DEFAULT_RETRY_AFTER_S = 5;
/** A wait is told only where repeating helps. */
const RETRYABLE: readonly ErrorCode[] = ['rate_limited', 'hubspot_throttled', 'unavailable'];

/** Turns every error into `{code, message, requestId, hint?, field?}`; what is not ours says nothing about itself. */
export function createErrorHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const known = toAppError(error);
    const fields = { requestId: requestIdOf(response), code: known.code, ...known.safeDetails };
    if (STATUS[known.code] >= 500) log.error({ ...fields, cause: nameOf(error) }, 'request failed');
    else log.info(fields, 'request refused');
    sendError(response, known);
  };
}

function sendError(response: Response, error: AppError): void {
  if (response.headersSent) return;
  if (RETRYABLE.includes(error.code)) {
    const seconds =
      error.retryAfterMs === undefined ? DEFAULT_RETRY_AFTER_S : Math.ceil(error.retryAfterMs / 1000);
    response.setHeader('Retry-After', String(seconds));
  }
  // For programs; people read the message.
  const { field } = error.safeDetails;
  response.status(STATUS[error.code]).json({
    code: error.code,
    message: error.message,
    requestId: requestIdOf(response),
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(typeof field === 'string' ? { field } : {}),
  });
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  if (type === 'entity.too.large') {
    return new AppError('payload_too_large', 'This is too large to save.', { hint: 'Send less than 1 MB.' });
  }
  if (type === 'request.aborted' || type === 'request.size.invalid') {
    return new AppError('invalid_input', 'The request did not arrive whole.', { hint: 'Please try again.' });
  }
  if (isRefusedByExpress(error)) {
    return new AppError('invalid_input', 'The request cannot be read.', {
      hint: 'Send plain JSON to a valid address.',
    });
  }
  return new AppError('internal', 'Something went wrong on our side.', {
    cause: error,
    hint: 'Please try again. Your words are kept in the card.',
  });
}

/** A packed body, an address that cannot be decoded: Express gives such errors a status of the 4xx kind. */
function isRefusedByExpress(error: unknown): boolean {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500;
}

function requestIdOf(response: Response): string {
  return (response.locals as { requestId?: string }).requestId ?? 'unknown';
}

/** The kind of a foreign error for the log: never its message, which may hold data. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const [, at = ''] = (error.stack ?? '').split('\n    at ');
  return `${error.name}${at === '' ? '' : ` at ${at.split('/').slice(-2).join('/')}`}`;
}
