import { Accordion, Heading, Link, Panel, Text } from '@hubspot/ui-extensions';
import { createRenderer } from '@hubspot/ui-extensions/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { HomePage } from '../../extensions/app/pages/HomePage.tsx';
import { Settings } from '../../extensions/app/settings/Settings.tsx';
import { BASE_URL } from '../../extension-kit/base-url.ts';
import type { HomeView, PatternView } from '../../extension-kit/contract-types.ts';
import { fakeBackend, type FakeBackend } from './support/fake-backend.ts';
import { Stage, button, click, hasButton, linesOf, primaryButtons, textOf } from './support/surface.tsx';
import { homeView, managerHome, program, repHome } from '../../sandbox/gallery/views.ts';

let backend: FakeBackend;

afterEach(() => {
  jest.restoreAllMocks();
});

beforeEach(() => {
  backend = fakeBackend();
});

async function openHome(change: Partial<HomeView>) {
  backend.answer('getHome', homeView(change));
  const renderer = createRenderer('pages');
  renderer.mocks.context.user.locale = 'en-US';
  renderer.render(
    <Stage>
      <HomePage />
    </Stage>,
  );
  await renderer.waitFor(() => {
    expect(textOf(renderer)).not.toContain('Loading the check-in');
  });
  return renderer;
}

const PATTERN_ID = '00000000-0000-4000-8000-000000000099';
const pattern = (change: Partial<PatternView> = {}): PatternView => ({
  patternId: PATTERN_ID,
  reader: 'manager',
  phase: 'waiting',
  title: 'Several answers differ from the log',
  quarter: '2026-Q3',
  repName: 'Tom Berg',
  sentence: 'A conversation with Tom Berg waits.',
  nextStep: '',
  replyUntil: '2026-10-16',
  facts: [],
  customers: [],
  guide: [],
  canOpen: true,
  ...change,
});

describe('a pattern on the home page', () => {
  it('stands with what waits for the rep whom it is about, before all that only tells', async () => {
    const patterns = [pattern({ reader: 'rep', phase: 'repFirst', canOpen: false })];

    const home = await openHome({ rep: repHome(), patterns });

    const text = textOf(home);
    expect(text.indexOf('Waiting for your reply')).toBeLessThan(text.indexOf('Several answers differ'));
    expect(text.indexOf('Several answers differ')).toBeLessThan(text.indexOf('Ana Lopez heard from'));
  });

  it('is opened by a quiet button, below the day’s work', async () => {
    const home = await openHome({ manager: managerHome(), patterns: [pattern()] });
    backend.answer('openPattern', { pattern: pattern({ canOpen: false }) });
    backend.answer('getHome', homeView({ manager: managerHome(), patterns: [pattern({ canOpen: false })] }));

    click(button(home, 'Open it'));

    await home.waitFor(() => {
      expect(hasButton(home, 'Open it')).toBe(false);
    });
    expect(backend.sent('openPattern')).toHaveLength(1);
    expect(textOf(home).indexOf('3 calls today')).toBeLessThan(textOf(home).indexOf('Several answers'));
    expect(primaryButtons(home)).toHaveLength(1);
  });

  it('shows numbers, customers and guide folded to whoever may read them', async () => {
    const open = { phase: 'open', canOpen: false } as const;
    const facts = [{ label: 'Two answers differ from the log', value: '3 of 12 compared check-ins' }];
    const shown = pattern({ ...open, facts, customers: ['Acme Valves'], guide: ['Let Tom speak first.'] });

    const home = await openHome({ manager: managerHome(), patterns: [shown] });

    const titles = home.findAll(Accordion).map(({ props }) => props.title);
    expect(titles).toEqual(
      expect.arrayContaining(['The numbers', 'At these customers', 'For the conversation']),
    );
    expect(textOf(home)).toContain('Let Tom speak first.');
  });

  it('has nothing folded where nothing may be read yet', async () => {
    const home = await openHome({ manager: managerHome(), patterns: [pattern()] });

    expect(home.findAll(Accordion).map(({ props }) => props.title)).not.toContain('The numbers');
  });
});

describe('the method', () => {
  it('is read when its panel is opened, not before', async () => {
    const home = await openHome({ rep: repHome() });
    const sections = [{ title: 'What is compared', lines: ['Statements about contact.'], facts: [] }];
    backend.answer('getMethod', { sections });
    const before = backend.sent('getMethod').length;

    click(button(home, 'The whole method'));

    await home.waitFor(() => {
      expect(home.findAll(Heading).map(({ text }) => text)).toContain('What is compared');
    });
    expect(before).toBe(0);
    expect(home.findAll(Panel).map(({ props }) => props.id)).toContain('method-home');
  });
});

describe('a rep’s page', () => {
  it('folds the rep’s own log and leave, and sends leave with its days', async () => {
    const away = {
      leaveId: '00000000-0000-4000-8000-000000000055',
      ownerId: '900',
      name: 'Tom Berg',
      mine: true,
      firstDay: '2026-12-24',
      lastDay: '2026-12-31',
    };
    const home = await openHome({ rep: { ...repHome(), leave: [away] } });
    backend.answer('enterLeave', { leave: [away] });

    click(button(home, 'Add leave'));

    await home.waitFor(() => {
      expect(backend.sent('enterLeave')).toHaveLength(1);
    });
    expect(textOf(home)).toContain('2 of 12 records');
    expect(textOf(home)).toContain('Dec 24 to Dec 31');
    expect(backend.sent('enterLeave')[0]).toMatchObject({
      ownerId: null,
      firstDay: '2026-11-12',
      lastDay: '2026-11-12',
    });
  });

  it('says so beside leave that could not be taken out again', async () => {
    const away = {
      leaveId: '00000000-0000-4000-8000-000000000055',
      ownerId: '900',
      name: 'Tom Berg',
      mine: true,
      firstDay: '2026-12-21',
      lastDay: '2027-01-01',
    };
    const home = await openHome({ rep: { ...repHome(), leave: [away] } });

    click(button(home, 'Remove'));
    await home.waitFor(() => {
      expect(textOf(home)).toContain('Not removed yet');
    });

    expect(linesOf(home)).toContain('Dec 21 to Jan 1');
  });
});

describe('an export', () => {
  it('is offered to whoever may have it, and comes by a link', async () => {
    const home = await openHome({ exports: ['findings', 'program'] });
    backend.answer('createExport', { path: '/exports/1.abc', expiresAt: '2026-11-12T16:00:00.000Z' });

    click(button(home, 'Findings, under pseudonyms'));

    await home.waitFor(() => {
      expect(home.find(Link).props.href).toEqual({ url: `${BASE_URL}/exports/1.abc`, external: true });
    });
    expect(backend.sent('createExport')[0]).toMatchObject({ kind: 'findings' });
  });

  it('is not spoken of to anyone else', async () => {
    const home = await openHome({ manager: managerHome() });

    expect(textOf(home)).not.toContain('Exports');
  });
});

describe('the settings page', () => {
  it('counts what the log really uses, and lets an admin enter leave for a rep', async () => {
    backend.answer('getProgram', program());
    const renderer = createRenderer('settings');
    const host = {
      locale: 'en-US',
      canConnectApps: false,
      copy: () => undefined,
      closeOverlay: () => undefined,
    };
    renderer.render(
      <Stage>
        <Settings host={host} />
      </Stage>,
    );
    await renderer.waitFor(() => {
      expect(textOf(renderer)).not.toContain('Loading the check-in');
    });
    backend.answer('enterLeave', { leave: [] });

    click(button(renderer, 'Add leave'));

    await renderer.waitFor(() => {
      expect(backend.sent('enterLeave')).toHaveLength(1);
    });
    const texts = renderer.findAll(Text).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['31 records', '4 records']));
    expect(backend.sent('enterLeave')[0]).toMatchObject({ ownerId: '900' });
  });
});
