import { useEffect, useState } from 'react';
import { advanceClock, readClock } from './control-api.ts';
import { formatInstant, viewerTimeZone } from './format.ts';

export interface PageClock {
  /** Simulated minus real time in milliseconds; null until known. */
  offsetMs: number | null;
  busy: boolean;
  problem: string;
  advance: (byMs: number) => void;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const STEPS = [
  { label: '+15 minutes', ms: 15 * MINUTE_MS },
  { label: '+1 day', ms: DAY_MS },
  { label: '+1 week', ms: 7 * DAY_MS },
];

/** The sandbox's clock as this page last heard of it; `onMoved` runs once the sandbox is quiet after a move. */
export function usePageClock(onMoved: () => void): PageClock {
  const [state, setState] = useState({ offsetMs: null as number | null, busy: false, problem: '' });
  const heard = (now: string) =>
    setState({ offsetMs: Date.parse(now) - Date.now(), busy: false, problem: '' });
  const failed = (error: unknown) =>
    setState((old) => ({
      ...old,
      busy: false,
      problem: error instanceof Error ? error.message : String(error),
    }));
  useEffect(() => {
    readClock().then(({ now }) => heard(now), failed);
  }, []);
  const advance = (byMs: number) => {
    setState((old) => ({ ...old, busy: true, problem: '' }));
    advanceClock(byMs).then(({ now }) => {
      heard(now);
      onMoved();
    }, failed);
  };
  return { ...state, advance };
}

/** The line that says this is not HubSpot, with the simulated time and the buttons to move it. */
export function ClockBar({ clock }: { clock: PageClock }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 15_000);
    return () => clearInterval(timer);
  }, []);
  const now = clock.offsetMs === null ? null : new Date(Date.now() + clock.offsetMs);
  return (
    <div className="page-banner" role="region" aria-label="Local preview">
      <strong>Local preview, not HubSpot</strong>
      <span className="page-clock">
        {now !== null && (
          <span>
            Simulated time <time dateTime={now.toISOString()}>{formatInstant(now, viewerTimeZone())}</time>
          </span>
        )}
        {STEPS.map((step) => (
          <button
            key={step.label}
            type="button"
            className="page-clock-button"
            disabled={clock.busy || now === null}
            onClick={() => clock.advance(step.ms)}
          >
            {step.label}
          </button>
        ))}
        {clock.busy && <span role="status">Working…</span>}
        {clock.problem !== '' && <span role="alert">{clock.problem}</span>}
      </span>
    </div>
  );
}
