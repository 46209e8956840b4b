import { Router } from 'express';
import type { Request } from 'express';
import { loadCustomers } from './control-customers.ts';
import { clockSchema, loadPortalSchema, settingsPatchSchema } from './control-contract.ts';
import { ControlError, controlRoute, parseControl, requirePortal } from './control-route.ts';
import type { SimulatorContext } from './context.ts';
import type { LateWork } from './exchange.ts';
import { faultRequestSchema } from './faults.ts';
import type { FaultRequest } from './faults.ts';
import type { PortalState } from './model.ts';
import { checkDocument } from './portal-load.ts';

/** Accounts, switches, clock and faults. */
export function createControlRoutes(context: SimulatorContext, late: LateWork): Router {
  const router = Router();
  addPortalRoutes(router, context);
  addClockRoutes(router, context);
  addFaultRoutes(router, context, late);
  return router;
}

function addPortalRoutes(router: Router, context: SimulatorContext): void {
  controlRoute(router, 'get', '/_control/portals', () =>
    [...context.state.portals.values()].map((portal) => viewPortal(portal)),
  );
  controlRoute(router, 'post', '/_control/portals', (_request, body) => {
    const sent = body();
    return isGenerated(sent) ? loadCustomers(context, sent) : loadPortal(context, sent);
  });
  controlRoute(
    router,
    'get',
    '/_control/portals/:portal/settings',
    (request) => portalOf(context, request).settings,
  );
  controlRoute(router, 'delete', '/_control/portals/:portal', (request) => {
    const { portalId } = portalOf(context, request);
    context.state.commit([{ op: 'portalRemoved', portalId }]);
  });
  controlRoute(router, 'patch', '/_control/portals/:portal/settings', (request, body) => {
    const portal = portalOf(context, request);
    const changes = parseControl(settingsPatchSchema, body());
    const kept = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    context.state.commit([
      { op: 'settings', portalId: portal.portalId, settings: { ...portal.settings, ...kept } },
    ]);
    return portal.settings;
  });
}

function loadPortal(context: SimulatorContext, body: unknown): Record<string, unknown> {
  const { portal: document, mode } = parseControl(loadPortalSchema, body);
  const existing = context.state.portals.get(document.portalId);
  if (mode === 'create' && existing !== undefined) {
    const what = `portal ${String(document.portalId)} is loaded already`;
    throw new ControlError(
      409,
      'portal.portalId',
      what,
      'use another portalId, or "mode":"merge" to add to it',
    );
  }
  if (mode === 'merge') requirePortal(context, document.portalId);
  checkDocument(document, existing);
  context.state.commit([mode === 'create' ? { op: 'portal', document } : { op: 'portalMerge', document }]);
  return viewPortal(requirePortal(context, document.portalId));
}

function isGenerated(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'generator' in body;
}

function viewPortal(portal: PortalState): Record<string, unknown> {
  return {
    portalId: portal.portalId,
    name: portal.name,
    timeZone: portal.timeZone,
    uiDomain: portal.uiDomain,
    installed: portal.install !== null,
    owners: portal.owners,
    counts: Object.fromEntries([...portal.objects].map(([type, objects]) => [type, objects.size])),
  };
}

function addClockRoutes(router: Router, context: SimulatorContext): void {
  const view = () => ({ now: context.clock.now().toISOString() });
  controlRoute(router, 'get', '/_control/clock', view);
  controlRoute(router, 'post', '/_control/clock', async (_request, body) => {
    const { set, advanceMs, freeze } = parseControl(clockSchema, body());
    const now = context.clock.now();
    const target = set === undefined ? new Date(now.getTime() + (advanceMs ?? 0)) : new Date(set);
    if (target < now) {
      throw new ControlError(
        400,
        'set',
        `the clock stands at ${now.toISOString()} and cannot go back`,
        'send a later instant',
      );
    }
    if (freeze === true) context.clock.freeze(true);
    if (set !== undefined || advanceMs !== undefined)
      await (context.options.advance ?? advanceOwn(context))(target);
    if (freeze === false) context.clock.freeze(false);
    context.state.commit([{ op: 'clock' }]);
    return view();
  });
}

/** Moves from one planned instant to the next, so that work runs at its own time and in order. */
function advanceOwn(context: SimulatorContext): (to: Date) => Promise<void> {
  const { clock, timers } = context;
  return async (to) => {
    for (let next = timers.nextDueAt(); next !== null && next <= to; next = timers.nextDueAt()) {
      if (next > clock.now()) clock.moveTo(next);
      await timers.runDue();
    }
    if (to > clock.now()) clock.moveTo(to);
  };
}

function addFaultRoutes(router: Router, context: SimulatorContext, late: LateWork): void {
  controlRoute(router, 'post', '/_control/faults', (_request, body) => {
    const request = parseControl(faultRequestSchema, body());
    refuseKill(context, request);
    return { faultId: context.faults.plant(request).faultId };
  });
  controlRoute(router, 'get', '/_control/faults', (request) => {
    const wanted = request.query['all'] === 'true' ? context.faults.history() : context.faults.list();
    return {
      faults: wanted.map(({ faultId, request: planted, hit, cleared }) => ({
        faultId,
        hit,
        cleared,
        ...planted,
      })),
      pendingLateCommits: late.pending(),
    };
  });
  controlRoute(router, 'delete', '/_control/faults', () => context.faults.clear());
}

/** Nobody who reaches the port may end processes unless whoever started the sandbox said so. */
function refuseKill({ options }: SimulatorContext, { fault }: FaultRequest): void {
  if (fault?.kind !== 'kill' || (options.allowKill === true && fault.pid !== process.pid)) return;
  throw new ControlError(
    403,
    'fault.kind',
    'this sandbox may not kill that process',
    'start sandbox/hubspot-process.ts with --allow-kill, and name another process than the sandbox itself',
  );
}

function portalOf(context: SimulatorContext, request: Request): PortalState {
  return requirePortal(context, Number(request.params['portal']));
}
