import { methodPage } from '../../src/core/method-page.ts';
import { CAUTIOUS_SETTINGS } from '../../src/core/comparison/settings.ts';
import { errorReply } from '../../src/http/contract.ts';
import { ENDPOINTS, type EndpointName } from '../../src/http/endpoints.ts';
import { findEndpoint } from './find-endpoint.ts';
import { reply, type GalleryAnswer, type GalleryState } from './gallery-state.ts';

/** What the gallery's page hands to an extension: a reply, nothing for ever, or a broken connection. */
export type GalleryOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'silence' }
  | { readonly kind: 'broken connection' };

type GalleryCall = { readonly method: string; readonly path: string; readonly body: unknown };

const refusal = (status: number, code: string, message: string, hint?: string): GalleryAnswer => ({
  kind: 'refusal',
  status,
  body: { code, message, requestId: 'gallery', ...(hint === undefined ? {} : { hint }) },
});

const NOTHING_IS_SAVED = refusal(503, 'unavailable', 'This is a gallery: nothing is saved.');
/** A draft is kept unless a state says otherwise: an open form says so by itself. */
const DRAFT_KEPT = reply({ savedAt: '2026-11-12T16:00:00.000Z' });
const METHOD = reply({
  sections: methodPage({ settings: CAUTIOUS_SETTINGS, isMeasured: false, replyWindowBusinessDays: 5 }),
});

/**
 * Answers one call of an extension in a state: with what the state holds, a polite error for every write, and only in forms
 * that the contract allows. Throws where a state holds something else, because then the gallery would show what cannot be.
 */
export function answerInGallery(state: GalleryState, { method, path, body }: GalleryCall): GalleryOutcome {
  const found = findEndpoint(method, path);
  if (found === null) return outcome(refusal(404, 'not_found', 'There is no such thing.'), null);
  const { name } = found;
  const { request } = ENDPOINTS[name];
  if (request !== null && !request.safeParse(body).success)
    return outcome(refusal(400, 'invalid_input', 'The contract refuses this request.'), name);
  return outcome(state.answers[name] ?? usualAnswer(name), name);
}

function usualAnswer(name: EndpointName): GalleryAnswer {
  if (name === 'saveDraft') return DRAFT_KEPT;
  if (ENDPOINTS[name].request !== null) return NOTHING_IS_SAVED;
  return name === 'getMethod' ? METHOD : refusal(404, 'not_found', 'There is nothing here.');
}

function outcome(answer: GalleryAnswer, name: EndpointName | null): GalleryOutcome {
  switch (answer.kind) {
    case 'reply': {
      if (name === null) throw new Error('a reply belongs to an endpoint');
      return answered(200, JSON.stringify(ENDPOINTS[name].reply.parse(answer.body)));
    }
    case 'refusal':
      return answered(answer.status, JSON.stringify(errorReply.parse(answer.body)));
    case 'foreign':
      return answered(answer.status, answer.body);
    default:
      return { kind: answer.kind };
  }
}

const answered = (status: number, body: string): GalleryOutcome => ({ kind: 'answered', status, body });
