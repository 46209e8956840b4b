import { afterEach, describe, expect, it } from '@jest/globals';
import { asPortalId, TOUCH_STATES } from '../src/core/model.ts';
import type { CallFact } from '../src/hubspot/portal-client.ts';
import { createMetrics, type Metrics } from '../src/metrics.ts';
import type { SystemFigures } from '../src/usecases/store-port.ts';
import { createFakeHubSpot } from './support/fake-hubspot.ts';

const opened: Metrics[] = [];
afterEach(() => {
  for (const metrics of opened.splice(0)) metrics.close();
});

const FIGURES: SystemFigures = {
  dueJobs: { releaseTouches: 3 },
  touches: Object.fromEntries(
    TOUCH_STATES.map((state) => [state, state === 'created' ? 12 : 0]),
  ) as SystemFigures['touches'],
  leasesHeld: 2,
  run: { leftNow: 5_800, ratePerMinute: 512.5, expectedEndAt: new Date('2026-10-01T06:12:00Z') },
};

function open(figures = () => Promise.resolve(FIGURES)) {
  const clock = { nowMs: 0 };
  const metrics = createMetrics({ figures, nowMs: () => clock.nowMs });
  opened.push(metrics);
  return { metrics, clock };
}

const call = (change: Partial<CallFact> = {}): CallFact => ({
  portalId: asPortalId(1),
  bucket: 'api',
  priority: 'run',
  outcome: 'ok',
  wasSent: true,
  waitedMs: 90,
  wireMs: 100,
  ...change,
});

describe('the metrics page', () => {
  it('has a help and a type line for every family, and only lines that Prometheus reads', async () => {
    const { metrics } = open();
    metrics.onCall(call());
    metrics.onRun({ job: 'planCycle', code: 'ok', ms: 5 });

    const lines = (await metrics.text()).trimEnd().split('\n');

    const named = new Set(
      lines.flatMap((line) =>
        line.startsWith('#') ? [] : [line.replace(/(_bucket|_sum|_count)?[{ ].*$/, '')],
      ),
    );
    for (const name of named) {
      expect(lines.filter((line) => line.startsWith(`# HELP ${name} `))).toHaveLength(1);
      expect(lines.filter((line) => line.startsWith(`# TYPE ${name} `))).toHaveLength(1);
    }
    for (const line of lines.filter((text) => !text.startsWith('#')))
      expect(line).toMatch(/^sci_[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+$/);
    expect(named.size).toBeGreaterThanOrEqual(9);
  });

  it('tells what is due, what became of touches, and who works', async () => {
    const { metrics } = open();

    const text = await metrics.text();

    expect(text).toContain('sci_due_jobs{job="releaseTouches"} 3\n');
    expect(text).toContain('sci_touches{state="created"} 12\n');
    expect(text).toContain('sci_leases_held 2\n');
  });

  it('tells what is left of a run, its pace and its expected end', async () => {
    const { metrics } = open();

    const text = await metrics.text();

    expect(text).toContain('sci_run_tasks_left 5800\n');
    expect(text).toContain('sci_run_tasks_per_minute 512.5\n');
    expect(text).toContain(`sci_run_expected_end_seconds ${Date.UTC(2026, 9, 1, 6, 12) / 1_000}\n`);
  });

  it('tells no pace where nothing is being made', async () => {
    const run = { leftNow: 0, ratePerMinute: null, expectedEndAt: null };
    const { metrics } = open(() => Promise.resolve({ ...FIGURES, run }));

    const text = await metrics.text();

    expect(text).toContain('sci_run_tasks_left 0\n');
    expect(text).not.toMatch(/^sci_run_(tasks_per_minute|expected_end_seconds) /m);
  });

  it('counts calls by bucket and outcome, and their waits in growing buckets', async () => {
    const { metrics } = open();
    metrics.onCall(call());
    metrics.onCall(call({ waitedMs: 400 }));
    metrics.onCall(call({ bucket: 'search', outcome: 'throttled', priority: 'card', waitedMs: 60_000 }));

    const text = await metrics.text();

    expect(text).toContain('sci_hubspot_calls_total{bucket="api",outcome="ok"} 2\n');
    expect(text).toContain('sci_hubspot_calls_total{bucket="search",outcome="throttled"} 1\n');
    expect(text).toContain('sci_limiter_wait_seconds_bucket{priority="run",le="0.1"} 1\n');
    expect(text).toContain('sci_limiter_wait_seconds_bucket{priority="run",le="0.5"} 2\n');
    expect(text).toContain('sci_limiter_wait_seconds_sum{priority="run"} 0.49\n');
    expect(text).toContain('sci_limiter_wait_seconds_bucket{priority="card",le="30"} 0\n');
    expect(text).toContain('sci_limiter_wait_seconds_bucket{priority="card",le="+Inf"} 1\n');
  });

  it('counts the tasks that were created, not those that were refused, and the jobs by how they ended', async () => {
    const { metrics } = open();
    const fake = createFakeHubSpot();
    fake.fates.push('created', 'rejected', 'created');
    const draft = (key: string) => ({
      key,
      companyId: null,
      ownerId: null,
      subject: '',
      bodyHtml: '',
      dueAt: new Date(0),
      type: 'CALL' as const,
      priority: 'LOW' as const,
    });
    await metrics
      .counting(fake.gateway)
      .createTasks(asPortalId(1), 'unique', [draft('a'), draft('b'), draft('c')]);
    metrics.onRun({ job: 'planCycle', code: 'ok', ms: 5 });
    metrics.onRun({ job: 'planCycle', code: 'hubspot_unavailable', ms: 5 });

    const text = await metrics.text();

    expect(text).toContain('sci_tasks_created_total 2\n');
    expect(text).toContain('sci_jobs_total{job="planCycle",code="ok"} 1\n');
    expect(text).toContain('sci_jobs_total{job="planCycle",code="hubspot_unavailable"} 1\n');
  });

  it('reads the tables once in fifteen seconds however often it is asked, and again after a failure', async () => {
    let reads = 0;
    const { metrics, clock } = open(() => {
      reads += 1;
      return reads === 1 ? Promise.reject(new Error('no database')) : Promise.resolve(FIGURES);
    });

    await expect(metrics.text()).rejects.toThrow('no database');
    await Promise.all([metrics.text(), metrics.text()]);
    clock.nowMs = 14_999;
    await metrics.text();
    const within = reads;
    clock.nowMs = 15_000;
    await metrics.text();

    expect([within, reads]).toEqual([2, 3]);
  });
});
