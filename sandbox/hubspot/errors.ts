import { randomUUID } from 'node:crypto';

export interface ErrorDetail {
  readonly message: string;
  readonly code?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

export interface ErrorFields {
  readonly category?: string;
  readonly subCategory?: string;
  readonly errors?: readonly ErrorDetail[];
  readonly context?: Readonly<Record<string, readonly string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Fields beyond HubSpot's usual ones, such as policyName. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** A refusal as HubSpot words it (error handling guide, 2026-03). Every field but status and message is optional there too. */
export class HubSpotError extends Error {
  readonly status: number;
  readonly fields: ErrorFields;
  constructor(status: number, message: string, fields: ErrorFields = {}) {
    super(message);
    this.name = 'HubSpotError';
    this.status = status;
    this.fields = fields;
  }

  /** The reply's JSON body, with a correlation id of its own. */
  body(): Record<string, unknown> {
    const { category, subCategory, errors, context, extra } = this.fields;
    return {
      status: 'error',
      message: this.message,
      correlationId: randomUUID(),
      ...(context === undefined ? {} : { context }),
      ...(errors === undefined ? {} : { errors }),
      ...(category === undefined ? {} : { category }),
      ...(subCategory === undefined ? {} : { subCategory }),
      ...extra,
    };
  }

  /** The same refusal as one entry of a 207's `errors`. */
  item(extraContext: Readonly<Record<string, readonly string[]>>): Record<string, unknown> {
    const { category, subCategory, context, errors } = this.fields;
    return {
      status: 'error',
      category: category ?? 'VALIDATION_ERROR',
      ...(subCategory === undefined ? {} : { subCategory }),
      message: this.message,
      context: { ...context, ...extraContext },
      ...(errors === undefined ? {} : { errors }),
    };
  }
}

/** 400 VALIDATION_ERROR. */
export function invalid(message: string, fields: ErrorFields = {}): HubSpotError {
  return new HubSpotError(400, message, { category: 'VALIDATION_ERROR', ...fields });
}

/** 404 OBJECT_NOT_FOUND for the ids named. */
export function objectNotFound(ids: readonly string[], message = 'resource not found'): HubSpotError {
  return new HubSpotError(404, message, { category: 'OBJECT_NOT_FOUND', context: { ids } });
}

/** 400 with one detail a property, in the two forms that HubSpot puts into one body. */
export function invalidProperties(
  problems: readonly { code: string; name: string; message: string }[],
): HubSpotError {
  const listed = problems.map(({ code, name, message }) => ({ isValid: false, message, error: code, name }));
  return invalid(`Property values were not valid: ${JSON.stringify(listed)}`, {
    errors: problems.map(({ code, name, message }) => ({ message, code, context: { propertyName: [name] } })),
  });
}
