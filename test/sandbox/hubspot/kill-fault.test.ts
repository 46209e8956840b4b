import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { bearer, closeAll, startHubSpot } from './support.ts';
import type { TestHubSpot } from './support.ts';

const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await closeAll();
});

const CREATE = '/crm/objects/2026-03/companies/batch/create';

/** A process that waits to be killed. */
function startVictim(): { pid: number; killedBy: Promise<unknown> } {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  children.push(child);
  return { pid: child.pid ?? 0, killedBy: once(child, 'exit').then(([, signal]: unknown[]) => signal) };
}

function plantKill(hubSpot: TestHubSpot, pid: number, when: 'before' | 'after') {
  return hubSpot.send('POST', '/_control/faults', {
    match: { method: 'POST', path: CREATE },
    when,
    fault: { kind: 'kill', pid },
  });
}

/** Sends a batch whose reply nobody waits for longer than the test does. */
async function sendUnanswered(hubSpot: TestHubSpot, ended: AbortSignal): Promise<string> {
  const headers = { ...bearer(await hubSpot.install()), 'content-type': 'application/json' };
  const body = JSON.stringify({ inputs: [{ properties: { name: 'One' } }] });
  return fetch(hubSpot.url + CREATE, { method: 'POST', headers, body, signal: ended }).then(
    (response) => `answered ${String(response.status)}`,
    () => 'no reply',
  );
}

function companyCount(hubSpot: TestHubSpot): number {
  return hubSpot.simulator.state.portals.get(700001)?.objects.get('companies')?.size ?? 0;
}

describe('the fault that kills', () => {
  it.each([
    ['before', 2],
    ['after', 3],
  ] as const)('ends the process %s the commit and never replies', async (when, companies) => {
    const hubSpot = await startHubSpot(undefined, { allowKill: true });
    const victim = startVictim();
    const ended = new AbortController();
    await plantKill(hubSpot, victim.pid, when);

    const reply = sendUnanswered(hubSpot, ended.signal);
    const signal = await victim.killedBy;
    ended.abort();

    expect(signal).toBe('SIGKILL');
    expect(await reply).toBe('no reply');
    expect(companyCount(hubSpot)).toBe(companies);
  });

  it('strikes right after the commit, whatever the latency', async () => {
    const hubSpot = await startHubSpot(undefined, { allowKill: true });
    await hubSpot.settings({ latencyMs: 60_000 });
    const victim = startVictim();
    const ended = new AbortController();
    await plantKill(hubSpot, victim.pid, 'after');

    const reply = sendUnanswered(hubSpot, ended.signal);
    await victim.killedBy;
    ended.abort();

    expect(await reply).toBe('no reply');
    expect(companyCount(hubSpot)).toBe(3);
  });

  it('is refused unless the sandbox was started for it, and for the sandbox itself', async () => {
    const careful = await startHubSpot();
    const willing = await startHubSpot(undefined, { allowKill: true });

    const unasked = await plantKill(careful, 999_999, 'after');
    const suicide = await plantKill(willing, process.pid, 'after');

    expect([unasked.status, unasked.body.field]).toEqual([403, 'fault.kind']);
    expect([suicide.status, suicide.body.field]).toEqual([403, 'fault.kind']);
  });
});

describe('the record of faults', () => {
  it('keeps what was hit after a fault is used up and after all are cleared', async () => {
    const hubSpot = await startHubSpot();
    const fault = { kind: 'status', status: 503 };
    const plant = (path: string) => hubSpot.send('POST', '/_control/faults', { match: { path }, fault });
    await plant('/crm/objects/2026-03/companies/101');
    await plant('/crm/owners/');
    await hubSpot.api('GET', '/crm/objects/2026-03/companies/101');
    await hubSpot.send('DELETE', '/_control/faults');
    await plant('/crm/owners/');

    const left = await hubSpot.send('GET', '/_control/faults');
    const all = await hubSpot.send('GET', '/_control/faults?all=true');

    expect(left.body).toMatchObject({ faults: [{ faultId: 'fault-3', hit: 0, cleared: false }] });
    expect(all.body).toMatchObject({
      faults: [
        { faultId: 'fault-1', hit: 1, cleared: true },
        { faultId: 'fault-2', hit: 0, cleared: true },
        { faultId: 'fault-3', hit: 0, cleared: false },
      ],
    });
  });

  it('lets a cleared fault hit nothing, and a later one its turn after one that is used up', async () => {
    const hubSpot = await startHubSpot();
    const match = { path: '/crm/objects/2026-03/companies/101' };
    const read = async () => (await hubSpot.api('GET', match.path)).status;
    for (const status of [500, 503])
      await hubSpot.send('POST', '/_control/faults', { match, fault: { kind: 'status', status } });

    const seen = [await read(), await read(), await read()];

    expect(seen).toEqual([500, 503, 200]);
  });
});
