import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import nock from 'nock';
import { installApp } from '../../sandbox/install-app.ts';
import { copyBlankDatabase } from '../../scripts/tour/blank-database.ts';
import { createCardCaller } from '../../scripts/tour/card.ts';
import { createControl } from '../../scripts/tour/control.ts';
import { ANA, portalOf, TOM } from '../../scripts/tour/portal.ts';
import { submissionId } from '../../scripts/tour/setup.ts';
import { startChildSandbox, type ChildSandbox } from './support/child-sandbox.ts';
import { PATIENCE_MS } from './support/shared-world.ts';

nock.restore();
jest.setTimeout(PATIENCE_MS);

const PORTAL = 8900001;
const COMPANY = '3001';
const CANARY = 'Okapi-5521';

let stateDir: string;
const running = new Set<ChildSandbox>();

beforeEach(async () => {
  stateDir = await mkdtemp(path.join(tmpdir(), 'service-check-in-kill-'));
  await copyBlankDatabase(path.join(stateDir, 'database'));
});

afterEach(async () => {
  for (const one of running) await one.kill();
  running.clear();
  await rm(stateDir, { recursive: true, force: true });
});

async function start(): Promise<ChildSandbox> {
  const sandbox = await startChildSandbox(stateDir);
  running.add(sandbox);
  return sandbox;
}

const ana = ({ url }: ChildSandbox) => createCardCaller(url, PORTAL, ANA.userId);

async function install({ url, backendUrl }: ChildSandbox): Promise<void> {
  const control = createControl(url);
  await control.load(portalOf(PORTAL, [{ id: COMPANY, name: 'Elm Bakery', rep: TOM, contacts: [] }]));
  await installApp({ backendUrl, portalId: PORTAL, userId: ANA.userId });
  await control.advance(0);
}

function saveAnswer(sandbox: ChildSandbox, id: string) {
  return ana(sandbox).ask('recordCheckIn', {
    body: {
      submissionId: id,
      companyId: COMPANY,
      respondent: { contactId: null, name: 'Pat Person' },
      asked: true,
      words: CANARY,
      happenedOn: '2026-05-01',
      channel: 'phone',
    },
  });
}

describe('a sandbox that is killed', () => {
  it('has every recorded answer when it starts again, and repeats its reply', async () => {
    const first = await start();
    await install(first);
    const id = submissionId();
    const saved = await saveAnswer(first, id);
    await first.kill();

    const second = await start();
    const view = await ana(second).ask('getCompany', { companyId: COMPANY });
    const repeated = await saveAnswer(second, id);

    expect(view).toMatchObject({ role: 'manager', saved: { words: CANARY } });
    expect(repeated).toEqual(saved);
    // Nobody pressed Start yet: the answer waits, and nothing of it is in HubSpot.
    await createControl(second.url).advance(16 * 60_000);
    expect(await createControl(second.url).objects(PORTAL, 'notes', 'any')).toEqual([]);
    expect(first.output() + second.output()).not.toContain(CANARY);
    expect(first.output() + second.output()).not.toContain('Pat Person');
  });

  it('refuses a second start on its state, names who holds it, and goes on undisturbed', async () => {
    const first = await start();
    await install(first);

    const refusal = await startChildSandbox(stateDir).then(
      () => 'it started',
      (error: unknown) => String(error),
    );

    expect(refusal).toMatch(/in use|already|holds|running/i);
    expect(refusal).toContain(stateDir);
    expect(refusal).not.toMatch(/\n\s+at /);
    await saveAnswer(first, submissionId());
  });
});
