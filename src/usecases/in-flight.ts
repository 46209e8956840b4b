import type { Clock } from './ports.ts';

/** Batches under way before the first reply tells how long one takes: enough for replies of half a second. */
const AT_FIRST = 6;
/** More than HubSpot's 11 calls a second can carry at replies of a second would only wait in line, claimed already. */
const MOST = 16;
/** Calls a second of the highest limit HubSpot states: 110 in 10 s. */
const CALLS_A_SECOND = 11;
/** Beside what the line carries: one that leaves next and one in preparation. */
const WAITING = 2;

/**
 * Runs pieces of work side by side, as many as the line to HubSpot carries: a reply time's worth of calls. `next` prepares one at
 * a time and returns null where there is no more. After a failure nothing more is prepared; what is under way ends first.
 * @throws the first error
 */
export async function inFlight(
  deps: { readonly clock: Clock },
  next: () => Promise<(() => Promise<void>) | null>,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let fastestMs = Infinity;
  const hasFailed = () => failures.length > 0;
  const hasRoom = () => underWay.size < windowOf(fastestMs);

  const launch = (work: () => Promise<void>) => {
    const sinceMs = deps.clock.now().getTime();
    const lane = work()
      .then(
        () => {
          fastestMs = Math.min(fastestMs, deps.clock.now().getTime() - sinceMs);
        },
        (error: unknown) => {
          failures.push(error);
        },
      )
      .finally(() => underWay.delete(lane));
    underWay.add(lane);
  };

  const prepare = () =>
    next().catch((error: unknown) => {
      failures.push(error);
      return null;
    });
  // What was prepared is always run: it is claimed already.
  for (let work = await prepare(); work !== null; work = hasFailed() ? null : await prepare()) {
    launch(work);
    while (!hasFailed() && !hasRoom()) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  if (hasFailed()) throw failures[0];
}

/** @param fastestMs the shortest work so far, which waited least for its turn */
function windowOf(fastestMs: number): number {
  if (fastestMs === Infinity) return AT_FIRST;
  return Math.min(MOST, Math.ceil((fastestMs / 1_000) * CALLS_A_SECOND) + WAITING);
}
