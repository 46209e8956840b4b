import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { graveFaultsOf } from '../support/accessibility.ts';
import { cardOf } from '../support/card-page.ts';
import { PEOPLE, SANDBOX_START_TIMEOUT_MS } from '../support/sandbox-session.ts';
import { intercept, openStage, type Stage } from './stage.ts';

const STEP_TIMEOUT_MS = 60_000;
const WORDS = 'Call before the truck comes, so that dock 2 is free.';
const SAVE = /^\/api\/check-ins$/;
const DRAFT = /^\/api\/drafts\/\d+$/;
const READ = /^\/api\/companies\//;

/** A draft that failed once is sent again after three seconds. */
const LONGER_THAN_A_RETRY_MS = 5_000;

const refusal = (status: number, code: string, message: string) => ({
  status,
  body: { code, message, requestId: 'req-1', hint: 'Please try again.' },
});
/** Calls to these paths that can be refused for a while. */
async function breakable(page: Page, path: RegExp) {
  let isBroken = false;
  let refusals = 0;
  await page.route('**/host/control/fetch', async (route) => {
    const sent = route.request().postDataJSON() as { url: string };
    if (!isBroken || !path.test(new URL(sent.url).pathname)) return route.fallback();
    refusals += 1;
    const headers = { 'content-type': 'application/json' };
    const reply = refusal(503, 'unavailable', 'We cannot save right now.');
    return route.fulfill({ json: { ...reply, headers, attempts: 1 } });
  });
  return {
    break: () => {
      isBroken = true;
      refusals = 0;
    },
    heal: () => {
      isBroken = false;
    },
    /** Waits until at least one call was refused. */
    refused: async () => {
      while (refusals === 0) await page.waitForTimeout(100);
    },
  };
}

const notInstalled = refusal(409, 'not_installed', 'Service check-in is disconnected.');
const envelope = {
  status: 200,
  body: {
    status: 'error',
    category: 'BAD_GATEWAY',
    context: { appServerStatusCode: ['503'] },
    responseBody: JSON.stringify({
      code: 'unavailable',
      message: 'We cannot save right now.',
      requestId: 'req-2',
    }),
  },
};

type Reply = Parameters<typeof intercept>[2];

describe('a card whose backend fails', () => {
  let stage: Stage;
  let companyId: string;

  beforeAll(async () => {
    stage = await openStage();
    companyId = stage.accounts[0]?.companyId ?? '';
  }, SANDBOX_START_TIMEOUT_MS);

  afterAll(() => stage.close(), STEP_TIMEOUT_MS);

  it.each<[string, Reply, RegExp]>([
    ['a refusal of too many requests', refusal(429, 'rate_limited', 'That was quick.'), /That was quick/],
    ['a conflict', refusal(409, 'conflict', 'It was saved already.'), /It was saved already/],
    ['an error of the server', refusal(500, 'internal', 'Our side failed.'), /Our side failed/],
    ['a body that is no JSON', { status: 502, body: '<html>Bad gateway</html>' }, /went wrong on our side/],
    ['HubSpot’s own envelope around a refusal', envelope, /We cannot save right now/],
    ['a connection that breaks', 'reset', /No answer came back/],
    ['a disconnected account', notInstalled, /is disconnected/],
  ])(
    'says so beside the save and keeps every word after %s, and the next try goes through',
    async (_what, reply, said) => {
      const { page, close } = await stage.openTab(companyId, PEOPLE.manager, 1280);
      const card = cardOf(page);
      await card.getByLabel('In Dana’s words').fill(WORDS);
      await intercept(page, SAVE, reply);

      await card.getByRole('button', { name: 'I asked. Save' }).click();

      await card.getByText('Not saved yet').waitFor();
      await card.getByText(said).first().waitFor();
      expect(await card.getByLabel('In Dana’s words').inputValue()).toBe(WORDS);
      expect(await graveFaultsOf(page)).toEqual([]);
      await card.getByText('Draft kept').waitFor();

      await page.unrouteAll();
      await page.reload();
      expect(await card.getByLabel('In Dana’s words').inputValue()).toBe(WORDS);
      await card.getByRole('button', { name: 'I asked. Save' }).click();
      await card.getByText('Saved', { exact: true }).waitFor();
      await card.getByRole('button', { name: 'Undo' }).click();
      await card.getByRole('button', { name: 'I asked. Save' }).waitFor();
      await close();
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'gives up after fifteen seconds of silence, with the words still there',
    async () => {
      const { page, close } = await stage.openTab(companyId, PEOPLE.manager, 1280);
      const card = cardOf(page);
      await card.getByLabel('In Dana’s words').fill(WORDS);
      await intercept(page, SAVE, 'silence');

      await card.getByRole('button', { name: 'I asked. Save' }).click();

      await card.getByText('No answer came back. What you typed is still here.').waitFor({ timeout: 25_000 });
      expect(await card.getByLabel('In Dana’s words').inputValue()).toBe(WORDS);
      await close();
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'keeps the words once drafts can be kept again, across a switch of record and a save, after which none come back',
    async () => {
      const { page, close } = await stage.openTab(companyId, PEOPLE.manager, 1280);
      const card = cardOf(page);
      const here = page.url();
      // Other words than the tests before leave as a draft: only a change is kept.
      const typed = `${WORDS} Since spring.`;
      const drafts = await breakable(page, DRAFT);
      drafts.break();
      await card.getByLabel('In Dana’s words').fill(typed);
      await drafts.refused();
      drafts.heal();

      await card.getByText('Draft kept').waitFor();
      await page.goto(here.replace(companyId, stage.accounts[1]?.companyId ?? ''));
      await card.getByRole('button', { name: 'I asked. Save' }).waitFor();
      await page.goto(here);
      await card.getByRole('button', { name: 'I asked. Save' }).waitFor();

      expect(await card.getByLabel('In Dana’s words').inputValue()).toBe(typed);
      drafts.break();
      await card.getByLabel('In Dana’s words').fill(`${typed} Thank you.`);
      await drafts.refused();
      await card.getByRole('button', { name: 'I asked. Save' }).click();
      await card.getByText('Saved', { exact: true }).waitFor();
      drafts.heal();
      await page.waitForTimeout(LONGER_THAN_A_RETRY_MS);
      const stored = await stage.ask(PEOPLE.manager, `GET /api/companies/${companyId}`);
      expect(stored).toMatchObject({ state: 'done', draft: null });
      await card.getByRole('button', { name: 'Undo' }).click();
      await card.getByRole('button', { name: 'I asked. Save' }).waitFor();
      await close();
    },
    // It waits for several tries, in real time.
    2 * STEP_TIMEOUT_MS,
  );

  it(
    'loads on the second try after an error',
    async () => {
      const { page, close } = await stage.openAt('/', { as: PEOPLE.manager });
      await intercept(page, READ, refusal(500, 'internal', 'Our side failed.'));
      await page.goto(
        `${stage.sandbox.url}/record/${stage.portalId}/company/${companyId}?tab=check-in&as=${PEOPLE.manager}`,
      );
      await cardOf(page).getByText('This could not be loaded').waitFor();
      await page.unrouteAll();

      await cardOf(page).getByRole('button', { name: 'Try again' }).click();

      await cardOf(page).getByText('Ask Dana Ruiz').waitFor();
      await close();
    },
    STEP_TIMEOUT_MS,
  );
});
