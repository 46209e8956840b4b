import { createFormulaClock, type ClockFormula } from '../../../sandbox/scaled-clock.ts';
import { openPlace, START, type Place } from '../world.ts';

/** A lease of 45 s is over in less than a second. */
const SPEED = 60;
const LOOK_EVERY_MS = 50;

/** Where real processes live: durable, on a clock that runs faster than real time, and HubSpot's own timers run. */
export type RealPlace = {
  readonly place: Place;
  readonly formula: ClockFormula;
  readonly close: () => Promise<void>;
};

/** Opens one whose sandbox may kill processes. @param backendOrigin where HubSpot's webhooks and cards go; null while nobody lives */
export async function openRealPlace(backendOrigin: () => string | null): Promise<RealPlace> {
  const formula: ClockFormula = { startAt: START, realStartMs: Date.now(), speed: SPEED };
  const place = await openPlace({
    clock: createFormulaClock(formula),
    backendOrigin,
    isDurable: true,
    allowKill: true,
  });
  const looking = setInterval(
    () => void place.simulator.timers.runDue().catch(() => undefined),
    LOOK_EVERY_MS,
  );
  return {
    place,
    formula,
    close: () => {
      clearInterval(looking);
      return place.close();
    },
  };
}
