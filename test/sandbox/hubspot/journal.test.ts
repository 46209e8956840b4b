import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createSandboxClock } from '../../../sandbox/clock.ts';
import { createSimulator } from '../../../sandbox/hubspot/simulator.ts';
import { APP, START, bearer, closeAll, portalDocument, startHubSpot } from './support.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-journal-'));
});

afterEach(async () => {
  await closeAll();
  await rm(folder, { recursive: true, force: true });
});

const COMPANY = '/crm/objects/2026-03/companies/101';

describe('the journal on disk', () => {
  it('gives everything back after a restart: records, links, tokens, settings, clock and ids', async () => {
    const before = await startHubSpot([portalDocument()], { stateDir: folder });
    const tokens = await before.tokens();
    const asApp = bearer(tokens.access_token);
    await before.settings({ searchLagMs: 1234 });
    await before.send('PATCH', COMPANY, { properties: { name: 'Renamed' } }, asApp);
    const first = await before.send(
      'POST',
      '/crm/objects/2026-03/companies',
      { properties: { name: 'New' } },
      asApp,
    );
    await before.send('POST', '/_control/associations', {
      portalId: 700001,
      from: { type: 'contacts', id: '202' },
      to: { type: 'companies', id: first.body.id },
    });
    await before.advance(90_000);
    await before.close();

    const after = await startHubSpot([portalDocument()], {
      stateDir: folder,
      clock: createSandboxClock(new Date(START)),
    });
    const read = await after.send('GET', `${COMPANY}?properties=name`, undefined, asApp);
    const linked = await after.send(
      'GET',
      `/crm/objects/2026-03/companies/${first.body.id}?associations=contacts`,
      undefined,
      asApp,
    );
    const second = await after.send(
      'POST',
      '/crm/objects/2026-03/companies',
      { properties: { name: 'Next' } },
      asApp,
    );
    const clock = await after.send('GET', '/_control/clock');
    const settings = await after.send('GET', '/_control/portals/700001/settings');

    expect(read.body.properties['name']).toBe('Renamed');
    expect(linked.body.associations).toHaveProperty('contacts');
    expect(Number(second.body.id)).toBeGreaterThan(Number(first.body.id));
    expect(clock.body.now).toBe('2026-11-02T15:01:30.000Z');
    expect(settings.body).toMatchObject({ searchLagMs: 1234 });
  });

  it('loses no acknowledged write when the process is killed', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'fixtures/journal-child.ts'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const acknowledged: string[] = [];
    let text = '';
    for await (const chunk of child.stdout) {
      text += String(chunk);
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      acknowledged.push(...lines);
      if (acknowledged.length >= 30) child.kill('SIGKILL');
    }
    // Its output may end before the process does, which then still holds the folder.
    if (child.signalCode === null) await once(child, 'exit');

    const after = await startHubSpot([], { stateDir: folder });

    const companies = after.simulator.state.portals.get(700001)?.objects.get('companies');
    expect(acknowledged.length).toBeGreaterThanOrEqual(30);
    expect(acknowledged.filter((id) => !(companies?.has(id) ?? false))).toEqual([]);
  });

  it('drops a line that a crash tore, and goes on writing after the whole ones', async () => {
    const before = await startHubSpot([portalDocument()], { stateDir: folder });
    await before.api('PATCH', COMPANY, { properties: { name: 'Kept' } });
    await before.close();
    await appendFile(join(folder, 'journal.jsonl'), '{"at":"2026-11-02T16:00:00.000Z","changes":[{"op":"obj');

    const torn = await startHubSpot([], { stateDir: folder });
    await torn.api('PATCH', COMPANY, { properties: { phone: '1' } });
    await torn.close();
    const after = await startHubSpot([], { stateDir: folder });

    const company = after.simulator.state.portals.get(700001)?.objects.get('companies')?.get('101');
    expect(company?.properties).toMatchObject({ name: 'Kept', phone: '1' });
  });

  it('writes a commit before its reply', async () => {
    const hubSpot = await startHubSpot([portalDocument()], { stateDir: folder });

    await hubSpot.api('PATCH', COMPANY, { properties: { name: 'On disk' } });

    expect(await readFile(join(folder, 'journal.jsonl'), 'utf8')).toContain('"On disk"');
  });

  it('keeps a reference instead of a large portal', async () => {
    const document = portalDocument();
    const options = { stateDir: folder, resolveReference: () => document };
    const before = await startHubSpot([], options);
    await before.simulator.loadPortal(document, { reference: { seed: 'small' } });
    await before.api('PATCH', COMPANY, { properties: { phone: '1' } });
    await before.close();

    const written = await readFile(join(folder, 'journal.jsonl'), 'utf8');
    const after = await startHubSpot([], options);

    const companies = after.simulator.state.portals.get(700001)?.objects.get('companies');
    expect(written).toContain('{"seed":"small"}');
    expect(written).not.toContain('Lakeside');
    expect(companies?.get('101')?.properties['phone']).toBe('1');
    expect(companies?.get('102')?.properties['name']).toBe('Lakeside');
  });

  it('keeps the values of other parts', async () => {
    const before = await startHubSpot([], { stateDir: folder });
    before.simulator.state.putExtra('deliveries', [{ id: 1 }]);
    await before.simulator.flushed();
    await before.close();

    const after = await startHubSpot([], { stateDir: folder });

    expect(after.simulator.state.extras.get('deliveries')).toEqual([{ id: 1 }]);
  });
});

describe('the lock of the state folder', () => {
  const open = () =>
    createSimulator({
      clock: createSandboxClock(new Date(START)),
      stateDir: folder,
      app: APP,
      backendOrigin: () => null,
    });

  it('refuses a second start on the same folder, naming the process and the remedy', async () => {
    const first = await open();

    await expect(open()).rejects.toThrow(new RegExp(`process ${String(process.pid)}\\).*Stop that process`));

    await first.close();
  });

  it('is given free by closing', async () => {
    await (await open()).close();

    const again = await open();

    await expect(again.close()).resolves.toBeUndefined();
  });

  it('takes over the lock of a process that is gone', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => child.once('exit', resolve));
    await writeFile(join(folder, 'lock.pid'), String(child.pid));

    const simulator = await open();

    expect(await readFile(join(folder, 'lock.pid'), 'utf8')).toBe(String(process.pid));
    await simulator.close();
  });
});
