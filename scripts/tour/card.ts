import { ENDPOINTS, type EndpointName, type ReplyOf } from '../../src/http/endpoints.ts';
import { errorReply } from '../../src/http/contract.ts';
import type { z } from 'zod';

type ErrorBody = z.output<typeof errorReply>;

/** What HubSpot's proxy hands back to the card. */
export type ProxyAnswer = {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly attempts: number;
};

/** What goes into a call: ids of the path, and the body of a write. */
export type CallInput = { readonly id?: string; readonly companyId?: string; readonly body?: unknown };

/** One person's calls through HubSpot's proxy, as the extensions make them. */
export type CardCaller = {
  /** The reply of a call that must succeed, checked against the contract. Throws with status and message otherwise. */
  ask<Name extends EndpointName>(name: Name, input?: CallInput): Promise<ReplyOf<Name>>;
  /** The refusal of a call that must not succeed. Throws where it does. */
  refused(name: EndpointName, input?: CallInput): Promise<ErrorBody & { readonly status: number }>;
  /** Any call, as it comes back. `tamper` sends what HubSpot never would. */
  raw(method: string, path: string, body?: unknown, tamper?: Record<string, unknown>): Promise<ProxyAnswer>;
};

export function createCardCaller(url: string, portalId: number, userId: number): CardCaller {
  const raw: CardCaller['raw'] = async (method, path, body, tamper) => {
    const response = await fetch(`${url}/_control/fetch`, {
      method: 'POST',
      body: JSON.stringify({ portalId, userId, method, path, body, tamper }),
    });
    return (await response.json()) as ProxyAnswer;
  };
  const call = (name: EndpointName, { id = '', companyId = '', body }: CallInput) => {
    const { method, path } = ENDPOINTS[name];
    return raw(method, path.replace(':companyId', companyId).replace(':id', id), body);
  };
  return {
    raw,
    ask: async <Name extends EndpointName>(name: Name, input: CallInput = {}) => {
      const { status, body } = await call(name, input);
      if (status !== 200)
        throw new Error(`${name}: HTTP ${status} instead of 200: ${JSON.stringify(body).slice(0, 300)}`);
      return ENDPOINTS[name].reply.parse(body) as ReplyOf<Name>;
    },
    refused: async (name, input = {}) => {
      const { status, body } = await call(name, input);
      if (status < 400) throw new Error(`${name}: HTTP ${status}, although it must be refused`);
      return { status, ...errorReply.parse(body) };
    },
  };
}
