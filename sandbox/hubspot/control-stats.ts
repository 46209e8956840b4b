import { Router } from 'express';
import type { Request } from 'express';
import { ControlError, controlRoute, requirePortal } from './control-route.ts';
import type { SimulatorContext } from './context.ts';
import type { RequestFilter } from './request-log.ts';
import { requestStats } from './request-stats.ts';
import { taskStats } from './task-stats.ts';
import type { TaskStatsRequest } from './task-stats.ts';

/** The request log, and what it and an account's tasks add up to. */
export function createControlStatsRoutes(context: SimulatorContext): Router {
  const router = Router();
  const { requests } = context;
  controlRoute(router, 'get', '/_control/requests', (request) => requests.list(requestFilter(request)));
  controlRoute(router, 'delete', '/_control/requests', () => requests.clear());
  controlRoute(router, 'get', '/_control/requests/stats', (request) =>
    requestStats(requests.list(requestFilter(request))),
  );
  controlRoute(router, 'get', '/_control/portals/:portal/tasks', (request) =>
    taskStats(requirePortal(context, Number(request.params['portal'])), taskStatsRequest(request)),
  );
  return router;
}

function taskStatsRequest({ query }: Request): TaskStatsRequest {
  const pattern = text(query['keyPattern']);
  return {
    keyProperty: text(query['keyProperty']) ?? 'sci_touch_key',
    keyPattern: pattern === undefined ? null : expressionOf(pattern),
    since: instantOf(query['since']) ?? null,
  };
}

function expressionOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch (error) {
    throw new ControlError(400, 'keyPattern', String(error), 'send a regular expression without slashes');
  }
}

function requestFilter({ query }: Request): RequestFilter {
  const { portalId, method, path } = query;
  const portal = text(portalId);
  return {
    portalId: portal === undefined ? undefined : Number(portal),
    method: text(method),
    path: text(path),
    since: instantOf(query['since']),
  };
}

/** An instant as the log writes it, so that text order is time order. Throws ControlError 400. */
function instantOf(value: unknown): string | undefined {
  const instant = text(value);
  if (instant === undefined) return undefined;
  if (!Number.isNaN(Date.parse(instant))) return new Date(instant).toISOString();
  throw new ControlError(
    400,
    'since',
    `"${instant}" is no instant`,
    'send ISO 8601, such as 2026-11-02T15:00:00Z',
  );
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
