import './support/restore-nock.ts';
import { describe, expect, it } from '@jest/globals';
import { createLimiter } from '../../src/hubspot/limiter.ts';
import type { WireReply } from '../../src/hubspot/client.ts';
import { asPortalId } from '../../src/core/model.ts';
import { ManualClock, MemoryBudget, PORTAL } from './support/fakes.ts';

function build() {
  const clock = new ManualClock();
  const budget = new MemoryBudget(clock);
  return { clock, budget, limiter: createLimiter({ budget, clock, sleep: clock.sleep }) };
}

function replyWith(headers: Record<string, string>): WireReply {
  return { kind: 'reply', status: 200, header: (name) => headers[name] ?? null, body: {}, isReadable: true };
}

async function timesOf(count: number, bucket: 'api' | 'search', parts = build()): Promise<readonly number[]> {
  const times: number[] = [];
  const calls = Array.from({ length: count }, async () => {
    await parts.limiter.acquire(PORTAL, bucket, 'run');
    times.push(parts.clock.nowMs);
  });
  await Promise.all(calls);
  return times;
}

/** The most calls in any closed window. */
function mostIn(times: readonly number[], windowMs: number): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at <= from + windowMs).length));
}

describe('the limiter', () => {
  it('never lets more than 100 calls into any ten seconds before a header says otherwise', async () => {
    const times = await timesOf(300, 'api');

    expect(mostIn(times, 10_000)).toBeLessThanOrEqual(100);
    expect(mostIn(times, 10_000)).toBeGreaterThanOrEqual(98);
  });

  it('keeps searches to five a second', async () => {
    const times = await timesOf(40, 'search');

    expect(mostIn(times, 1_000)).toBe(5);
  });

  it('paces two percent below the limit that a header states', async () => {
    const parts = build();
    const turn = await parts.limiter.acquire(PORTAL, 'api', 'run');
    await parts.limiter.observe(
      PORTAL,
      turn,
      replyWith({ 'x-hubspot-ratelimit-max': '110', 'x-hubspot-ratelimit-interval-milliseconds': '10000' }),
    );

    const times = await timesOf(300, 'api', parts);

    expect(mostIn(times, 10_000)).toBeLessThanOrEqual(110);
    expect(mostIn(times, 10_000)).toBeGreaterThanOrEqual(108);
  });

  it.each([
    { 'x-hubspot-ratelimit-max': '0' },
    { 'x-hubspot-ratelimit-max': '-5' },
    { 'x-hubspot-ratelimit-max': '1e9' },
    { 'x-hubspot-ratelimit-max': 'many' },
    { 'x-hubspot-ratelimit-max': '250000', 'x-hubspot-ratelimit-interval-milliseconds': '86400000' },
  ])('does not believe the headers %j', async (headers) => {
    const parts = build();
    const turn = await parts.limiter.acquire(PORTAL, 'api', 'card');
    await parts.limiter.observe(PORTAL, turn, replyWith(headers));

    await parts.limiter.acquire(PORTAL, 'api', 'card');

    expect(parts.budget.intervals).toEqual([10_000 / 98, 10_000 / 98]);
  });

  it('pauses the portal after a 429, slows it down, and leaves others alone', async () => {
    const { limiter, clock, budget } = build();
    await limiter.throttle(PORTAL, 'api', 10_000);

    await limiter.acquire(asPortalId(9), 'api', 'run');
    const otherAtMs = clock.nowMs;
    await limiter.acquire(PORTAL, 'api', 'run');

    expect(otherAtMs).toBe(new ManualClock().nowMs);
    expect(clock.nowMs).toBeGreaterThanOrEqual(otherAtMs + 10_000);
    expect(budget.intervals[1]).toBeGreaterThan(10_000 / 98);
  });

  it('sends a caller away instead of holding it for minutes', async () => {
    const { limiter, clock } = build();
    await limiter.throttle(PORTAL, 'api', 86_400_000);

    const refused = limiter.acquire(PORTAL, 'api', 'run');

    await expect(refused).rejects.toMatchObject({ code: 'hubspot_throttled', retryAfterMs: 300_000 });
    expect(clock.sleptMs).toEqual([]);
  });

  it('fails everyone who waits when the budget cannot be read, and works again afterwards', async () => {
    const { limiter, budget } = build();
    const reserve = budget.reserve.bind(budget);
    budget.reserve = () => Promise.reject(new Error('database down'));
    const results = await Promise.allSettled([1, 2].map(() => limiter.acquire(PORTAL, 'api', 'card')));

    budget.reserve = reserve;
    await limiter.acquire(PORTAL, 'api', 'card');

    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
  });
});
