import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { screenshot } from '../support/browser.ts';
import { MANAGER_ID, PORTAL_ID, REP_ID } from '../support/fake-simulator.ts';
import {
  expectEvent,
  recordAddress,
  START_TIMEOUT_MS,
  startHostSession,
  TEST_TIMEOUT_MS,
  type HostSession,
} from '../support/host-session.ts';

describe('an extension on the record page', () => {
  let session: HostSession;

  beforeAll(async () => {
    session = await startHostSession();
  }, START_TIMEOUT_MS);

  afterAll(() => session.close(), START_TIMEOUT_MS);

  beforeEach(() => {
    session.simulator.fetched.length = 0;
    session.simulator.properties['city'] = 'Joliet';
    session.simulator.answer = () => ({ status: 200, body: { greeting: 'hello' } });
  });

  it(
    'learns who looks, at what and where, in the tab and in the sidebar',
    async () => {
      const { page, close } = await session.open(recordAddress(`?as=${REP_ID}`));

      await page.getByText('Tom looks at 0-2 9100000001 in crm.record.tab').waitFor();
      await page.getByRole('complementary').getByText('Hello Tom').waitFor();
      await close();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'starts anew for another viewer',
    async () => {
      const { page, close } = await session.open(recordAddress());
      await page.getByText('Ana looks at').waitFor();

      await page.getByLabel('Viewing as').selectOption({ label: 'Tom Baker (Midwest)' });

      await page.getByText('Tom looks at').waitFor();
      expect(new URL(page.url()).searchParams.get('as')).toBe(String(REP_ID));
      await close();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'calls its backend through the signing proxy as the viewer',
    async () => {
      const page = await session.openSection('Actions');

      await page.getByRole('button', { name: 'Fetch', exact: true }).click();

      await page.getByText('Reply: 200 true {"greeting":"hello"}').waitFor();
      expect(session.simulator.fetched).toEqual([
        {
          portalId: PORTAL_ID,
          userId: MANAGER_ID,
          userEmail: 'ana.keller@example.com',
          url: 'https://checkin.example.com/api/home',
          method: 'POST',
          body: { a: 1 },
        },
      ]);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'gets an error status as a response, not as an exception',
    async () => {
      session.simulator.answer = () => ({ status: 422, body: { code: 'BAD' } });
      const page = await session.openSection('Actions');

      await page.getByRole('button', { name: 'Fetch a failure' }).click();

      await page.getByText('Reply: 422 false {"code":"BAD"}').waitFor();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'has no network of its own',
    async () => {
      const page = await session.openSection('Actions');

      await page.getByText('Network: undefined').waitFor();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'reads properties and associations, and hears of a change',
    async () => {
      const page = await session.openSection('Actions');
      await page.getByText('Acme Plant of Joliet, null').waitFor();
      await page.getByText('Contacts: Dana').waitFor();

      session.simulator.properties['city'] = 'Peoria';
      await page.getByRole('button', { name: 'Refresh' }).click();

      await page.getByText('Acme Plant of Peoria, null').waitFor();
      await page.getByRole('button', { name: 'Fetch properties' }).click();
      await expectEvent(page, 'city is Peoria');
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'hears of no change that came over the API, though the page shows it, until it asks',
    async () => {
      const page = await session.openSection('Actions');
      await page.getByText('Acme Plant of Joliet, null').waitFor();

      session.simulator.properties['city'] = 'Peoria';
      await page.getByRole('button', { name: 'Fetch', exact: true }).click();
      await page.getByLabel('Company', { exact: true }).getByText('Peoria').waitFor();
      await page.getByRole('button', { name: 'Fetch properties' }).click();
      await expectEvent(page, 'city is Peoria');
      const unasked = await page.getByText('Acme Plant of Peoria, null').count();
      await page.getByRole('button', { name: 'Refresh' }).click();

      await page.getByText('Acme Plant of Peoria, null').waitFor();
      expect(unasked).toBe(0);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'sees the simulated time, also after the clock was moved',
    async () => {
      const page = await session.openSection('Actions');
      await page.getByText('Year 2031').waitFor();

      await page.getByRole('button', { name: '+1 week' }).click();

      await page.getByText('Mon, Mar 17, 2031').waitFor();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'raises an alert, fills the clipboard, opens a frame and starts again',
    async () => {
      const page = await session.openSection('Actions');

      await page.getByRole('button', { name: 'Alert' }).click();
      await page.getByRole('status').getByText('Tom gets these words.').waitFor();
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await page.getByRole('button', { name: 'Copy' }).click();
      await expectEvent(page, 'copied');
      await page.getByRole('button', { name: 'Open frame' }).click();
      await page.getByRole('dialog', { name: 'A frame' }).getByRole('button', { name: 'Close' }).click();
      await expectEvent(page, 'frame closed');
      await page.getByRole('button', { name: 'Reload' }).click();

      await page.getByText('Strong words').waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('their words');
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'shows an error state when it fails while rendering, and leaves the page usable',
    async () => {
      const page = await session.openSection('Failures');

      await page.getByRole('button', { name: 'Fail while rendering' }).click();

      await page.getByRole('alert').getByText('the fixture fails while rendering', { exact: true }).waitFor();
      await page.getByText('Hello Ana').waitFor();
      await screenshot(page, 'host-failed-extension');
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'names the component that the page does not have',
    async () => {
      const page = await session.openSection('Failures');

      await page.getByRole('button', { name: 'Use an unmapped component' }).click();

      await page.getByRole('alert').getByText('Unknown component: CrmReport', { exact: true }).waitFor();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'goes on after a handler has failed',
    async () => {
      const page = await session.openSection('Failures');

      await page.getByRole('button', { name: 'Fail in a handler' }).click();
      await page.getByRole('tab', { name: 'Display' }).click();

      await page.getByText('Strong words').waitFor();
      expect(await page.getByRole('alert').getByText('the fixture fails').count()).toBe(0);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'shows an error state when its script cannot be loaded',
    async () => {
      const { page, close } = await session.open('/');
      await page.route('**/host/bundles/cards.js', (route) => route.fulfill({ status: 500, body: '' }));

      await page.goto(session.simulator.url + recordAddress());

      await page.getByText('This extension stopped working').first().waitFor();
      await close();
    },
    TEST_TIMEOUT_MS,
  );
});
