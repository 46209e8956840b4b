import type { AssociationsRequest, HookReply, WorkerHost, WorkerSetup } from '../protocol.ts';
import type { LocationStore } from './location.ts';

interface FetchOptions {
  method?: string;
  body?: unknown;
  headers?: Headers | Record<string, string>;
  timeout?: number;
}

/** HubSpot's default for a card's call; a card may ask for less or more. */
const DEFAULT_TIMEOUT_MS = 15_000;
const BODILESS = new Set([204, 205, 304]);

/** What the extension finds in its worker's globals, each part backed by the page. */
export function createWorkerApi(setup: WorkerSetup, host: WorkerHost, location: LocationStore) {
  const extensionApi = {
    context: setup.context,
    actions: host.actions,
    runServerlessFunction: () =>
      Promise.reject(new Error('this platform version has no serverless functions')),
  };
  return {
    extensionApi,
    hsFetch: (url: string | URL, options: FetchOptions = {}) => hsFetch(host, url, options),
    logger: createLogger(host),
    hsWorkerAPI: {
      useExtensionContext: () => setup.context,
      useExtensionActions: () => host.actions,
      useExtensionApi: () => extensionApi,
      useAppPageLocation: location.useLocation,
      fetchCrmProperties: (names: string[], onUpdate: (values: unknown) => void) =>
        fetchCrmProperties(host, names, onUpdate),
      fetchAssociations: async (request: AssociationsRequest) => asJson(await host.associations(request)),
      fetchCrmSearch: () =>
        Promise.resolve(asJson({ error: 'CRM search is not part of this local preview' })),
      formatCrmProperties: (request: { propertiesList: unknown[] }) =>
        Promise.resolve(asJson(request.propertiesList)),
    },
  };
}

/** A backend call through HubSpot's proxy; answers a Response whatever the status, rejects when nothing answered. */
async function hsFetch(host: WorkerHost, url: string | URL, options: FetchOptions): Promise<Response> {
  const timeoutMs = options.timeout ?? DEFAULT_TIMEOUT_MS;
  const headers =
    options.headers instanceof Headers ? Object.fromEntries(options.headers) : (options.headers ?? {});
  const request = { url: String(url), method: options.method ?? 'GET', body: options.body, headers };
  const reply = await Promise.race([host.backendFetch(request), rejectAfter(timeoutMs)]);
  if (reply.status === 0) throw new Error('no reply came back');
  return new Response(BODILESS.has(reply.status) ? null : reply.body, {
    status: reply.status,
    headers: reply.headers,
  });
}

function rejectAfter(timeoutMs: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error(`the request took longer than ${timeoutMs} ms`)), timeoutMs);
  });
}

async function fetchCrmProperties(host: WorkerHost, names: string[], onUpdate: (values: unknown) => void) {
  const update = async () => {
    const { data } = await host.crmProperties(names);
    if (data !== undefined) onUpdate(data);
  };
  const stop = await host.watchProperties(() => void update());
  return asJson({ ...(await host.crmProperties(names)), cleanup: stop });
}

/** HubSpot's hooks read their answers as if from a Response. */
function asJson<T>(value: T | HookReply): { json: () => Promise<T | HookReply> } {
  return { json: () => Promise.resolve(value) };
}

function createLogger(host: WorkerHost) {
  const at = (level: 'debug' | 'info' | 'warn' | 'error') => (data: unknown) => host.log(level, data);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
