import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import type { ClockFormula } from '../../../sandbox/scaled-clock.ts';
import type { Position } from '../crash-points.ts';
import type { Place } from '../world.ts';

/** A crash point at which a process is to announce itself. */
export type AnnouncedPoint = {
  readonly name: string;
  readonly position: Position;
  readonly customers: number;
};

/** One process of the product from its start to its end. */
export type Life = {
  readonly url: string;
  readonly pid: number;
  /** Resolves once it stands at its crash point. */
  readonly atPoint: Promise<void>;
  readonly ended: Promise<void>;
  /** Lets it go on from its crash point. */
  goOn(): void;
  isOver(): boolean;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
};

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

/** Starts a process that finds HubSpot at `apiUrl`, and waits until it listens. @throws Error where it ends before that */
export async function beginLife(
  place: Place,
  formula: ClockFormula,
  point: AnnouncedPoint | null,
  apiUrl = place.simulatorUrl,
): Promise<Life> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ...place.environment,
      HUBSPOT_API_URL: apiUrl,
      ROLE: 'all',
      FAULT_CLOCK: `${formula.startAt.toISOString()}x${formula.speed}`,
      FAULT_REAL_START: String(formula.realStartMs),
      FAULT_POINT: point?.name ?? '',
      FAULT_POSITION: point?.position ?? 'first',
      FAULT_CUSTOMERS: String(point?.customers ?? 0),
    },
  });
  let isOver = false;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      isOver = true;
      resolve();
    });
  });
  let reachPoint: () => void = () => undefined;
  const atPoint = new Promise<void>((resolve) => {
    reachPoint = resolve;
  });
  const url = await new Promise<string>((resolve, reject) => {
    void ended.then(() => reject(new Error('The process under test ended at its start.')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as { readonly url?: string };
      if (said.url === undefined) reachPoint();
      else resolve(said.url);
    });
  });
  return {
    url,
    pid: child.pid ?? 0,
    atPoint,
    ended,
    goOn: () => {
      child.stdin.write('on\n');
    },
    isOver: () => isOver,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
