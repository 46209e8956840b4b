import nock from 'nock';
import type { PortalId } from '../../../src/core/model.ts';
import { createHubSpotGateway, type GatewayDeps } from '../../../src/hubspot/gateway.ts';
import { createOAuthGateway } from '../../../src/hubspot/oauth.ts';
import { ManualClock, MemoryBudget, MemoryLog, MemoryVault, PORTAL } from './fakes.ts';

export const API = 'https://api.hubapi.com';
export const V = '2026-03';
/** Planted so that a leak into a message or a log line can be searched for. */
export const CANARY = {
  accessToken: 'canary-access-7f31',
  refreshToken: 'canary-refresh-9c52',
  clientSecret: 'canary-secret-4d8a',
};

/** A gateway over nock, with one connected portal and time that only sleeping moves. */
export function createHarness(overrides: Partial<GatewayDeps> = {}) {
  const clock = new ManualClock();
  const vault = new MemoryVault();
  const budget = new MemoryBudget(clock);
  const log = new MemoryLog();
  const lost: PortalId[] = [];
  const refused: string[] = [];
  const deps: GatewayDeps = {
    apiBaseUrl: API,
    appId: 77,
    allowLoopback: false,
    clientId: 'client-1',
    clientSecret: CANARY.clientSecret,
    redirectUrl: 'https://checkin.example.com/oauth/callback',
    vault,
    budget,
    clock,
    sleep: clock.sleep,
    log,
    onTokenLost: (portalId, refusedToken) => {
      lost.push(portalId);
      refused.push(refusedToken);
    },
    random: () => 0.5,
    ...overrides,
  };
  vault.tokens.set(PORTAL, {
    accessToken: CANARY.accessToken,
    refreshToken: CANARY.refreshToken,
    expiresAt: new Date(clock.nowMs + 1_800_000),
  });
  const oauth = createOAuthGateway({
    ...deps,
    authorizeUrl: 'https://app.hubspot.com/oauth/authorize',
    requiredScopes: ['oauth', 'crm.objects.companies.read'],
    optionalScopes: ['sales-email-read', 'tickets'],
  });
  return { gateway: createHubSpotGateway(deps), oauth, clock, vault, budget, log, lost, refused };
}

/** The code of what a promise is rejected with, or 'none'. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    return (error as { code?: string }).code ?? 'no code';
  }
}

/** A task's batch create, answered by a function of its inputs. */
export type CreateInput = {
  properties: Record<string, string>;
  objectWriteTraceId: string;
  associations?: unknown[];
};

export function onCreate(
  answer: (
    inputs: readonly CreateInput[],
  ) => readonly [status: number, body?: unknown, headers?: Record<string, string>],
  times = 1,
) {
  return nock(API)
    .post(`/crm/objects/${V}/tasks/batch/create`)
    .times(times)
    .reply(async (request: Request) => {
      const { inputs } = (await request.json()) as { inputs: CreateInput[] };
      const [status, reply, headers] = answer(inputs);
      return [status, reply, headers ?? {}];
    });
}

export function onRead(type: string, body: unknown, status = 200) {
  return nock(API)
    .post(`/crm/objects/${V}/${type}/batch/read`)
    .reply(status, body as nock.Body);
}

export function onLinks(
  from: string,
  to: string,
  links: Record<string, readonly (number | [number, number])[]>,
) {
  const results = Object.entries(links).map(([id, targets]) => ({
    from: { id },
    to: targets.map((target) => {
      const [toObjectId, typeId] = typeof target === 'number' ? [target, 1] : target;
      return { toObjectId, associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId, label: null }] };
    }),
  }));
  return nock(API)
    .post(`/crm/associations/${V}/${from}/${to}/batch/read`)
    .reply(200, { status: 'COMPLETE', results });
}
