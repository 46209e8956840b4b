import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { CallFact } from './hubspot/portal-client.ts';
import type { RunFact } from './jobs/runner.ts';
import type { HubSpotGateway } from './usecases/hubspot-port.ts';
import type { SystemFigures } from './usecases/store-port.ts';

/** The page is open to whoever reaches the port, and its counts read whole tables: they are taken this often at most. */
const FIGURES_FOR_MS = 15_000;
/** Upper bounds of the limiter's waits, in seconds. */
const WAIT_BOUNDS_S = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const;

type Labels = Readonly<Record<string, string>>;

export interface Metrics {
  readonly onCall: (fact: CallFact) => void;
  readonly onRun: (fact: RunFact) => void;
  /** The same gateway, counting the tasks it creates. */
  readonly counting: (gateway: HubSpotGateway) => HubSpotGateway;
  /** Prometheus text, format 0.0.4. Throws as `figures` does. */
  readonly text: () => Promise<string>;
  /** Stops measuring the event loop. */
  readonly close: () => void;
}

/** What operators watch. @param figures counts over all portals, asked for at most every 15 s */
export function createMetrics(deps: {
  readonly figures: () => Promise<SystemFigures>;
  readonly nowMs: () => number;
}): Metrics {
  const calls = createCounts();
  const jobs = createCounts();
  const waits = createWaits();
  const loop = monitorEventLoopDelay({ resolution: 20 });
  loop.enable();
  let tasks = 0;
  let latest: { readonly figures: Promise<SystemFigures>; readonly untilMs: number } | null = null;

  function figures(): Promise<SystemFigures> {
    if (latest === null || latest.untilMs <= deps.nowMs()) {
      const asked = deps.figures();
      asked.catch(() => (latest = null));
      latest = { figures: asked, untilMs: deps.nowMs() + FIGURES_FOR_MS };
    }
    return latest.figures;
  }

  return {
    onCall: ({ bucket, outcome, priority, waitedMs }) => {
      calls.add({ bucket, outcome });
      waits.add(priority, waitedMs / 1_000);
    },
    onRun: ({ job, code }) => {
      jobs.add({ job, code });
    },
    counting: (gateway) => ({
      ...gateway,
      createTasks: async (...input) => {
        const outcomes = await gateway.createTasks(...input);
        tasks += outcomes.filter(({ result }) => result === 'created').length;
        return outcomes;
      },
    }),
    text: async () => {
      const { dueJobs, touches, leasesHeld, run } = await figures();
      return [
        ...family('sci_due_jobs', 'gauge', 'Accounts in which a job is due.', labeled('job', dueJobs)),
        ...family('sci_touches', 'gauge', 'Touches of all accounts by state.', labeled('state', touches)),
        ...family('sci_leases_held', 'gauge', 'Leases held by any process.', [[{}, leasesHeld]]),
        ...runLines(run),
        ...family('sci_hubspot_calls_total', 'counter', 'Calls to HubSpot by outcome.', calls.all()),
        ...family('sci_tasks_created_total', 'counter', 'Tasks this process created.', [[{}, tasks]]),
        ...family('sci_jobs_total', 'counter', 'Jobs this process ran, by how they ended.', jobs.all()),
        ...waits.lines(),
        ...family('sci_resident_bytes', 'gauge', 'Resident memory.', [[{}, process.memoryUsage().rss]]),
        ...family('sci_event_loop_delay_seconds', 'gauge', 'Delay of the event loop.', [
          [{ quantile: '0.5' }, seconds(loop.percentile(50))],
          [{ quantile: '0.99' }, seconds(loop.percentile(99))],
        ]),
        '',
      ].join('\n');
    },
    close: () => {
      loop.disable();
    },
  };
}

/** How far the tasks of all accounts are. What is not known, as before a run's first seconds are over, has no sample. */
function runLines({ leftNow, ratePerMinute, expectedEndAt }: SystemFigures['run']): string[] {
  const known = (value: number | null): Sample[] => (value === null ? [] : [[{}, value]]);
  const endsAtS = expectedEndAt === null ? null : Math.round(expectedEndAt.getTime() / 1_000);
  return [
    ...family('sci_run_tasks_left', 'gauge', 'Tasks that can be made now and are not made.', known(leftNow)),
    ...family('sci_run_tasks_per_minute', 'gauge', 'Tasks made a minute lately.', known(ratePerMinute)),
    ...family('sci_run_expected_end_seconds', 'gauge', 'Expected end, in Unix time.', known(endsAtS)),
  ];
}

/** The monitor counts in ns. */
const seconds = (ns: number): number => ns / 1e9;

type Sample = readonly [labels: Labels, value: number];

const labeled = (name: string, values: Readonly<Record<string, number>>): Sample[] =>
  Object.entries(values).map(([key, value]) => [{ [name]: key }, value]);

function family(name: string, type: string, help: string, samples: readonly Sample[]): string[] {
  return [...headOf(name, type, help), ...samples.map(([labels, value]) => line(name, labels, value))];
}

const headOf = (name: string, type: string, help: string): string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
];

/** Labels are names of this code: they need no escaping. */
function line(name: string, labels: Labels, value: number): string {
  const inside = Object.entries(labels).map(([key, text]) => `${key}="${text}"`);
  return `${name}${inside.length === 0 ? '' : `{${inside.join(',')}}`} ${value}`;
}

function createCounts() {
  const counts = new Map<string, [labels: Labels, value: number]>();
  return {
    add: (labels: Labels) => {
      const key = JSON.stringify(labels);
      counts.set(key, [labels, (counts.get(key)?.[1] ?? 0) + 1]);
    },
    all: (): readonly Sample[] => [...counts.values()],
  };
}

/** One histogram a priority. */
function createWaits() {
  const name = 'sci_limiter_wait_seconds';
  const byPriority = new Map<string, { readonly buckets: number[]; sum: number; count: number }>();
  return {
    add: (priority: string, waitedS: number) => {
      const waits = byPriority.get(priority) ?? { buckets: WAIT_BOUNDS_S.map(() => 0), sum: 0, count: 0 };
      WAIT_BOUNDS_S.forEach((bound, index) => {
        if (waitedS <= bound) waits.buckets[index] = (waits.buckets[index] ?? 0) + 1;
      });
      waits.sum += waitedS;
      waits.count += 1;
      byPriority.set(priority, waits);
    },
    lines: (): string[] => [
      ...headOf(name, 'histogram', 'How long calls waited for their turn.'),
      ...[...byPriority].flatMap(([priority, { buckets, sum, count }]) => [
        ...buckets.map((value, index) =>
          line(`${name}_bucket`, { priority, le: String(WAIT_BOUNDS_S[index]) }, value),
        ),
        line(`${name}_bucket`, { priority, le: '+Inf' }, count),
        line(`${name}_sum`, { priority }, sum),
        line(`${name}_count`, { priority }, count),
      ]),
    ],
  };
}
