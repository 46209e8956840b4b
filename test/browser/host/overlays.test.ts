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

describe('overlays on the record page', () => {
  let session: HostSession;
  let page: Page;

  beforeAll(async () => {
    session = await startHostSession();
    page = await session.openSection('Overlays');
  }, START_TIMEOUT_MS);

  afterAll(() => session.close(), START_TIMEOUT_MS);

  const focusedText = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  const focusIsInDialog = () => page.evaluate(() => document.activeElement?.closest('dialog') !== null);

  it(
    'open a panel that keeps the focus inside and gives it back on Esc',
    async () => {
      const opener = page.getByRole('button', { name: 'Open panel' });
      await opener.focus();
      await page.keyboard.press('Enter');
      const panel = page.getByRole('dialog', { name: 'Reply' });
      await panel.waitFor();

      for (let presses = 0; presses < 3; presses += 1) {
        expect(await focusIsInDialog()).toBe(true);
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press('Escape');

      await panel.waitFor({ state: 'detached' });
      expect(await focusedText()).toBe('Open panel');
      await expectEvent(page, 'panel closed');
      expect((await eventsOf(page)).slice(-3)).toEqual(['opening the panel', 'panel open', 'panel closed']);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'let the extension close a panel through the reactions of its handler',
    async () => {
      await page.getByRole('button', { name: 'Open panel' }).click();

      await page.getByRole('button', { name: 'Send reply' }).click();

      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await focusedText()).toBe('Open panel');
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'let the extension close a modal through closeOverlay',
    async () => {
      await page.getByRole('button', { name: 'Open modal' }).click();
      await page.getByRole('dialog', { name: 'Are you sure?' }).waitFor();

      await page.getByRole('button', { name: 'Keep it' }).click();

      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await focusedText()).toBe('Open modal');
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'close with the button in their corner',
    async () => {
      await page.getByRole('button', { name: 'Open modal' }).click();

      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await focusedText()).toBe('Open modal');
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'move through a dropdown by arrows, choose by Enter and leave by Esc',
    async () => {
      const opener = page.getByRole('button', { name: "Didn't reach Dana" });
      await opener.focus();
      await page.keyboard.press('ArrowDown');
      expect(await focusedText()).toBe('No answer');
      await page.keyboard.press('Escape');
      expect(await focusedText()).toBe("Didn't reach Dana");

      await page.keyboard.press('Enter');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');

      await expectEvent(page, 'left message');
      expect(await opener.getAttribute('aria-expanded')).toBe('false');
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'open a modal from an item of a dropdown that closes meanwhile',
    async () => {
      await page.getByRole('button', { name: "Didn't reach Dana" }).click();
      await page.getByRole('menuitem', { name: 'Skip with a reason' }).click();

      const modal = page.getByRole('dialog', { name: 'Skip with a reason' });
      await modal.getByLabel('Reason').fill('On holiday');
      await page.keyboard.press('Escape');

      await modal.waitFor({ state: 'detached' });
      expect(await focusedText()).toContain("Didn't reach Dana");
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'show a tooltip to the pointer and to the keyboard',
    async () => {
      const button = page.getByRole('button', { name: 'Hover me' });
      const tooltip = page.getByRole('tooltip', { name: 'Only admins can do this' });
      const showsTip = () => page.getByText('Only admins can do this').isVisible();

      expect(await showsTip()).toBe(false);
      await button.hover();
      await page.getByText('Only admins can do this').waitFor();
      await page.mouse.move(0, 0);
      await button.focus();
      await page.getByText('Only admins can do this').waitFor();
      await page.keyboard.press('Escape');

      expect(await tooltip.isVisible()).toBe(false);
    },
    TEST_TIMEOUT_MS,
  );
});
