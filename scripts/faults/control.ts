import { faultRequestSchema, type FaultRequest } from '../../sandbox/hubspot/faults.ts';
import type { LoggedRequest } from '../../sandbox/hubspot/request-log.ts';
import type { PortalSettings } from '../../sandbox/hubspot/settings.ts';
import type { Simulator } from '../../sandbox/hubspot/simulator.ts';

/** A fault as the sandbox's control API takes it: what is left out has its default there. */
export type FaultInput = {
  readonly match?: FaultRequest['match'];
  readonly when?: FaultRequest['when'];
  readonly lateMs?: number;
  readonly fault?: Readonly<Record<string, unknown>> & { readonly kind: string };
  readonly count?: number;
  readonly skip?: number;
};

/** What people do in HubSpot by the sandbox's control API, and in the same process its faults, switches and log. */
export interface Control {
  plant(fault: FaultInput): void;
  /** How many requests the planted faults have hit since the last `clearFaults`. */
  faultHits(): number;
  clearFaults(): void;
  /** Every request of the account that the sandbox has seen since the last `forgetRequests`. */
  requests(portalId: number): readonly LoggedRequest[];
  forgetRequests(): void;
  changeSettings(portalId: number, change: Partial<PortalSettings>): void;
  /** One control call; `path` starts below `/_control`. @throws Error with the sandbox's answer where it refuses */
  send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<unknown>;
}

/** Steers the sandbox of this process, which listens at `simulatorUrl`. */
export function createControl({ faults, requests, state }: Simulator, simulatorUrl: string): Control {
  return {
    plant: (fault) => {
      faults.plant(faultRequestSchema.parse(fault));
    },
    faultHits: () => faults.list().reduce((sum, { hit }) => sum + hit, 0),
    clearFaults: () => faults.clear(),
    requests: (portalId) => requests.list({ portalId }),
    forgetRequests: () => requests.clear(),
    changeSettings: (portalId, change) => {
      const portal = state.portals.get(portalId);
      if (portal === undefined) throw new Error(`Account ${portalId} is not in the sandbox.`);
      state.commit([{ op: 'settings', portalId, settings: { ...portal.settings, ...change } }]);
    },
    send: async (method, path, body) => {
      const response = await fetch(`${simulatorUrl}/_control${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`The sandbox refused ${method} ${path}: ${text.slice(0, 300)}`);
      return text === '' ? null : (JSON.parse(text) as unknown);
    },
  };
}
