import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import type { SimulatorContext } from './context.ts';
import { HubSpotError } from './errors.ts';
import type { ExchangeLocals } from './exchange.ts';
import type { PortalState } from './model.ts';
import { findObjectType } from './object-types.ts';
import type { ObjectType } from './object-types.ts';
import { PortalDocumentError } from './portal-load.ts';

/** A refusal of the control API: which field is wrong and what to do. */
export class ControlError extends Error {
  readonly status: number;
  readonly field: string;
  readonly remedy: string;
  constructor(status: number, field: string, message: string, remedy: string) {
    super(message);
    this.name = 'ControlError';
    this.status = status;
    this.field = field;
    this.remedy = remedy;
  }
}

type Method = 'get' | 'post' | 'patch' | 'delete';
type Handler = (request: Request, body: () => unknown) => unknown;

/** Adds a control route; what the handler returns is the JSON reply. */
export function controlRoute(router: Router, method: Method, path: string, handle: Handler): void {
  router[method](path, async (request, response) => {
    try {
      const body = () => bodyOf(response);
      response.json((await handle(request, body)) ?? {});
    } catch (error) {
      refuse(response, error);
    }
  });
}

/** The body by its schema. Throws ControlError 400 naming the first field that does not fit. */
export function parseControl<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const message = issue?.message ?? 'not valid';
  throw new ControlError(400, fieldOf(issue), message, remedyOf(issue));
}

/** The portal that a path or body names. Throws ControlError 404. */
export function requirePortal(context: SimulatorContext, portalId: number): PortalState {
  const portal = context.state.portals.get(portalId);
  if (portal !== undefined) return portal;
  const known = [...context.state.portals.keys()].join(', ');
  throw new ControlError(
    404,
    'portal',
    `no portal ${String(portalId)} is loaded`,
    `use one of: ${known || 'none yet, POST /_control/portals first'}`,
  );
}

/** The type that a path or body names. Throws ControlError 400. */
export function requireType(name: string): ObjectType {
  const type = findObjectType(name);
  if (type !== undefined) return type;
  throw new ControlError(
    400,
    'type',
    `"${name}" is no object type`,
    'use a plural name such as companies, contacts, calls or tasks',
  );
}

function bodyOf(response: Response): unknown {
  const { parsedBody } = response.locals as ExchangeLocals;
  if ('value' in parsedBody) return parsedBody.value;
  throw new ControlError(400, 'body', parsedBody.problem.message, 'send one JSON object');
}

type Issue = z.core.$ZodIssue | undefined;

function fieldOf(issue: Issue): string {
  if (issue === undefined) return 'body';
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') path.push(issue.keys[0] ?? '');
  return path.length === 0 ? 'body' : path.join('.');
}

function remedyOf(issue: Issue): string {
  if (issue?.code === 'unrecognized_keys') return `leave out ${issue.keys.join(', ')}, or check the spelling`;
  if (issue?.code === 'invalid_value') return `use one of: ${issue.values.map(String).join(', ')}`;
  if (issue?.code === 'invalid_type') return `send a ${issue.expected}`;
  return 'see the JSON schema of this body in docs/sandbox.md';
}

function refuse(response: Response, error: unknown): void {
  const known = toControlError(error);
  response
    .status(known.status)
    .json({ status: 'error', field: known.field, message: known.message, remedy: known.remedy });
}

function toControlError(error: unknown): ControlError {
  if (error instanceof ControlError) return error;
  if (error instanceof PortalDocumentError) {
    return new ControlError(
      400,
      `portal.${error.field}`,
      error.message,
      'correct the document and send it again',
    );
  }
  if (error instanceof HubSpotError) {
    const field = error.fields.errors?.[0]?.context?.['propertyName']?.[0] ?? 'body';
    return new ControlError(error.status, field, error.message, 'send what HubSpot itself would accept');
  }
  process.stderr.write(
    `local HubSpot: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return new ControlError(500, 'body', 'internal error', 'see the output of the sandbox');
}
