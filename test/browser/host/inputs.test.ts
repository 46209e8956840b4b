import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  eventsOf,
  expectEvent,
  START_TIMEOUT_MS,
  startHostSession,
  TEST_TIMEOUT_MS,
  type HostSession,
} from '../support/host-session.ts';

const WORDS = 'You would have to get a salesperson from your company to call on me, and soon.';

describe('inputs on the record page', () => {
  let session: HostSession;
  let page: Page;

  beforeAll(async () => {
    session = await startHostSession();
    page = await session.openSection('Inputs');
  }, START_TIMEOUT_MS);

  afterAll(() => session.close(), START_TIMEOUT_MS);

  const labeled = (label: string) => page.getByLabel(label, { exact: false });

  it(
    'lose no keystroke of a text that the extension echoes late',
    async () => {
      const slow = labeled('Slow echo');

      await slow.fill('');
      await slow.pressSequentially(WORDS, { delay: 0 });
      await page.keyboard.press('Tab');

      await expectEvent(page, `slow changed: ${WORDS}`);
      expect(await slow.inputValue()).toBe(WORDS);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'keep a text that is emptied and typed anew faster than its echo comes back',
    async () => {
      const slow = labeled('Slow echo');
      await slow.fill('');

      for (const key of ['a', 'Backspace', 'b', 'Backspace', 'c', 'd']) await page.keyboard.press(key);

      await page.getByText('Heard: cd', { exact: true }).waitFor();
      expect(await slow.inputValue()).toBe('cd');
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'are emptied by the extension',
    async () => {
      const words = labeled("In Dana's words");
      await words.fill('to be cleared');

      await page.getByRole('button', { name: 'Clear words' }).click();

      await expectEvent(page, 'words are: to be cleared');
      await expect(poll(() => words.inputValue(), '')).resolves.toBe('');
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'lose no keystroke of a text that the extension takes only when it changed',
    async () => {
      const note = labeled('Only on change');

      await note.pressSequentially(WORDS, { delay: 0 });
      const before = await eventsOf(page);
      await page.keyboard.press('Tab');

      await expectEvent(page, `note changed: ${WORDS}`);
      expect(before.filter((event) => event.includes('note changed'))).toEqual([]);
      expect(await note.inputValue()).toBe(WORDS);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'report an uncontrolled text with every key',
    async () => {
      const free = labeled('Uncontrolled');

      await free.press('End');
      await free.pressSequentially('ed');

      await expectEvent(page, 'free input: starte');
      await expectEvent(page, 'free input: started');
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'tie a faulty field to its message',
    async () => {
      const faulty = labeled('Faulty');

      expect(await faulty.getAttribute('aria-invalid')).toBe('true');
      expect(await descriptionOf(page, 'Faulty')).toBe('Please fill this in');
      expect(await descriptionOf(page, "In Dana's words")).toBe('Their words, not a summary.');
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'count months from 0',
    async () => {
      await labeled('By when').fill('2026-11-24');

      await expectEvent(page, 'date: {"year":2026,"month":10,"date":24,"formattedDate":"2026-11-24"}');
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'say so when a date is before the earliest',
    async () => {
      await labeled('By when').fill('2026-10-31');

      await page.getByText('This date is too early').waitFor();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'give times as hours and minutes, and numbers as numbers',
    async () => {
      await page.getByLabel('At', { exact: true }).fill('14:30');
      await labeled('Calls a week').fill('10');
      await labeled('Credit').fill('12.5');
      await page.getByRole('button', { name: 'More: Days' }).click();

      for (const event of ['time: {"hours":14,"minutes":30}', 'number: 10', 'currency: 12.5', 'stepper: 6']) {
        await expectEvent(page, event);
      }
      expect(await page.getByRole('button', { name: 'More: Days' }).isDisabled()).toBe(true);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'give a choice in the type of its value',
    async () => {
      const select = labeled('When did someone last talk with you?');

      await select.selectOption({ label: 'Two' });
      await select.selectOption({ label: 'Never' });

      await expectEvent(page, 'select: 2');
      await expectEvent(page, 'select: "NEVER"');
      expect(await select.locator('option:checked').innerText()).toBe('Never');
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'choose several by keyboard and close the list by Esc',
    async () => {
      const opener = page.getByRole('button', { name: 'Reps' });
      await opener.focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await page.keyboard.press('Escape');

      await expectEvent(page, 'multi: tom+mia');
      expect(await opener.innerText()).toBe('Tom, Mia');
      expect(await opener.getAttribute('aria-expanded')).toBe('false');
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'switch checkboxes, radio buttons, toggles and groups',
    async () => {
      await page.getByLabel('The customer was not sure').check();
      await page.getByLabel('video').click();
      await page.getByRole('switch', { name: 'Listening only' }).press('Space');
      await page.getByLabel('Monday').check();
      await page.getByLabel('Tuesday').check();
      await page.getByLabel('The record is wrong').check();

      const expected = [
        'checkbox: true',
        'radio: video',
        'toggle: true',
        'days: mon+tue',
        'what: WRONG_RECORD',
      ];
      for (const event of expected) await expectEvent(page, event);
      await expect(poll(() => page.getByLabel('phone').isChecked(), false)).resolves.toBe(false);
      expect(await page.getByLabel('video').isChecked()).toBe(true);
    },
    TEST_TIMEOUT_MS,
  );
});

describe('a form on the record page', () => {
  let session: HostSession;

  beforeAll(async () => {
    session = await startHostSession();
  }, START_TIMEOUT_MS);

  afterAll(() => session.close(), START_TIMEOUT_MS);

  it(
    'submits on Enter with every value, after telling of the text being typed',
    async () => {
      const page = await session.openSection('Form');
      await page.getByLabel('How many').fill('2');
      await page.getByLabel('Due').fill('2026-12-01');
      await page.getByLabel('Owner').selectOption({ label: 'Ana' });
      await page.getByLabel('Tell the customer').check();

      await page.getByLabel('What did you promise?').pressSequentially('A visit');
      await page.keyboard.press('Enter');

      await expectEvent(page, 'submit');
      const events = (await eventsOf(page)).slice(-2);
      expect(events).toEqual([
        'promise changed: A visit',
        'submit {"what":"A visit","count":2,"due":{"year":2026,"month":11,"date":1},"owner":"ana","tell":true}',
      ]);
    },
    TEST_TIMEOUT_MS,
  );
});

/** Reads until the value is as wanted or five seconds are over, and gives the last reading. */
async function poll<T>(read: () => Promise<T>, wanted: T): Promise<T> {
  const until = Date.now() + 5000;
  for (;;) {
    const value = await read();
    if (value === wanted || Date.now() > until) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function descriptionOf(page: Page, label: string): Promise<string> {
  const ids = (await page.getByLabel(label).getAttribute('aria-describedby')) ?? '';
  return page.evaluate(
    (all) =>
      all
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join(' '),
    ids,
  );
}
