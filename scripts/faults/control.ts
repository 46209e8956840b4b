import type { FaultRequest } from '../../sandbox/hubspot/faults.ts';

/** A fault as the sandbox's control API takes it: what is left out has its default there. */
export type FaultInput = {
  readonly match?: FaultRequest['match'];
  readonly when?: FaultRequest['when'];
  readonly lateMs?: number;
  readonly fault?: Readonly<Record<string, unknown>> & { readonly kind: string };
  readonly count?: number;
  readonly skip?: number;
};

export type PlantedFaults = {
  readonly faults: readonly { readonly faultId: string; readonly hit: number }[];
  readonly pendingLateCommits: number;
};

/** The sandbox's control API: faults, switches, and what people do in HubSpot. */
export interface Control {
  plant(fault: FaultInput): Promise<void>;
  faults(): Promise<PlantedFaults>;
  clearFaults(): Promise<void>;
  /** One control call; `path` starts below `/_control`. @throws Error with the sandbox's answer where it refuses */
  send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<unknown>;
}

/** Speaks to the sandbox at `simulatorUrl`. */
export function createControl(simulatorUrl: string): Control {
  const send: Control['send'] = async (method, path, body) => {
    const response = await fetch(`${simulatorUrl}/_control${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`The sandbox refused ${method} ${path}: ${text.slice(0, 300)}`);
    return text === '' ? null : (JSON.parse(text) as unknown);
  };
  return {
    send,
    plant: async (fault) => {
      await send('POST', '/faults', fault);
    },
    faults: async () => (await send('GET', '/faults')) as PlantedFaults,
    clearFaults: async () => {
      await send('DELETE', '/faults');
    },
  };
}
