import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { screenshot } from '../support/browser.ts';
import { PORTAL_ID, REP_ID } from '../support/fake-simulator.ts';
import {
  recordAddress,
  START_TIMEOUT_MS,
  startHostSession,
  TEST_TIMEOUT_MS,
  type HostSession,
} from '../support/host-session.ts';

describe('the pages around the extensions', () => {
  let session: HostSession;

  beforeAll(async () => {
    session = await startHostSession();
  }, START_TIMEOUT_MS);

  afterAll(() => session.close(), START_TIMEOUT_MS);

  it(
    'say on every page that this is not HubSpot',
    async () => {
      const addresses = [
        '/',
        `/companies/${PORTAL_ID}`,
        recordAddress(),
        `/home/${PORTAL_ID}`,
        `/settings/${PORTAL_ID}`,
      ];

      for (const address of addresses) {
        const { page, problems, close } = await session.open(address);
        await page.getByText('Local preview, not HubSpot').waitFor();
        await page.getByRole('main').waitFor();
        expect(problems).toEqual([]);
        await close();
      }
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'lead from the account over the search to a record with the card in front',
    async () => {
      const { page, close } = await session.open('/');
      await page.getByRole('link', { name: 'Acme Industrial Supply' }).click();
      await page.getByText('1–50').waitFor();
      await page.getByLabel('Search companies').fill('plant');
      await page.getByText('1–1').waitFor();
      await screenshot(page, 'host-companies');

      await page.getByRole('link', { name: 'Acme Plant' }).click();

      await page.getByText('Ana looks at').waitFor();
      await page.goBack();
      await page.getByText('1–50').waitFor();
      await close();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'turn the pages of a long list',
    async () => {
      const { page, close } = await session.open(`/companies/${PORTAL_ID}`);
      await page.getByText('1–50').waitFor();

      await page.getByRole('button', { name: 'Next' }).click();

      await page.getByText('51–100').waitFor();
      await page.getByRole('link', { name: 'Customer 060' }).waitFor();
      await close();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'show what is logged, newest first, and filter it',
    async () => {
      const { page, close } = await session.open(recordAddress('?tab=activities'));
      await page.getByText('Talked about deliveries').waitFor();
      await screenshot(page, 'host-activities');

      await page.getByRole('button', { name: 'Notes' }).click();

      expect(await page.getByRole('article').allInnerTexts()).toEqual([
        expect.stringContaining('A neutral note'),
      ]);
      await close();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'tick off a task as a person does in HubSpot',
    async () => {
      const { page, close } = await session.open(recordAddress('?tab=tasks'));
      await page.getByLabel('Service check-in: Dana Ruiz').click();

      await page.getByText('Completed Mar 12, 2031').waitFor();

      expect(session.simulator.tasks[0]?.properties['hs_task_status']).toBe('COMPLETED');
      await close();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'switch the record’s tabs by arrows and keep the tab in the address',
    async () => {
      const { page, close } = await session.open(recordAddress('?tab=overview'));
      await page.getByText('Data highlights').waitFor();

      await page.getByRole('tab', { name: 'Overview' }).press('ArrowRight');

      await page.getByText('Talked about deliveries').waitFor();
      expect(new URL(page.url()).searchParams.get('tab')).toBe('activities');
      await close();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'run the app’s pages and follow its links inside them',
    async () => {
      const { page, close } = await session.open(`/home/${PORTAL_ID}?as=${REP_ID}`);
      await page.getByRole('heading', { name: 'Index page' }).waitFor();

      await page.getByRole('link', { name: 'Open customer 7' }).click();
      await page.getByText('Customer 7').waitFor();
      await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByText('Index').click();
      await page.getByRole('button', { name: 'Go to customer 8' }).click();

      // The button that leads there says "customer 8" too: the address tells when the page has changed.
      await page.waitForURL('**/customers/8*');
      await page.getByText('Customer 8', { exact: true }).waitFor();
      expect(new URL(page.url()).pathname).toBe(`/home/${PORTAL_ID}/customers/8`);
      await close();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'run the settings page with the viewer’s permissions',
    async () => {
      const admin = await session.open(`/settings/${PORTAL_ID}`);
      const rep = await session.open(`/settings/${PORTAL_ID}?as=${REP_ID}`);

      await admin.page.getByText('settings for Ana, 1 permissions').waitFor();
      await rep.page.getByText('settings for Tom, 0 permissions').waitFor();

      await admin.close();
      await rep.close();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'say so when there is no such account or company',
    async () => {
      const account = await session.open('/companies/5');
      const company = await session.open(`/record/${PORTAL_ID}/company/5`);

      await account.page.getByText('There is no such account in this sandbox.').waitFor();
      await company.page.getByText('no such company').waitFor();

      await account.close();
      await company.close();
    },
    TEST_TIMEOUT_MS,
  );
});
