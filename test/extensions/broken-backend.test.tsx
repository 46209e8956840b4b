import { Dropdown, Input, TextArea, ToggleGroup } from '@hubspot/ui-extensions';
import { createRenderer } from '@hubspot/ui-extensions/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ReactNode } from 'react';
import { HomePage } from '../../extensions/app/pages/HomePage.tsx';
import { Settings } from '../../extensions/app/settings/Settings.tsx';
import {
  finding,
  homeView,
  managerHome,
  managerView,
  program,
  repView,
  savedCheckIn,
  touch,
} from '../../sandbox/gallery/views.ts';
import { replyOf } from '../../sandbox/gallery/states/saved-states.ts';
import type { EndpointName } from '../../src/http/endpoints.ts';
import { fakeBackend, type Broken, type FakeBackend } from './support/fake-backend.ts';
import { Stage, button, click, showCard, textOf } from './support/surface.tsx';

let backend: FakeBackend;

beforeEach(() => {
  // Rendering goes on in real time; only the waiting is played.
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
  backend = fakeBackend();
  backend.answer('saveDraft', { savedAt: '2026-11-12T16:00:00.000Z' });
});
afterEach(() => {
  jest.useRealTimers();
});

const refusal = (code: string) => ({
  code,
  message: `It was ${code}.`,
  requestId: 'r-1',
  hint: 'Wait a little.',
});
const wrapped = {
  status: 'error',
  category: 'BAD_GATEWAY',
  responseBody: JSON.stringify(refusal('unavailable')),
};
const BROKEN: [string, Broken, string][] = [
  ['15 seconds of silence', 'never answers', 'No answer came back.'],
  ['a broken connection', 'rejects', 'No answer came back.'],
  ['a 429', { status: 429, body: refusal('rate_limited') }, 'It was rate_limited.'],
  ['a 503', { status: 503, body: refusal('unavailable') }, 'It was unavailable.'],
  [
    'a 500 without a body of ours',
    { status: 500, text: '<html>Oops</html>' },
    'Something went wrong on our side.',
  ],
  ['JSON that is cut off', { status: 200, text: '{"role":"mana' }, 'Something went wrong on our side.'],
  ['HubSpot’s envelope of a refusal', { status: 200, body: wrapped }, 'It was unavailable.'],
];
const CONFLICT: [string, Broken, string] = [
  'a 409',
  { status: 409, body: refusal('conflict') },
  'It was conflict.',
];

/** The 15 seconds after which a silent backend is given up, from whenever the first effects ran. */
const SILENCE_MS = 15_100;
const host = { locale: 'en-US', canConnectApps: false, copy: () => undefined, closeOverlay: () => undefined };

async function openPage(place: 'pages' | 'settings', page: ReactNode) {
  const renderer = createRenderer(place);
  renderer.mocks.context.user.locale = 'en-US';
  renderer.render(<Stage>{page}</Stage>);
  await jest.advanceTimersByTimeAsync(SILENCE_MS);
  return renderer;
}
async function openTab(place: 'crm.record.tab' | 'crm.record.sidebar' = 'crm.record.tab') {
  const card = showCard(place);
  await jest.advanceTimersByTimeAsync(SILENCE_MS);
  return card;
}

type Surface = Parameters<typeof textOf>[0];
const SURFACES: [string, EndpointName, unknown, () => Promise<Surface>, string][] = [
  ['the tab', 'getCompany', managerView(), () => openTab(), 'Ask Dana Ruiz'],
  ['the sidebar', 'getCompany', managerView(), () => openTab('crm.record.sidebar'), 'Ask Dana Ruiz'],
  [
    'the home page',
    'getHome',
    homeView({ manager: managerHome() }),
    () => openPage('pages', <HomePage />),
    '3 calls',
  ],
  [
    'the settings',
    'getProgram',
    program(),
    () => openPage('settings', <Settings host={host} />),
    'Who calls whom',
  ],
];

describe.each(SURFACES)('reading %s', (_surface, endpoint, reply, open, content) => {
  it.each(BROKEN)(
    'through %s says what is wrong, and comes back on a second try',
    async (_what, broken, said) => {
      backend.react(endpoint, () => broken);
      const surface = await open();
      const shown = textOf(surface);
      backend.answer(endpoint, reply);

      click(button(surface, 'Try again'));
      await jest.advanceTimersByTimeAsync(100);

      expect(shown).toContain('This could not be loaded');
      expect(shown).toContain(said);
      expect(textOf(surface)).toContain(content);
      expect(textOf(surface)).not.toContain('This could not be loaded');
    },
  );
});

type Typing = {
  readonly endpoint: EndpointName;
  readonly reply: unknown;
  readonly open: () => Promise<Surface>;
  readonly type: (surface: Surface) => void;
  readonly press: string;
  readonly typed: string;
};

const TYPINGS: [string, Typing][] = [
  [
    'a check-in',
    {
      endpoint: 'recordCheckIn',
      reply: { saved: savedCheckIn({ findingId: null }), listening: null },
      open: () => {
        backend.answer('getCompany', managerView());
        return openTab();
      },
      type: (surface) => {
        surface.findAll(TextArea, { name: 'words' })[0]?.trigger('onInput', 'Deliver before noon.' as never);
      },
      press: 'I asked. Save',
      typed: 'Deliver before noon.',
    },
  ],
  [
    'a promise',
    {
      endpoint: 'openIssue',
      reply: { issueId: finding().findingId, promise: null },
      open: () => {
        backend.answer(
          'getCompany',
          managerView({ state: 'done', saved: savedCheckIn({ findingId: null }) }),
        );
        return openTab();
      },
      type: (surface) => {
        surface.findAll(Input, { name: 'promise' })[0]?.trigger('onInput', 'Visit the plant' as never);
      },
      press: 'Add promise',
      typed: 'Visit the plant',
    },
  ],
  [
    'a reply',
    {
      endpoint: 'replyToFinding',
      reply: { finding: finding() },
      open: () => {
        backend.answer('getCompany', repView({ findings: [finding({ canReply: true })] }));
        return openTab();
      },
      type: (surface) => {
        surface.findAll(ToggleGroup)[0]?.trigger('onChange', repView().replyKinds[0]?.value as never);
        surface.findAll(TextArea, { name: 'sentence' })[0]?.trigger('onInput', 'I spoke with Luis.' as never);
      },
      press: 'Send reply',
      typed: 'I spoke with Luis.',
    },
  ],
  [
    'a reason to skip',
    {
      endpoint: 'skipTouch',
      reply: { touch: touch() },
      open: () => {
        backend.answer('getCompany', managerView());
        return openTab();
      },
      type: (surface) => {
        const skip = surface.findAll(Dropdown.ButtonItem).find(({ text }) => text === 'Skip with a reason');
        skip?.trigger('onClick');
        surface.findAll(Input, { name: 'skipReason' })[0]?.trigger('onInput', 'On strike.' as never);
      },
      press: 'Skip this time',
      typed: 'On strike.',
    },
  ],
  [
    'why a reply is not accepted',
    {
      endpoint: 'decideFinding',
      reply: { finding: finding(), added: null },
      open: async () => {
        backend.answer(
          'getCompany',
          managerView({ state: 'done', saved: savedCheckIn({ undoUntil: null, released: true }) }),
        );
        backend.answer('getFinding', { finding: finding({ canDecide: true, replies: [replyOf('open')] }) });
        const card = await openTab();
        await jest.advanceTimersByTimeAsync(100); // the log is read once the card stands
        return card;
      },
      type: (surface) => {
        surface.findAll(Input, { name: 'decisionReason' })[0]?.trigger('onInput', 'No record.' as never);
      },
      press: 'Not accepted',
      typed: 'No record.',
    },
  ],
  [
    'an announcement',
    {
      endpoint: 'announce',
      reply: { program: program() },
      open: () => {
        backend.answer('getProgram', program());
        return openPage('settings', <Settings host={host} />);
      },
      type: (surface) => {
        surface
          .findAll(TextArea, { name: 'announcement' })[0]
          ?.trigger('onInput', 'We will call customers and listen to what they say.' as never);
      },
      press: 'Announce',
      typed: 'We will call customers and listen to what they say.',
    },
  ],
  [
    'settings',
    {
      endpoint: 'saveProgram',
      reply: { program: program() },
      open: () => {
        backend.answer('getProgram', program());
        return openPage('settings', <Settings host={host} />);
      },
      type: (surface) => {
        surface.findAll(Input, { name: 'sourceLabel' })[0]?.trigger('onInput', 'PHONE_APP' as never);
        click(button(surface, 'Add source'));
      },
      press: 'Save',
      typed: 'PHONE_APP',
    },
  ],
];

describe.each(TYPINGS)('sending %s', (_what, { endpoint, reply, open, type, press, typed }) => {
  it.each(BROKEN)('through %s loses nothing, and sends the same once more', async (_broken, broken, said) => {
    backend.react(endpoint, () => broken);
    const surface = await open();
    type(surface);
    await jest.advanceTimersByTimeAsync(50);

    click(button(surface, press));
    await jest.advanceTimersByTimeAsync(15_100);
    const shown = textOf(surface);
    backend.answer(endpoint, reply);
    click(button(surface, press));
    await jest.advanceTimersByTimeAsync(100);

    expect(shown).toMatch(/Not (saved|announced) yet/);
    expect(shown).toContain(said);
    expect(shown).toContain(typed);
    const [first, second] = backend.sent(endpoint);
    expect(JSON.stringify(first)).toContain(typed);
    expect(second).toEqual(first);
  });

  it('through a 409 says so and keeps what was typed', async () => {
    const [, broken, said] = CONFLICT;
    backend.react(endpoint, () => broken);
    const surface = await open();
    type(surface);
    await jest.advanceTimersByTimeAsync(50);

    click(button(surface, press));
    await jest.advanceTimersByTimeAsync(100);

    expect(textOf(surface)).toContain(said);
    expect(textOf(surface)).toContain(typed);
  });
});
