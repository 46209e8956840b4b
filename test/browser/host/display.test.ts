import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { screenshot } from '../support/browser.ts';
import {
  expectEvent,
  recordAddress,
  START_TIMEOUT_MS,
  startHostSession,
  TEST_TIMEOUT_MS,
  type HostSession,
} from '../support/host-session.ts';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Violation {
  id: string;
  impact: string;
  nodes: { html: string; failureSummary: string }[];
}

/** The faults that keep people out, as short lines. */
async function graveFaults(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(axePath, 'utf8'));
  const result = await page.evaluate('axe.run(document, {resultTypes: ["violations"]})');
  return (result as { violations: Violation[] }).violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}

describe('components on the record page', () => {
  let session: HostSession;

  beforeAll(async () => {
    session = await startHostSession();
  }, START_TIMEOUT_MS);

  afterAll(() => session.close(), START_TIMEOUT_MS);

  it(
    'tell the extension of clicks on what can be clicked',
    async () => {
      const page = await session.openSection('Display');
      await page.getByRole('button', { name: 'Primary' }).click();
      await page.getByRole('button', { name: 'Clickable tag' }).click();
      await page.getByRole('button', { name: 'Act like a link' }).click();
      await page.getByRole('button', { name: 'A gray square' }).click();
      await page.getByRole('button', { name: /Promise/ }).click();

      for (const event of ['button click', 'tag', 'link', 'image', 'sort ascending'])
        await expectEvent(page, event);
      expect(await page.getByRole('columnheader', { name: /Promise/ }).getAttribute('aria-sort')).toBe(
        'ascending',
      );
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'fold and unfold by keyboard',
    async () => {
      const page = await session.openSection('Display');
      const title = page.getByRole('button', { name: 'More about this' });
      expect(await page.getByText('Hidden until opened').isVisible()).toBe(false);

      await title.press('Enter');

      await page.getByText('Hidden until opened').waitFor();
      expect(await title.getAttribute('aria-expanded')).toBe('true');
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'keep a loading button from a second click',
    async () => {
      const page = await session.openSection('Display');
      const save = page.getByRole('button', { name: 'Save' });

      await save.click();
      await page.getByRole('button', { name: 'Save', disabled: true }).waitFor();
      await save.click({ force: true });
      await page.getByRole('button', { name: 'Stop loading' }).click();
      await page.getByRole('button', { name: 'Save', disabled: false }).waitFor();

      expect(await page.getByText('loading', { exact: true }).count()).toBe(1);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'turn the pages of a table',
    async () => {
      const page = await session.openSection('Display');

      await page.getByRole('button', { name: 'Next' }).click();

      await page.getByText('Visit on page 2').waitFor();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'move between tabs by arrows, past a closed one',
    async () => {
      const page = await session.openSection('Failures');

      await page.keyboard.press('ArrowRight');
      await expectEvent(page, 'tab display');
      await page.keyboard.press('End');

      await expectEvent(page, 'tab failures');
      expect(await page.getByText('Never seen').isVisible()).toBe(false);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'give assistive technology the numbers of a chart',
    async () => {
      const page = await session.openSection('Display');

      const table = page.getByRole('table', { name: 'Calls by quarter' });

      expect(await table.getByRole('row').allInnerTexts()).toEqual([
        'Quarter\tkept\tmissed',
        'Q1\t12\t3',
        'Q2\t19\t5',
      ]);
    },
    TEST_TIMEOUT_MS,
  );

  it.each(['Display', 'Inputs', 'Form', 'Overlays', 'Actions', 'Failures'])(
    'have no grave accessibility fault in the section %s, at both widths',
    async (section) => {
      for (const width of [1280, 800]) {
        const page = await session.openSection(section, width);
        await page.waitForLoadState('networkidle');

        expect(await graveFaults(page)).toEqual([]);
        await screenshot(page, `host-${section.toLowerCase()}-${width}`);
        await page.context().close();
      }
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'have none in an open panel, modal and menu',
    async () => {
      for (const opener of ['Open panel', 'Open modal', "Didn't reach Dana"]) {
        const page = await session.openSection('Overlays');
        await page.getByRole('button', { name: opener }).click();
        await page.locator('dialog[open], [role=menu]:not([hidden])').waitFor();

        expect(await graveFaults(page)).toEqual([]);
        await screenshot(page, `host-${opener.replace(/\W+/g, '-').toLowerCase()}`);
        await page.context().close();
      }
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'fit a page of 800 pixels without scrolling sideways',
    async () => {
      const { page, close } = await session.open(recordAddress(), 800);
      await page.getByText('Hello Ana').waitFor();

      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

      expect(overflow).toBeLessThanOrEqual(0);
      await close();
    },
    TEST_TIMEOUT_MS,
  );
});
