import { ControlError, parseControl, requirePortal } from './control-route.ts';
import type { SimulatorContext } from './context.ts';
import { ownerOf } from './customers-records.ts';
import { loadCustomersSchema } from './customers-spec.ts';
import type { CustomersSpec, LoadCustomers } from './customers-spec.ts';
import { installDirectly } from './oauth-grants.ts';
import type { DirectInstall } from './oauth-grants.ts';

interface LoadedAccount {
  readonly portalId: number;
  /** The first owner's: the installer. */
  readonly userId: number;
  readonly tokens?: DirectInstall;
}

/**
 * Loads generated accounts, thousands at once, and installs the app in them if asked to.
 * Throws ControlError 409 when one of them is loaded already.
 */
export function loadCustomers(
  context: SimulatorContext,
  body: unknown,
): { readonly portals: readonly LoadedAccount[] } {
  const request = parseControl(loadCustomersSchema, body);
  const specs = portalIdsOf(request).map((portalId) => specOf(context, request, portalId));
  for (const { portalId } of specs) refuseLoaded(context, portalId);
  context.state.commit(
    specs.map((spec) => ({ op: 'portalReference', portalId: spec.portalId, reference: spec })),
  );
  switchAll(context, specs, request.settings);
  const portals = specs.map((spec) => {
    const { portalId } = spec;
    const { userId } = ownerOf(spec, 0);
    return request.install
      ? { portalId, userId, tokens: installDirectly(context, portalId, userId) }
      : { portalId, userId };
  });
  return { portals };
}

function portalIdsOf({ portals, fromPortalId = 1 }: LoadCustomers): readonly number[] {
  if (typeof portals !== 'number') return [...new Set(portals.map(({ portalId }) => portalId))];
  return Array.from({ length: portals }, (_, place) => fromPortalId + place);
}

function specOf(context: SimulatorContext, request: LoadCustomers, portalId: number): CustomersSpec {
  const {
    portals: _portals,
    fromPortalId: _from,
    install: _install,
    settings: _settings,
    now,
    ...account
  } = request;
  return { ...account, portalId, now: now ?? context.clock.now().toISOString() };
}

function switchAll(
  context: SimulatorContext,
  specs: readonly CustomersSpec[],
  settings: LoadCustomers['settings'],
): void {
  const asked = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  if (Object.keys(asked).length === 0) return;
  context.state.commit(
    specs.map(({ portalId }) => ({
      op: 'settings',
      portalId,
      settings: { ...requirePortal(context, portalId).settings, ...asked },
    })),
  );
}

function refuseLoaded(context: SimulatorContext, portalId: number): void {
  if (!context.state.portals.has(portalId)) return;
  const what = `portal ${String(portalId)} is loaded already`;
  throw new ControlError(
    409,
    'portals',
    what,
    'use another id, or DELETE /_control/portals/{portal} beforehand',
  );
}
