import {
  Accordion,
  Alert,
  BarChart,
  Button,
  Checkbox,
  Heading,
  Input,
  LineChart,
  Link,
  LoadingButton,
  MultiSelect,
  NumberInput,
  Panel,
  ProgressBar,
  Select,
  StatisticsItem,
  StatusTag,
  StepIndicator,
  TableCell,
  Text,
  TextArea,
  ToggleGroup,
} from '@hubspot/ui-extensions';
import { createRenderer } from '@hubspot/ui-extensions/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { formatTime } from '../../extension-kit/dates.ts';
import { HomePage } from '../../extensions/app/pages/HomePage.tsx';
import { Settings } from '../../extensions/app/settings/Settings.tsx';
import { fakeBackend, type FakeBackend } from './support/fake-backend.ts';
import { Stage, button, click, hasButton, linesOf, primaryButtons, textOf } from './support/surface.tsx';
import {
  gate,
  homeView,
  id,
  managerHome,
  managerView,
  program,
  repHome,
  run,
  savedCheckIn,
} from '../../sandbox/gallery/views.ts';

const APPS_URL = 'https://app.hubspot.com/integrations-settings/1/installed/framework';

let backend: FakeBackend;

afterEach(() => {
  jest.restoreAllMocks();
});

beforeEach(() => {
  backend = fakeBackend();
  backend.answer('getCompany', managerView());
});

async function openHome(locale = 'en-US') {
  const renderer = createRenderer('pages');
  renderer.mocks.context.user.locale = locale;
  renderer.mocks.context.user.firstName = 'Olive';
  renderer.mocks.context.extension = { appId: 4_321 };
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

async function openSettings() {
  const renderer = createRenderer('settings');
  const host = {
    locale: 'en-US',
    canConnectApps: false,
    copy: () => undefined,
    closeOverlay: () => undefined,
  };
  renderer.render(
    <Stage>
      <Settings host={host} appId={4_321} />
    </Stage>,
  );
  await renderer.waitFor(() => {
    expect(textOf(renderer)).not.toContain('Loading the check-in');
  });
  return renderer;
}

describe('the home page of a manager', () => {
  it('puts today’s calls first, then three numbers, with one primary button', async () => {
    backend.answer('getHome', homeView({ manager: managerHome() }));

    const home = await openHome();

    expect(home.find(Heading).text).toBe('3 calls today');
    expect(home.findAll(StatisticsItem).map((item) => [item.props.label, item.props.number])).toEqual([
      ['Heard from', '41 of 130'],
      ['Promises due', 0],
      ['Kept by you', '9 of 10'],
    ]);
    expect(primaryButtons(home)).toEqual(['Start']);
  });

  it('tells of each call when it is due, and how many there are beyond those it shows', async () => {
    const today = managerHome().today.map((call, index) => ({
      ...call,
      dueOn: ['2026-11-09', '2026-11-12', '2026-11-13'][index] ?? call.dueOn,
    }));
    backend.answer('getHome', homeView({ manager: { ...managerHome(), today, dueTotal: 40 } }));

    const home = await openHome();

    expect(home.find(Heading).text).toBe('40 calls today');
    const shown = linesOf(home).filter((line) => line?.includes('Dana Ruiz'));
    expect(shown.map((line) => line?.split(' · ').at(-1))).toEqual([
      'Was due Mon, Nov 9',
      'Due today',
      'Due Fri, Nov 13',
    ]);
    expect(linesOf(home)).toContain('37 more. Start leads from one to the next.');
  });

  it('says of each promise to which customer it was made, and how long it has', async () => {
    backend.answer('getHome', homeView({ manager: managerHome() }));

    const home = await openHome();

    const [what, by, state] = home.findAll(TableCell);
    expect(what?.findAll(Text).map(({ text }) => text)).toEqual(['Visit the plant', 'Acme Valves']);
    expect([by?.text, state?.text]).toEqual(['Nov 26', 'Open · in 14 days']);
  });

  it('says of shares of nothing that there is nothing yet', async () => {
    const manager = { ...managerHome(), keptByMe: { kept: 0, total: 0 } };
    backend.answer('getHome', homeView({ manager }));

    const home = await openHome();

    expect(home.findAll(StatisticsItem).map(({ props }) => props.number)).toContain('None yet');
  });

  it('reads a customer only when the panel opens, and goes on to the next without a page load', async () => {
    backend.answer('getHome', homeView({ manager: managerHome() }));
    const home = await openHome();
    const before = backend.sent('getCompany').length;

    click(button(home, 'Start'));
    await home.waitFor(() => {
      expect(home.find(Panel).find(TextArea, { name: 'words' })).toBeDefined();
    });
    click(button(home, 'Next customer'));
    await home.waitFor(() => {
      expect(home.find(Panel).props.title).toBe('Customer 2');
    });

    expect(before).toBe(0);
    expect(
      backend.calls.filter((call) => call.name === 'getCompany').map((call) => call.params['companyId']),
    ).toEqual(['101', '102']);
  });

  it('says where in the list a call stands, links to the record, and says when the last one is made', async () => {
    const [call] = managerHome().today;
    backend.answer(
      'getHome',
      homeView({ manager: { ...managerHome(), today: call ? [call] : [], dueTotal: 1 } }),
    );
    backend.answer('recordCheckIn', { saved: savedCheckIn({ findingId: null }), listening: null });
    const home = await openHome();

    click(button(home, 'Start'));
    await home.waitFor(() => {
      expect(home.find(Panel).find(TextArea, { name: 'words' })).toBeDefined();
    });
    const before = linesOf(home);
    home
      .find(Panel)
      .find(TextArea, { name: 'words' })
      .trigger('onInput', 'All good.' as never);
    click(button(home, 'I asked. Save'));
    await home.waitFor(() => {
      expect(linesOf(home)).toContain('That was the last call for today.');
    });

    expect(before).toContain('1 of 1');
    expect(home.findAll(Link).map(({ props }) => props.href)).toContainEqual({
      url: 'https://app.hubspot.com/contacts/1/record/0-2/101',
      external: true,
    });
  });

  it('keeps the panel open with what was noted in it while the list behind it runs empty', async () => {
    const [call] = managerHome().today;
    const home = { ...managerHome(), today: call ? [call] : [], dueTotal: 1 };
    backend.answer('getHome', homeView({ manager: { ...home, run: run({ state: 'creating' }) } }));
    backend.answer('recordCheckIn', { saved: savedCheckIn({ findingId: null }), listening: null });
    jest.useFakeTimers({ advanceTimers: true });
    const page = await openHome();
    click(button(page, 'Start'));
    await page.waitFor(() => {
      expect(page.find(Panel).find(TextArea, { name: 'words' })).toBeDefined();
    });
    page
      .find(Panel)
      .find(TextArea, { name: 'words' })
      .trigger('onInput', 'All good.' as never);
    click(button(page, 'I asked. Save'));
    await page.waitFor(() => {
      expect(linesOf(page)).toContain('That was the last call for today.');
    });
    backend.answer('getHome', homeView({ manager: { ...home, today: [], dueTotal: 0 } }));

    jest.advanceTimersByTime(15_000);
    jest.useRealTimers();

    await page.waitFor(() => {
      expect(linesOf(page)).toContain('Nobody is due today. The next calls appear here in the morning.');
    });
    expect(page.find(Panel).props.title).toBe('Customer 1');
    expect(hasButton(page, 'Undo') || textOf(page).includes('Undo')).toBe(true);
    expect(linesOf(page)).toContain('That was the last call for today.');
    page.find(Panel).trigger('onClose');
    await page.waitFor(() => {
      expect(hasButton(page, 'Start')).toBe(false);
    });
  });

  it('reads on where more calls are due than the list holds, and says how many it went past', async () => {
    const [first, second, third] = managerHome().today;
    if (first === undefined || second === undefined || third === undefined) throw new Error('three calls');
    const listed = (today: (typeof first)[]) =>
      homeView({ manager: { ...managerHome(), today, dueTotal: 60 } });
    backend.answer('getHome', listed([first, second]));
    backend.answer('recordCheckIn', { saved: savedCheckIn({ findingId: null }), listening: null });
    const page = await openHome();
    click(button(page, 'Start'));
    const start = linesOf(page);
    backend.answer('getHome', listed([second, third]));

    click(button(page, 'Next customer'));

    await page.waitFor(() => {
      expect(linesOf(page)).toContain('2 of 60 · then Customer 3');
    });
    backend.answer('getHome', listed([first, second, third]));
    click(button(page, 'Next customer'));
    await page.waitFor(() => {
      expect(page.find(Panel).find(TextArea, { name: 'words' })).toBeDefined();
    });
    const before = linesOf(page);
    page
      .find(Panel)
      .find(TextArea, { name: 'words' })
      .trigger('onInput', 'All good.' as never);
    click(button(page, 'I asked. Save'));
    await page.waitFor(() => {
      expect(linesOf(page)).toContain('3 of 60. Close this and press Start for the calls you went past.');
    });
    expect(before).toContain('3 of 60');
    expect(start).toContain('1 of 60 · then Customer 2');
  });

  it('counts as due what is due, and says how many more promises there are than it lists', async () => {
    const promiseCounts = { due: 39, open: 40 };
    backend.answer('getHome', homeView({ manager: { ...managerHome(), promiseCounts } }));

    const home = await openHome();

    const due = home.findAll(StatisticsItem).find(({ props }) => props.label === 'Promises due');
    expect(due?.props.number).toBe(39);
    expect(home.findAll(Heading).map(({ text }) => text)).toContain('Your open promises');
    expect(linesOf(home)).toContain('Shown here: 1 of 40.');
  });

  it('tells small numbers as they are, and leaves to the charts what they tell', async () => {
    const quarter = { ...managerHome().quarter, accounts: 20, attempted: 8, heardFrom: 3, onTime: 2 };
    const [reached] = managerHome().charts.rates;
    const charts = { ...managerHome().charts, rates: [] };
    backend.answer('getHome', homeView({ manager: { ...managerHome(), quarter, charts } }));

    const small = linesOf(await openHome());
    backend.answer(
      'getHome',
      homeView({
        manager: { ...managerHome(), quarter, charts: { ...charts, rates: reached ? [reached] : [] } },
      }),
    );
    const mixed = linesOf(await openHome());

    expect(small).toContain('Reached 3 of 8 tried. On time 2 of 3 heard.');
    expect(mixed).toContain('On time 2 of 3 heard.');
  });

  it('draws coverage and rates, each with its numbers as text', async () => {
    backend.answer('getHome', homeView({ manager: managerHome() }));

    const home = await openHome();

    expect(home.find(LineChart).props.data).toContainEqual({
      week: 'Nov 9',
      customers: 41,
      kind: 'Heard from',
    });
    expect(home.find(BarChart).props.data).toContainEqual({ label: 'Written survey, usually', percent: 15 });
    expect(linesOf(home)).toContain('Heard from 41 of 130 customers so far.');
    expect(linesOf(home)).toContain(
      'Reached 41 of 60 tried: 68% (56% to 79%). A written survey reaches about 15%.',
    );
  });

  it('writes shares as the reader’s language does', async () => {
    backend.answer('getHome', homeView({ manager: managerHome() }));

    const home = await openHome('de-DE');

    expect(linesOf(home).join(' ')).toContain('68\u00A0%');
  });

  it('begins the picture with the week in which the program began, however old the quarter is', async () => {
    const charts = managerHome().charts;
    const early = ['2026-10-05', '2026-10-12'].map((weekOf) => ({ weekOf, due: 0, heardFrom: 0 }));
    const manager = {
      ...managerHome(),
      charts: { ...charts, coverage: [...early, ...charts.coverage] },
    };
    backend.answer('getHome', homeView({ manager }));

    const home = await openHome();

    const { data } = home.find(LineChart).props;
    expect(data).toContainEqual({ week: 'Oct 26', customers: 40, kind: 'Planned by then' });
    expect(data).not.toContainEqual(expect.objectContaining({ week: 'Oct 5' }));
  });

  it('draws nothing where the numbers are too small', async () => {
    const charts = { coverage: [], rates: [], surveyShare: 0.15 };
    backend.answer('getHome', homeView({ manager: { ...managerHome(), charts } }));

    const home = await openHome();

    expect(home.findAll(LineChart)).toEqual([]);
    expect(home.findAll(BarChart)).toEqual([]);
    expect(textOf(home)).not.toContain('This quarter in pictures');
  });

  it('draws no line through a single week', async () => {
    const charts = managerHome().charts;
    const manager = {
      ...managerHome(),
      charts: { ...charts, rates: [], coverage: charts.coverage.slice(-1) },
    };
    backend.answer('getHome', homeView({ manager }));

    const home = await openHome();

    expect(textOf(home)).not.toContain('This quarter in pictures');
  });

  it('offers what can be decided about a task in doubt', async () => {
    backend.answer('getHome', homeView({ manager: managerHome() }));
    backend.answer('resolveTouch', { touch: managerView().touch, message: 'Done.' });
    const home = await openHome();

    expect(linesOf(home)).toContain('We cannot tell whether the task was created.');
    expect(home.find(Link).text).toBe('Quiet Pumps');
    expect(home.find(Link).props.href).toEqual({
      url: 'https://app.hubspot.com/contacts/1/record/0-2/120',
      external: true,
    });
    expect(hasButton(home, 'Create anyway')).toBe(true);
    expect(hasButton(home, 'Leave out this quarter')).toBe(true);
    click(button(home, 'It exists'));

    await home.waitFor(() => {
      expect(backend.sent('resolveTouch')).toEqual([expect.objectContaining({ choice: 'itExists' })]);
    });
  });

  it('tries all tasks of one plain reason again, and says how many are not shown', async () => {
    const retries = [{ kind: 'unknownOutcome' as const, tasks: 1_688 }];
    backend.answer('getHome', homeView({ manager: { ...managerHome(), attentionTotal: 1_700, retries } }));
    backend.answer('retryTouches', { planned: 1_688, message: 'Done.' });
    const home = await openHome();

    expect(textOf(home)).toContain('1 of 1,700');
    click(button(home, 'Try all 1,688 again'));

    await home.waitFor(() => {
      expect(backend.sent('retryTouches')).toEqual([expect.objectContaining({ kind: 'unknownOutcome' })]);
      expect(backend.sent('getHome')).toHaveLength(2);
    });
  });

  it('plans on demand', async () => {
    backend.answer('getHome', homeView({ manager: managerHome() }));
    backend.answer('planNow', { run: managerHome().run });
    const home = await openHome();

    click(button(home, 'Plan now'));

    await home.waitFor(() => {
      expect(backend.sent('getHome')).toHaveLength(2);
    });
  });
});

/** Effects come after the render that `waitFor` looks at. */
async function effects(areDone: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100 && !areDone(); turn += 1)
    await new Promise((resolve) => setImmediate(resolve));
  expect(areDone()).toBe(true);
}

describe('a run under way', () => {
  const making = { state: 'creating' as const, done: 4_200, leftNow: 5_800, ratePerMinute: 2_000 };
  const homeWith = (change: Parameters<typeof run>[0]) =>
    homeView({ manager: { ...managerHome(), run: run(change) } });

  it('is shown as a bar with what is made and how long it takes', async () => {
    backend.answer('getHome', homeWith(making));

    const home = await openHome();

    expect(home.find(ProgressBar).props).toMatchObject({
      value: 4_200,
      maxValue: 10_000,
      valueDescription: '4,200 of 10,000 tasks made, about 3 minutes left',
    });
  });

  it('tells the time of its end where that is hours away', async () => {
    const expectedEndAt = '2026-11-12T18:30:00.000Z';
    backend.answer('getHome', homeWith({ ...making, ratePerMinute: 10, expectedEndAt }));

    const home = await openHome();

    const at = formatTime(expectedEndAt, 'en-US');
    expect(home.find(ProgressBar).props.valueDescription).toBe(
      `4,200 of 10,000 tasks made, done at about ${at}`,
    );
  });

  it('promises no end while its pace is not known', async () => {
    backend.answer('getHome', homeWith({ ...making, ratePerMinute: null }));

    const home = await openHome();

    expect(home.find(ProgressBar).props.valueDescription).toBe('4,200 of 10,000 tasks made');
  });

  it.each(['reading', 'planning', 'creating'] as const)(
    'is read again by itself while %s, until it is over',
    async (state) => {
      backend.answer('getHome', homeWith({ ...making, state }));
      const every = jest.spyOn(globalThis, 'setInterval');
      const stop = jest.spyOn(globalThis, 'clearInterval');
      await openHome();
      const isRefresh = ([, everyMs]: unknown[]) => everyMs === 15_000;
      await effects(() => every.mock.calls.some(isRefresh));
      const started = every.mock.calls.findIndex(isRefresh);
      const timer: unknown = every.mock.results[started]?.value;
      const [readAgain] = every.mock.calls[started] ?? [];
      backend.answer('getHome', homeWith({ state: 'idle' }));

      readAgain?.();

      await effects(() => stop.mock.calls.flat().includes(timer as never));
      expect(backend.sent('getHome')).toHaveLength(2);
    },
  );

  it('is not mentioned where nothing is being made', async () => {
    backend.answer('getHome', homeWith({ state: 'idle' }));

    const home = await openHome();

    expect(home.findAll(ProgressBar)).toHaveLength(0);
    expect(home.findAll(Accordion).map((part) => part.props.title)).toContain('Tasks of Q4 2026: Up to date');
  });

  it('is shown in the settings too', async () => {
    backend.answer('getProgram', program({ started: true, run: run(making) }));

    const settings = await openSettings();

    expect(settings.find(ProgressBar).props.value).toBe(4_200);
  });
});

describe('the home page of others', () => {
  it('shows a rep the praise first, the promises, and what waits for a reply', async () => {
    backend.answer('getHome', homeView({ rep: repHome() }));

    const home = await openHome();

    const lines = linesOf(home);
    expect(lines.indexOf('“Tom always calls back.”')).toBeLessThan(lines.indexOf('“Deliver before noon.”'));
    expect(lines).toContain('Acme Valves: you can reply until Thu, Nov 19');
    expect(primaryButtons(home)).toEqual(['Mark promise kept: Visit the plant']);
    expect(lines).toContain(
      'Ana Lopez heard from 4 of 20 customers this quarter, and tried 16. Promises kept: 3 of 4.',
    );
    expect(lines).toContain('In 9 of 9 compared check-ins nothing went against your log.');
  });

  it('folds a rep’s earlier words, and offers to copy praise alone', async () => {
    const [words] = repHome().words;
    const said = Array.from({ length: 5 }, (_, index) => ({
      ...words!,
      checkInId: id(60 + index),
      liked: index === 0 ? 'Tom always calls back.' : null,
    }));
    backend.answer('getHome', homeView({ rep: { ...repHome(), words: said } }));

    const home = await openHome();

    expect(home.findAll(Accordion).map(({ props }) => props.title)).toContain('Earlier words (2)');
    expect(home.findAll(Button, (node) => node.text === 'Copy')).toHaveLength(1);
  });

  it('keeps to one primary button for somebody who is manager and rep at once', async () => {
    const rep = { ...repHome(), gate: gate({ state: 'needsAcknowledgement', announcementText: 'Read me.' }) };
    backend.answer('getHome', homeView({ manager: managerHome(), rep }));

    const home = await openHome();

    expect(primaryButtons(home)).toEqual(['Start']);
  });

  it('shows an admin what is left to do, until all is done', async () => {
    const checklist = [
      { key: 'open', label: 'Choose how open', done: false, hint: 'In the settings' },
      { key: 'read', label: 'Customers read', done: true, hint: '' },
    ];
    backend.answer('getHome', homeView({ admin: { appsUrl: APPS_URL, checklist, health: [] } }));

    const home = await openHome();

    expect(home.findAll(StatusTag).map((tag) => tag.text)).toEqual(['To do', 'Done']);
    expect(linesOf(home)).toEqual(expect.arrayContaining(['In the settings', 'Customers read']));
    expect(home.findAll(Link).map(({ text, props }) => [text, props.href])).toEqual([
      ['Choose how open', { url: `${APPS_URL}/4321/general-settings`, external: true }],
    ]);
  });

  it('greets somebody for whom nothing waits', async () => {
    backend.answer('getHome', homeView());

    const home = await openHome();

    expect(linesOf(home)).toEqual(['Hello, Olive. Nothing is waiting for you here.']);
  });
});

const announced = {
  announcedAt: '2026-11-01T12:00:00.000Z',
  startsOn: '2026-11-02',
  text: 'I will call our customers. From Nov 2 on, answers may be compared with the log.',
};
const chosen = { ...program().settings, openness: 'listenAndCompare' as const };

describe('the settings', () => {
  it('opens at the choice of how open to be, with neither way chosen', async () => {
    backend.answer('getProgram', program());

    const settings = await openSettings();

    expect(settings.find(StepIndicator).props.currentStep).toBe(3);
    expect(settings.find(Accordion, { open: true }).props.title).toBe('4. How open');
    expect(settings.find(ToggleGroup).props.value).toBe('');
    expect(button(settings, 'Start check-ins').props.disabled).toBe(true);
    expect(primaryButtons(settings)).toEqual([]);
  });

  it('ticks no step before one that still asks for something, whichever is open', async () => {
    backend.answer('getProgram', program());
    const settings = await openSettings();
    const last = settings.findAll(Accordion).find(({ props }) => props.title === '5. Look before start');

    last?.trigger('onClick');
    await settings.waitFor(() => {
      expect(settings.find(Accordion, { open: true }).props.title).toBe('5. Look before start');
    });
    const undecided = settings.find(StepIndicator).props.currentStep;
    backend.answer('getProgram', program({ settings: chosen, announcement: announced }));
    const decided = (await openSettings()).find(StepIndicator).props.currentStep;

    expect([undecided, decided]).toEqual([3, 4]);
  });

  it('asks whoever only listens for no announcement, and says what reps may be told', async () => {
    const listens = { ...program().settings, openness: 'listeningOnly' as const };
    backend.answer('getProgram', program({ settings: listens }));

    const settings = await openSettings();

    expect(settings.find(StepIndicator).props.currentStep).toBe(4);
    expect(hasButton(settings, 'Announce')).toBe(false);
    expect(linesOf(settings)).toContain(program().listeningText);
    expect(primaryButtons(settings)).toEqual(['Start check-ins']);
  });

  it('saves a change on top of the version it was made on', async () => {
    backend.answer('getProgram', program());
    backend.answer('saveProgram', { program: program({ version: 4, settings: chosen }) });
    const settings = await openSettings();

    settings.find(ToggleGroup).trigger('onChange', 'listenAndCompare' as never);
    expect(primaryButtons(settings)).toEqual(['Save']);
    click(button(settings, 'Save'));
    await settings.waitFor(() => {
      expect(hasButton(settings, 'Save')).toBe(false);
    });

    expect(backend.sent('saveProgram')).toEqual([
      expect.objectContaining({ expectedVersion: 3, settings: chosen }),
    ]);
    expect(primaryButtons(settings)).toEqual(['Announce']);
  });

  it('says after a save what it changed, until something else is edited', async () => {
    const changes = ['Check-ins a week: from 10 to 7.'];
    const saved = { version: 4, savedAt: '2026-11-12T15:00:00.000Z', savedByName: 'Ana Lopez', changes };
    backend.answer('getProgram', program());
    backend.answer('saveProgram', { program: program({ version: 4, settings: chosen, history: [saved] }) });
    const settings = await openSettings();
    const told = () => settings.findAll(Alert).filter(({ props }) => props.title === 'Saved');

    settings.find(NumberInput, { name: 'checkInsPerWeek' }).trigger('onChange', 7 as never);
    click(button(settings, 'Save'));
    await settings.waitFor(() => {
      expect(told().map(({ text }) => text)).toEqual(changes);
    });
    settings.find(NumberInput, { name: 'checkInsPerWeek' }).trigger('onChange', 8 as never);

    expect(told()).toEqual([]);
  });

  it('keeps the edit and reads the newest version when somebody else saved first', async () => {
    backend.answer('getProgram', program());
    backend.react('saveProgram', () => ({ status: 409, body: { code: 'conflict', message: 'Read again.' } }));
    const settings = await openSettings();
    settings.find(ToggleGroup).trigger('onChange', 'listeningOnly' as never);
    backend.answer('getProgram', program({ version: 9 }));

    click(button(settings, 'Save'));
    await settings.waitFor(() => {
      expect(backend.sent('getProgram')).toHaveLength(2);
    });
    backend.answer('saveProgram', { program: program({ version: 10 }) });
    await settings.waitFor(() => {
      expect(settings.find(LoadingButton, (node) => node.text === 'Save').props.loading).toBe(false);
    });
    click(button(settings, 'Save'));
    await settings.waitFor(() => {
      expect(backend.sent('saveProgram')).toHaveLength(2);
    });

    expect(backend.sent('saveProgram')[1]).toMatchObject({
      expectedVersion: 9,
      settings: { openness: 'listeningOnly' },
    });
  });

  it('tells what the account’s own answers changed, among what people changed and beside what is measured now', async () => {
    backend.answer('getProgram', program());

    const settings = await openSettings();

    const told = linesOf(settings).filter((line) =>
      line?.startsWith('Measured from your customers’ answers'),
    );
    expect(told).toEqual(Array(2).fill('Measured from your customers’ answers · since Oct 3'));
    expect(linesOf(settings)).toContain('Chance that a customer forgets one contact: from 33% to 24%.');
  });

  it('tells how many companies are left out, and a few of them with the reason', async () => {
    backend.answer('getProgram', program());

    const settings = await openSettings();

    expect(linesOf(settings)).toEqual(
      expect.arrayContaining(['1,204 companies left out', 'Summit Bearings: lifecycle stage Lead']),
    );
  });

  it('says that customers are counted anew once other stages are saved', async () => {
    backend.answer('getProgram', program({ stages: [] }));
    const settings = await openSettings();
    const told = () => linesOf(settings).includes('They are counted anew once you save.');
    const before = told();

    settings.find(Input, { name: 'lifecycleStages' }).trigger('onChange', 'customer, evangelist' as never);

    expect([before, told()]).toEqual([false, true]);
  });

  it('offers the account’s stages by their labels, and keeps one that has gone from HubSpot', async () => {
    const settingsNow = { ...program().settings, lifecycleStages: ['customer', 'retired'] };
    backend.answer('getProgram', program({ settings: settingsNow }));
    backend.answer('saveProgram', { program: program({ version: 4 }) });
    const settings = await openSettings();
    const stages = () => settings.find(MultiSelect, { name: 'lifecycleStages' });
    const offered = stages().props.options;

    stages().trigger('onChange', ['customer', '48215'] as never);
    click(button(settings, 'Save'));
    await settings.waitFor(() => {
      expect(hasButton(settings, 'Save')).toBe(false);
    });

    expect(offered.slice(2)).toEqual([
      { value: 'customer', label: 'Customer' },
      { value: '48215', label: 'Wholesale partner' },
      { value: 'retired', label: 'retired' },
    ]);
    expect(backend.sent('saveProgram')).toMatchObject([
      { settings: { lifecycleStages: ['customer', '48215'] } },
    ]);
  });

  it('asks for at least one stage, and leaves those before until there is one', async () => {
    backend.answer('getProgram', program());
    const settings = await openSettings();
    const stages = () => settings.find(MultiSelect, { name: 'lifecycleStages' });

    stages().trigger('onChange', [] as never);

    expect(stages().props).toMatchObject({
      value: [],
      error: true,
      validationMessage: 'Choose at least one. Until then the ones before count.',
    });
    expect(hasButton(settings, 'Save')).toBe(false);
  });

  it('warns in steps 2 and 5 where nobody would be called, promises no first call, and still starts', async () => {
    const nobody = { ...program().dryRun, customers: 0, examples: [], firstDueOn: null };
    backend.answer('getProgram', program({ settings: chosen, announcement: announced, dryRun: nobody }));

    const settings = await openSettings();

    const warned = settings.findAll(Alert, ({ props }) => props.title === 'No customers found');
    expect(warned.map(({ props }) => props.variant)).toEqual(['warning', 'warning']);
    expect(textOf(settings)).not.toContain('first call is due');
    expect(button(settings, 'Start check-ins').props.disabled).toBe(false);
  });

  it('does not warn of missing customers while they are being read', async () => {
    const dryRun = { ...program().dryRun, state: 'reading' as const, customers: 0, firstDueOn: null };
    backend.answer('getProgram', program({ dryRun }));

    const settings = await openSettings();

    expect(settings.findAll(Alert).map(({ props }) => props.title)).not.toContain('No customers found');
  });

  it('tells what a pace means while it is typed, for one manager', async () => {
    const dryRun = { ...program().dryRun, callers: 2, busiest: { name: 'Ana Lopez', customers: 70 } };
    backend.answer('getProgram', program({ dryRun }));
    const settings = await openSettings();
    const warnings = () => settings.findAll(Alert).map(({ props }) => props.title);
    const [before, warned] = [linesOf(settings), warnings()];

    settings.find(NumberInput, { name: 'checkInsPerWeek' }).trigger('onInput', 12 as never);

    expect(before).toEqual(
      expect.arrayContaining([
        'At 10 a week, one manager makes about 2 calls a day: about 66 until the quarter ends.',
        '130 customers and 2 managers: about 2 calls a day for one manager.',
      ]),
    );
    expect(linesOf(settings)).toContain(
      'At 12 a week, one manager makes about 2.4 calls a day: about 79 until the quarter ends.',
    );
    expect([warned, warnings()]).toEqual([['More customers than time'], []]);
    expect(hasButton(settings, 'Save')).toBe(false);
  });

  it.each([
    ['checkInsPerWeek', 300, 'A number from 1 to 200. Until then the one before counts.'],
    ['replyWindow', 3, 'A number from 5 to 20. Until then the one before counts.'],
  ])(
    'says at %s that %d is out of bounds, and takes it back with the next number',
    async (name, number, text) => {
      backend.answer('getProgram', program({ settings: chosen }));
      const settings = await openSettings();
      const field = () => settings.find(NumberInput, { name }).props;

      settings.find(NumberInput, { name }).trigger('onChange', number as never);
      const [refused, told] = [field().error, field().validationMessage];
      settings.find(NumberInput, { name }).trigger('onChange', 9 as never);

      expect([refused, told]).toEqual([true, text]);
      expect([field().error, field().validationMessage, field().value]).toEqual([false, undefined, 9]);
    },
  );

  it.each([
    ['nothing was chosen', { openness: null }, () => undefined],
    [
      'another window was chosen and not saved',
      { openness: 'listenAndCompare' },
      (page: Awaited<ReturnType<typeof openSettings>>) => {
        page.find(NumberInput, { name: 'replyWindow' }).trigger('onChange', 9 as never);
      },
    ],
  ] as const)('announces nothing where %s', async (_what, change, choose) => {
    backend.answer('getProgram', program({ settings: { ...chosen, ...change } }));
    const settings = await openSettings();

    choose(settings);

    expect(settings.find(LoadingButton, (node) => node.text === 'Announce').props.disabled).toBe(true);
    expect(textOf(settings)).toContain('Save what you chose first');
  });

  it('shows who has read the announcement only once there is one', async () => {
    backend.answer('getProgram', program({ settings: chosen }));
    backend.answer('announce', { program: program({ settings: chosen, announcement: announced }) });
    const settings = await openSettings();
    const readers = () => linesOf(settings).includes('Who has read it');
    const before = readers();

    click(button(settings, 'Announce'));
    await settings.waitFor(() => {
      expect(readers()).toBe(true);
    });

    expect(before).toBe(false);
  });

  it('announces with the text and the day', async () => {
    backend.answer('getProgram', program({ settings: chosen }));
    backend.answer('announce', { program: program({ settings: chosen, announcement: announced }) });
    const settings = await openSettings();

    click(button(settings, 'Announce'));
    await settings.waitFor(() => {
      expect(linesOf(settings)).toContain('Announced. Answers may be compared from Mon, Nov 2 on.');
    });

    expect(backend.sent('announce')).toEqual([
      expect.objectContaining({ startsOn: '2026-11-19', text: program().announcementDefault }),
    ]);
  });

  it('shows the dry run before the start, and starts', async () => {
    backend.answer('getProgram', program({ settings: chosen, announcement: announced }));
    backend.answer('startProgram', {
      program: program({ settings: chosen, announcement: announced, started: true }),
    });
    const settings = await openSettings();

    expect(settings.find(StatusTag).text).toBe('Nothing has been written to HubSpot yet.');
    expect(linesOf(settings)).toEqual(
      expect.arrayContaining([
        'Q4 2026: 130 tasks this quarter, 20 right away.',
        'The quarter is Oct 1 to Dec 31: 33 business days left.',
      ]),
    );
    expect(primaryButtons(settings)).toEqual(['Start check-ins']);
    click(button(settings, 'Start check-ins'));

    await settings.waitFor(() => {
      expect(textOf(settings)).toContain('Check-ins are running.');
    });
  });

  it('says in plain words what the app may do, and where the card goes', async () => {
    backend.answer('getProgram', program({ settings: chosen }));

    const settings = await openSettings();

    const lines = linesOf(settings);
    expect(lines.indexOf('oauth')).toBe(lines.indexOf('Connect the app.') + 1);
    expect(lines).toContain('Save. Do the same for each other view.');
    expect(settings.find(Link, (node) => node.text === 'Open the app’s cards in HubSpot').props.href).toEqual(
      {
        url: `${APPS_URL}/4321/app-cards`,
        external: true,
      },
    );
  });

  it('asks in which month the year starts, January unless told otherwise, and says what that means', async () => {
    backend.answer('getProgram', program());
    backend.answer('saveProgram', { program: program({ version: 4 }) });
    const settings = await openSettings();
    const before = settings.find(Select, { name: 'fiscalStartMonth' });

    expect(before.props.value).toBe(1);
    expect(before.props.options.map(({ label }) => label)).toHaveLength(12);
    before.trigger('onChange', 4 as never);
    expect(linesOf(settings)).toContain('Quarters start in April, July, October, and January.');
    click(button(settings, 'Save'));
    await settings.waitFor(() => {
      expect(backend.sent('saveProgram')).toHaveLength(1);
    });

    expect(backend.sent('saveProgram')[0]).toMatchObject({ settings: { fiscalStartMonth: 4 } });
  });

  it('only tells the month once check-ins have started', async () => {
    backend.answer(
      'getProgram',
      program({ started: true, settings: { ...program().settings, fiscalStartMonth: 4 } }),
    );

    const settings = await openSettings();

    expect(settings.findAll(Select, { name: 'fiscalStartMonth' })).toHaveLength(0);
    expect(linesOf(settings)).toContain('Your year starts in April.');
  });

  it('lets go of an edited month where somebody else started meanwhile', async () => {
    backend.answer('getProgram', program());
    backend.react('saveProgram', () => ({ status: 409, body: { code: 'conflict', message: 'Fixed.' } }));
    const settings = await openSettings();
    settings.find(Select, { name: 'fiscalStartMonth' }).trigger('onChange', 4 as never);
    backend.answer('getProgram', program({ version: 4, started: true }));

    click(button(settings, 'Save'));
    await settings.waitFor(() => {
      expect(linesOf(settings)).toContain('Your year starts in January.');
    });

    expect(settings.findAll(Alert).map((alert) => alert.text)).toContain('Fixed.');
    expect(hasButton(settings, 'Save')).toBe(false);
  });

  it('maps the account’s own call outcomes, and saves how early tasks are made', async () => {
    backend.answer('getProgram', program());
    backend.answer('saveProgram', { program: program({ version: 4 }) });
    const settings = await openSettings();

    settings.find(Select, { name: 'disposition-d1' }).trigger('onChange', 'live' as never);
    settings.find(Select, { name: 'releaseHorizon' }).trigger('onChange', 'cycle' as never);
    click(button(settings, 'Save'));
    await settings.waitFor(() => {
      expect(backend.sent('saveProgram')).toHaveLength(1);
    });

    expect(backend.sent('saveProgram')[0]).toMatchObject({
      settings: { dispositionMeanings: { d1: 'live' }, releaseHorizon: 'cycle' },
    });
  });

  it('offers the known sources unticked where they are not trusted, and takes one of the admin’s own', async () => {
    backend.answer('getProgram', program());
    const settings = await openSettings();
    const source = (name: string) => settings.find(Checkbox, { name: `source-${name}` });

    const before = source('CALLING · HubSpot Calling').props.checked;
    source('CALLING · HubSpot Calling').trigger('onChange', true as never);
    settings.find(Input, { name: 'sourceLabel' }).trigger('onInput', ' INTEGRATION ' as never);
    click(button(settings, 'Add source'));

    expect(before).toBe(false);
    expect(source('CALLING · HubSpot Calling').props.checked).toBe(true);
    expect(source('INTEGRATION').props.checked).toBe(true);
  });

  it('tells below the steps what was measured and what check-ins can find', async () => {
    backend.answer('getProgram', program());

    const settings = await openSettings();

    const titles = settings.findAll(Accordion).map((part) => part.props.title);
    expect(titles.slice(5)).toEqual([
      'Advanced',
      'What changed, and who changed it',
      'Leave',
      'What check-ins can find, and what they cannot',
      'How well customers remember',
    ]);
    expect(linesOf(settings)).toEqual(
      expect.arrayContaining(['130 calls, about 13 hours', '32%, assumed', 'Measured each day.']),
    );
  });

  it('turns away whoever is not an admin', async () => {
    backend.react('getProgram', () => ({ status: 403, body: { code: 'forbidden', message: 'No.' } }));

    const settings = await openSettings();

    expect(linesOf(settings)).toEqual([
      'Only admins open the settings. How the program works is on the app’s home page.',
    ]);
  });
});
