import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { graveFaultsOf } from '../support/accessibility.ts';
import { cardOf, countedKeys, listenToCards, moveClock, sidebarOf, viewAs } from '../support/card-page.ts';
import {
  PEOPLE,
  SANDBOX_START_TIMEOUT_MS,
  startSandboxSession,
  type SandboxSession,
} from '../support/sandbox-session.ts';

const STEP_TIMEOUT_MS = 120_000;
const FINDING = 'Two answers differ from the log';

/** One customer, one conversation, everybody who may hear of it: each test goes on where the one before it stopped. */
describe('the customer nobody called, from the manager’s click to the rep’s reply', () => {
  let session: SandboxSession;
  let page: Page;
  let problems: string[];
  let replies: ReturnType<typeof listenToCards>;
  let words: string;
  let logged: string[];

  beforeAll(async () => {
    session = await startSandboxSession();
    const [account] = session.seeded.truth.accounts;
    if (account === undefined) throw new Error('The seeded team has no accounts.');
    words = account.answer.words;
    const calls = session.seeded.document.objects['calls'] ?? [];
    logged = account.unservedCallIds.flatMap((id) => {
      const call = calls.find((one) => one.id === id);
      return [id, call?.properties['hs_call_title'] ?? id];
    });
    ({ page, problems } = await session.openRecord(account.companyId, { as: PEOPLE.manager }));
    replies = listenToCards(page);
    await page.reload();
  }, SANDBOX_START_TIMEOUT_MS);

  afterAll(() => session.close(), STEP_TIMEOUT_MS);

  it(
    'asks the question without showing anything of the log, in the page or in what it was told',
    async () => {
      const card = cardOf(page);
      await card.getByText('What can we do to provide you with better service?').waitFor();
      await card.getByText('Ask Dana Ruiz').waitFor();

      const told = [
        await card.innerText(),
        await sidebarOf(page).innerText(),
        ...replies.map(({ body }) => body),
      ];

      expect(replies.length).toBeGreaterThan(0);
      expect(logged.length).toBe(12);
      for (const detail of logged) for (const text of told) expect(text).not.toContain(detail);
      expect(told.join(' ')).not.toMatch(/"finding(Id)?":"|differ|no conflict/i);
      expect(await graveFaultsOf(page)).toEqual([]);
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'takes the words and both recall answers by keyboard alone and saves them with time to undo',
    async () => {
      const card = cardOf(page);
      await page.getByRole('tab', { name: 'Service check-in' }).focus();
      const keys = countedKeys(page);
      const startedMs = Date.now();

      await keys.tabTo(card.getByLabel('In Dana’s words'));
      await keys.type(words);
      await keys.tabTo(card.getByRole('button', { name: 'If they have a minute' }));
      await keys.press('Enter');
      await keys.tabTo(card.getByLabel(/about when did someone/));
      await keys.choose('Nev');
      await keys.tabTo(card.getByLabel(/about how many times/));
      await keys.choose('0');
      await keys.tabTo(card.getByRole('button', { name: 'I asked. Save' }));
      await keys.press('Enter');
      await card.getByText('Saved').waitFor();

      say(`with both recall answers: ${keys.pressed()} keystrokes besides the words, ${since(startedMs)}`);
      await card.getByText('Tom gets these words at 9:4').waitFor();
      await card.getByRole('button', { name: 'Undo' }).waitFor();
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'then shows what the log says, with its reason, and no word of blame',
    async () => {
      const card = cardOf(page);
      await card.getByText(FINDING).waitFor({ timeout: 30_000 });

      await card.getByRole('button', { name: 'How we compared' }).click();
      await card.getByText(/Fewer than 1 in \d+/i).waitFor();

      const text = await card.innerText();
      expect(text).toContain('The answers and the log do not match. Honest logs get this too.');
      expect(text).toContain('Tom sees this first and can reply until Nov 18. Nothing to do now.');
      expect(text).not.toMatch(/\b(false|fake|lie[ds]?|suspicious|fraud|violation|dishonest)\b/i);
      expect(await graveFaultsOf(page)).toEqual([]);
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'opens one issue with one dated promise',
    async () => {
      const card = cardOf(page);
      await card.getByRole('button', { name: 'Name the issue differently' }).click();
      await card.getByLabel('What do they want fixed?').fill('Visit requested');
      await card.getByLabel('What did you promise?').fill('Tom visits the plant');
      await card.getByLabel('Who', { exact: true }).selectOption({ label: 'Tom Baker' });

      await card.getByRole('button', { name: 'Add promise' }).click();

      await card.getByText('Issue opened: Visit requested').waitFor();
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'keeps the words from the rep until the time to undo is over',
    async () => {
      await viewAs(page, PEOPLE.rep);
      await cardOf(page).getByText('Who sees what, and when').waitFor();

      const text = await cardOf(page).innerText();

      expect(text).not.toContain(words);
      expect(text).not.toContain(FINDING);
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'gives the rep the words, the promise and the difference in a neutral tile a quarter of an hour later',
    async () => {
      await moveClock(page, '+15 minutes');

      const card = cardOf(page);
      await card.getByText(words).waitFor();
      await card.getByText(FINDING).waitFor();
      await card.getByRole('cell', { name: 'Tom visits the plant' }).waitFor();
      const tag = card.locator('.ui-status').filter({ hasText: FINDING });
      expect(await tag.getAttribute('class')).not.toMatch(/danger|error|warning/);
      await expectProperty(session, { name: 'sci_open_issues', value: '1' });
      expect(await card.innerText()).toContain('You can reply until Nov 18');
      expect(await graveFaultsOf(page)).toEqual([]);
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'takes the rep’s reply by keyboard alone, through a panel',
    async () => {
      const card = cardOf(page);
      await page.getByRole('tab', { name: 'Service check-in' }).focus();
      const keys = countedKeys(page);
      const startedMs = Date.now();

      await keys.tabTo(card.getByRole('button', { name: 'Reply', exact: true }));
      await keys.press('Enter');
      const panel = page.getByRole('dialog', { name: 'Your reply' });
      await keys.tabTo(panel.getByRole('radio').first());
      await keys.press('ArrowDown');
      expect(await panel.getByLabel('The record is wrong').isChecked()).toBe(true);
      await keys.tabTo(panel.getByLabel('One sentence'));
      await keys.type('I logged the calls I meant to make. I visit Dana this week.');
      expect(await graveFaultsOf(page)).toEqual([]);
      await keys.tabTo(panel.getByRole('button', { name: 'Send reply' }));
      await keys.press('Enter');
      await panel.waitFor({ state: 'detached' });
      await card.getByText('I visit Dana this week.').waitFor();

      say(`a reply: ${keys.pressed()} keystrokes besides the words, ${since(startedMs)}`);
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'tells another rep and a viewer the date and the number of open issues, and nothing else',
    async () => {
      for (const userId of [PEOPLE.otherRep, PEOPLE.viewer]) {
        await viewAs(page, userId);
        await cardOf(page).getByText('Last check-in Nov 10').waitFor();
        await cardOf(page).getByText('1 open issue').waitFor();

        const own = replies.filter((reply) => reply.userId === userId);
        const told = [await cardOf(page).innerText(), ...own.map(({ body }) => body)].join('\n');

        expect(own.length).toBeGreaterThan(0);
        for (const secret of [words, FINDING, 'differ', 'Dana', 'Visit requested', ...logged])
          expect(told).not.toContain(secret);
      }
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'shows the manager the reply and lets the manager decide',
    async () => {
      await viewAs(page, PEOPLE.manager);
      const card = cardOf(page);
      await card.getByText('I visit Dana this week.').waitFor();

      await card.getByRole('button', { name: 'Accept the reply' }).click();

      await card.getByText('Explained', { exact: true }).waitFor();
      expect(await graveFaultsOf(page)).toEqual([]);
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'leaves in HubSpot a finished task, the words’ announcement and a note, none of which tells of a difference',
    async () => {
      await session.sandbox.settle();

      const tasks = await session.objects('tasks');
      const notes = await session.objects('notes');

      const subjects = tasks.map(({ properties }) => properties['hs_task_subject']);
      expect(subjects).toContain('Customer words are waiting');
      const done = tasks.filter(({ properties }) => properties['hs_task_status'] === 'COMPLETED');
      expect(done.map(({ properties }) => properties['hs_task_subject'])).toContain(
        'Service check-in: Cedar Falls Packaging',
      );
      expect(JSON.stringify([tasks, notes])).not.toMatch(/differ|do not match|do not fully match/i);
      expect(problems).toEqual([]);
    },
    STEP_TIMEOUT_MS,
  );
});

async function expectProperty(
  session: SandboxSession,
  wanted: { name: string; value: string },
): Promise<void> {
  await session.sandbox.settle();
  const [account] = session.seeded.truth.accounts;
  const companies = await session.objects(`companies/${account?.companyId ?? ''}`);
  expect(JSON.stringify(companies)).toContain(`"${wanted.name}":"${wanted.value}"`);
}

function say(line: string): void {
  process.stdout.write(`  ${line}\n`);
}

function since(startedMs: number): string {
  return `${((Date.now() - startedMs) / 1000).toFixed(1)} s`;
}
