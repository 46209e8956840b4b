/** As much of jest as the tests use: they are collected when their file is loaded, and run in order until one fails. */
import { createRequire } from 'node:module';

type Run = (...values: never[]) => unknown;
type Collected = () => unknown;

const collected: Collected[] = [];
/** Of the whole file, wherever they stand in it. */
const before: Collected[] = [];
const after: Collected[] = [];

// The very matchers that jest's own globals stand on.
const here = createRequire(import.meta.url);
const matchers = createRequire(here.resolve('@jest/globals'))('expect') as { expect: unknown };
export const { expect } = matchers;

/** Runs the body at once, which collects its tests. */
export function describe(_title: string, body: () => void): void {
  body();
}

export const it = Object.assign((_title: string, run: Collected) => void collected.push(run), {
  each: (rows: readonly unknown[]) => (_title: string, run: Run) => {
    for (const row of rows) collected.push(() => run(...((Array.isArray(row) ? row : [row]) as never[])));
  },
});

export const beforeAll = (run: Collected): void => void before.push(run);
export const afterAll = (run: Collected): void => void after.push(run);

/** Returns what the first failing test collected since the last call says, or null; those after it are dropped. */
export async function firstFailure(): Promise<string | null> {
  const steps = [...before.splice(0), ...collected.splice(0)];
  const cleaning = after.splice(0);
  try {
    for (const step of steps) await step();
    return null;
  } catch (error) {
    return String(error);
  } finally {
    for (const clean of cleaning) await clean();
  }
}
