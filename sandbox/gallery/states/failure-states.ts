import type { EndpointName } from '../../../src/http/endpoints.ts';
import { statesOf, type GalleryAnswer, type GalleryState, type GallerySurface } from '../gallery-state.ts';

const refused = (
  status: number,
  code: string,
  message: string,
  hint = 'Please try again in a minute.',
): GalleryAnswer => ({
  kind: 'refusal',
  status,
  body: { code, message, requestId: 'gallery', hint },
});
const DISCONNECTED = refused(
  409,
  'not_installed',
  'Service check-in is disconnected.',
  'Ask your HubSpot admin to reconnect.',
);
/** HubSpot's own envelope around a refusal, while a developer's proxy runs. */
const ENVELOPE = JSON.stringify({
  status: 'error',
  category: 'BAD_GATEWAY',
  context: { appServerStatusCode: ['503'] },
  responseBody: JSON.stringify({ code: 'unavailable', message: 'We are busy.', requestId: 'gallery' }),
});

type Failure = { key: string; title: string; says: string; answer: GalleryAnswer };

/** Whatever can stand in the place of a reply. */
const FAILURES: readonly Failure[] = [
  {
    key: 'loading',
    title: 'Loading; gives up after 15 seconds',
    says: 'Loading the check-in',
    answer: { kind: 'silence' },
  },
  {
    key: 'no-answer',
    title: 'The connection broke',
    says: 'No answer came back',
    answer: { kind: 'broken connection' },
  },
  {
    key: 'error',
    title: 'Our own error',
    says: 'Something went wrong on our side.',
    answer: refused(500, 'internal', 'Something went wrong on our side.'),
  },
  {
    key: 'throttled',
    title: 'HubSpot slows us down',
    says: 'HubSpot asks us to wait.',
    answer: refused(503, 'hubspot_throttled', 'HubSpot asks us to wait.'),
  },
  {
    key: 'too-many',
    title: 'Too many requests',
    says: 'That was quick.',
    answer: refused(429, 'rate_limited', 'That was quick.', 'Please wait a moment.'),
  },
  {
    key: 'gibberish',
    title: 'A reply that is no JSON',
    says: 'Something went wrong on our side',
    answer: { kind: 'foreign', status: 502, body: '<html>Bad gateway</html>' },
  },
  {
    key: 'envelope',
    title: 'HubSpot’s envelope around a refusal',
    says: 'We are busy.',
    answer: { kind: 'foreign', status: 200, body: ENVELOPE },
  },
  {
    key: 'disconnected',
    title: 'Disconnected',
    says: 'Ask your HubSpot admin to reconnect',
    answer: DISCONNECTED,
  },
];
const NOT_OURS: Failure = {
  key: 'not-ours',
  title: 'A company that is none of ours',
  says: 'this company is not in the program',
  answer: refused(404, 'not_found', 'There is no such company.', 'Check the address.'),
};

const failuresOf = (
  surface: GallerySurface,
  prefix: string,
  name: EndpointName,
  failures: readonly Failure[],
): GalleryState[] => {
  const of = statesOf(surface, surface === 'settings' ? 'admin' : 'manager');
  return failures.map(({ key, title, says, answer }) =>
    of(`${prefix}-${key}`, title, says, { canConnectApps: false, answers: { [name]: answer } }),
  );
};
const reconnect = (surface: GallerySurface, prefix: string, name: EndpointName): GalleryState =>
  statesOf(surface, 'admin')(`${prefix}-reconnect`, 'Disconnected, seen by an admin', 'Reconnect to go on', {
    answers: { [name]: DISCONNECTED },
  });

/** Loading, and each way in which nothing comes back, on every surface. */
export const failureStates: readonly GalleryState[] = [
  ...failuresOf('tab', 'card', 'getCompany', [...FAILURES, NOT_OURS]),
  reconnect('tab', 'card', 'getCompany'),
  ...failuresOf('sidebar', 'sidebar', 'getCompany', [...FAILURES, NOT_OURS]),
  reconnect('sidebar', 'sidebar', 'getCompany'),
  ...failuresOf('home', 'home', 'getHome', FAILURES),
  reconnect('home', 'home', 'getHome'),
  ...failuresOf('settings', 'settings', 'getProgram', FAILURES),
  reconnect('settings', 'settings', 'getProgram'),
];
