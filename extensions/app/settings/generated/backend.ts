// Copied from extension-kit/backend.ts, by `npm run generate`. Do not edit.
import { hubspot } from '@hubspot/ui-extensions';
import { BASE_URL } from './base-url.ts';
import { ROUTES, type EndpointName, type Endpoints } from './contract-types.ts';
import { FAILURES } from './wording.ts';

/** Why a call brought nothing: the backend's own code, or `no_answer` where none came back. */
export interface Failure {
  code: string;
  message: string;
  hint: string | null;
}

export type Outcome<Value> = { ok: true; value: Value } | { ok: false; failure: Failure };

/** Asks the backend for one endpoint; never rejects. */
export type Send = <Name extends EndpointName>(
  name: Name,
  params: Record<string, string>,
  request: Endpoints[Name]['request'],
) => Promise<Outcome<Endpoints[Name]['reply']>>;

/** HubSpot gives up on a backend after 15 s; past that, no answer will come. Source: HubSpot, "Fetching data". */
export const SILENCE_MS = 15_000;

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return null;
  }
}

function failureOf(body: unknown): Failure {
  const fields = isFields(body) ? body : {};
  const code = textOf(fields['code']);
  if (code === null) return { code: 'unavailable', message: FAILURES.unavailable, hint: FAILURES.wordsKept };
  return { code, message: textOf(fields['message']) ?? FAILURES.unavailable, hint: textOf(fields['hint']) };
}

/** While a developer's proxy runs, HubSpot wraps a refusal of the backend in a reply of status 200. */
function unwrapped(body: unknown): { refused: boolean; content: unknown } {
  if (isFields(body) && body['status'] === 'error' && body['category'] === 'BAD_GATEWAY') {
    return { refused: true, content: parsed(body['responseBody']) };
  }
  return { refused: false, content: body };
}

function afterSilence(): { expired: Promise<never>; cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('no answer'));
    }, SILENCE_MS);
  });
  return {
    expired,
    cancel: () => {
      clearTimeout(timer);
    },
  };
}

async function ask(method: 'GET' | 'PUT' | 'POST', url: string, request: unknown): Promise<Outcome<unknown>> {
  const body = isFields(request) ? { body: request } : {};
  const response = await hubspot.fetch(url, { method, timeout: SILENCE_MS, ...body });
  const { refused, content } = unwrapped(parsed(await response.text()));
  if (!response.ok || refused) return { ok: false, failure: failureOf(content) };
  if (!isFields(content)) return { ok: false, failure: failureOf(null) };
  return { ok: true, value: content };
}

function urlOf(path: string, params: Record<string, string>): string {
  return BASE_URL + path.replace(/:(\w+)/g, (_match, name: string) => encodeURIComponent(params[name] ?? ''));
}

/** The one place that calls `hubspot.fetch`: refusals, rejections, wrapped refusals and silence all become a Failure. */
export const send: Send = async (name, params, request) => {
  const [method, path] = ROUTES[name];
  const { expired, cancel } = afterSilence();
  try {
    const outcome = await Promise.race([ask(method, urlOf(path, params), request), expired]);
    // The backend checks every reply it sends against the schema these types are generated from.
    return outcome as Outcome<Endpoints[typeof name]['reply']>;
  } catch {
    return {
      ok: false,
      failure: { code: 'no_answer', message: FAILURES.noAnswer, hint: FAILURES.wordsKept },
    };
  } finally {
    cancel();
  }
};
