import type { WireReply } from '../../../src/hubspot/client.ts';
import { createLimiter, type Limiter } from '../../../src/hubspot/limiter.ts';
import type { BudgetBucket, BudgetStore, Priority } from '../../../src/usecases/ports.ts';
import type { PortalId } from '../../../src/core/model.ts';
import { PORTAL } from './fakes.ts';
import type { Simulation } from './simulation.ts';

export type AccountRules = {
  readonly limit: number;
  readonly windowMs: number;
  /** Calls of others in every window. */
  readonly others?: number;
  readonly statesLimit?: boolean;
};

/** HubSpot's side of one account: counts what arrives in rolling windows, refuses what is too much, states what is left. */
export function createAccount(simulation: Simulation, rules: AccountRules) {
  const arrivals: number[] = [];
  let spent: number[] = [];
  let refusals = 0;
  return {
    /** In ms since the start, refused ones too. */
    arrivals,
    refusals: () => refusals,
    /** The most arrivals in any closed window. */
    most: () =>
      Math.max(
        ...arrivals.map((from) => arrivals.filter((at) => at >= from && at <= from + rules.windowMs).length),
      ),
    answer(): WireReply {
      const nowMs = simulation.sinceStartMs();
      arrivals.push(nowMs);
      spent = spent.filter((atMs) => atMs > nowMs - rules.windowMs);
      const left = rules.limit - (rules.others ?? 0) - spent.length;
      if (left > 0) spent.push(nowMs);
      else refusals += 1;
      const headers: Record<string, string> = {
        'x-hubspot-ratelimit-max': String(rules.limit),
        'x-hubspot-ratelimit-remaining': String(Math.max(0, left - 1)),
        'x-hubspot-ratelimit-interval-milliseconds': '10000',
      };
      const header = (name: string) => (rules.statesLimit === false ? null : (headers[name] ?? null));
      return { kind: 'reply', status: left > 0 ? 200 : 429, header, body: {}, isReadable: true };
    },
  };
}
export type Account = ReturnType<typeof createAccount>;

/** A limiter as one process has it: the budget answers after a moment, and timers ring late. */
export function createProcess(simulation: Simulation, budget: BudgetStore): Limiter {
  const { clock, sleep, random } = simulation;
  const slow: BudgetStore = {
    reserve: async (...input) => {
      await simulation.wait(random() * 2);
      const slot = await simulation.during(() => budget.reserve(...input));
      await simulation.wait(random() * 3);
      return slot;
    },
    pause: (...input) => simulation.during(() => budget.pause(...input)),
    learn: (...input) => simulation.during(() => budget.learn(...input)),
  };
  return createLimiter({ budget: slow, clock, sleep, random });
}

/** One call from its wish to its reply. Returns how long the limiter held it, in ms. */
export async function call(
  simulation: Simulation,
  limiter: Limiter,
  account: Account,
  priority: Priority,
  bucket: BudgetBucket = 'api',
  portalId: PortalId = PORTAL,
): Promise<number> {
  const askedMs = simulation.sinceStartMs();
  const turn = await limiter.acquire(portalId, bucket, priority);
  const waitedMs = simulation.sinceStartMs() - askedMs;
  // The way there takes longer for some than for others.
  await simulation.wait(simulation.random() < 0.5 ? 0 : 5);
  const reply = account.answer();
  await simulation.wait(40 + simulation.random() * 200);
  await limiter.observe(portalId, turn, reply);
  if (reply.status === 429) await limiter.throttle(portalId, bucket, bucket === 'search' ? 1_000 : 10_000);
  return waitedMs;
}

/** Many run calls at once for as long as the simulation lasts. */
export function runAtFullSpeed(
  simulation: Simulation,
  limiter: Limiter,
  account: Account,
  bucket: BudgetBucket = 'api',
): void {
  for (let lane = 0; lane < 6; lane += 1) {
    void (async () => {
      for (;;) await call(simulation, limiter, account, 'run', bucket);
    })();
  }
}
