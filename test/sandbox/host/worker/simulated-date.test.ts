import { afterEach, describe, expect, it } from '@jest/globals';
import { installSimulatedDate } from '../../../../sandbox/host/worker/simulated-date.ts';

const RealDate = Date;
const YEAR_MS = 365 * 24 * 3600 * 1000;

describe('the clock of a worker', () => {
  afterEach(() => {
    globalThis.Date = RealDate;
  });

  it('shows the simulated time wherever the present is asked for', () => {
    const before = RealDate.now() + YEAR_MS;

    installSimulatedDate(YEAR_MS);

    expect(Date.now()).toBeGreaterThanOrEqual(before);
    expect(new Date().getTime()).toBeGreaterThanOrEqual(before);
    expect(Date()).toContain(String(new RealDate(before).getFullYear()));
  });

  it('leaves given instants and types alone', () => {
    installSimulatedDate(YEAR_MS);

    expect(new Date('2026-11-21T00:00:00Z').toISOString()).toBe('2026-11-21T00:00:00.000Z');
    expect(new Date()).toBeInstanceOf(RealDate);
    expect(Date.UTC(2026, 0, 1)).toBe(RealDate.UTC(2026, 0, 1));
  });
});
