import { findEndpoint } from '../../../sandbox/gallery/find-endpoint.ts';
import { ENDPOINTS, type EndpointName } from '../../../src/http/endpoints.ts';

/** One call that an extension made: the endpoint, the parameters of its path, and the body. */
export type Call = {
  readonly name: EndpointName;
  readonly params: Readonly<Record<string, string>>;
  readonly request: unknown;
};
/** `text` stands for a body that is no JSON. */
type Reaction =
  | { readonly status?: number; readonly body: unknown }
  | { readonly status?: number; readonly text: string }
  | 'rejects'
  | 'never answers';
export type Broken = Reaction;
type Handler = (call: Call) => Reaction;

export type FakeBackend = {
  readonly calls: Call[];
  /** The bodies sent to one endpoint, in order. */
  readonly sent: (name: EndpointName) => unknown[];
  /** From now on this endpoint answers so. */
  readonly answer: (name: EndpointName, handler: unknown) => void;
  readonly react: (name: EndpointName, handler: Handler) => void;
};

function find(method: string, path: string): Omit<Call, 'request'> {
  const found = findEndpoint(method, path);
  if (found === null) throw new Error(`no endpoint for ${method} ${path}`);
  return found;
}

type FetchOptions = { readonly method?: string; readonly body?: unknown };

/**
 * Stands in for HubSpot's `hubspot.fetch` (which the SDK's test renderer does not mock) and refuses any request that
 * the contract would refuse, so that a test cannot pass with a body the real backend turns away.
 */
export function fakeBackend(): FakeBackend {
  const calls: Call[] = [];
  const handlers = new Map<EndpointName, Handler>();
  const hsFetch = async (url: string, options: FetchOptions = {}): Promise<Response> => {
    const { origin, pathname } = new URL(url);
    if (origin !== 'https://checkin.example.com') throw new Error(`not permitted: ${origin}`);
    const call: Call = { ...find(options.method ?? 'GET', pathname), request: options.body ?? null };
    calls.push(call);
    const schema = ENDPOINTS[call.name].request;
    if (schema !== null) schema.parse(JSON.parse(JSON.stringify(options.body)));
    const reaction = handlers.get(call.name)?.(call) ?? {
      status: 404,
      body: { code: 'not_found', message: 'No.' },
    };
    if (reaction === 'rejects') throw new Error('the connection broke');
    if (reaction === 'never answers') return new Promise<Response>(() => undefined);
    const body = 'text' in reaction ? reaction.text : JSON.stringify(reaction.body);
    return Promise.resolve(new Response(body, { status: reaction.status ?? 200 }));
  };
  Object.assign(globalThis, { self: globalThis, hsFetch });
  return {
    calls,
    sent: (name) => calls.filter((call) => call.name === name).map((call) => call.request),
    answer: (name, body) => handlers.set(name, () => ({ body })),
    react: (name, handler) => handlers.set(name, handler),
  };
}
