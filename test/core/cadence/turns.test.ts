import { describe, expect, it } from '@jest/globals';
import { addDays, localDayOf, startOfDay } from '../../../src/core/cadence/calendar.ts';
import { cycleAt, cycleOf, nextCycle } from '../../../src/core/cadence/cycle.ts';
import { FIRST_YEAR, LAST_YEAR, MONTH_STARTS, ZONES, kindsOfZones, turnsOf, type Turn } from './zones.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const FIRST_MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);

describe('the quarters of forty years', () => {
  it.each(FIRST_MONTHS)('hold each day once, in a year that starts in month %i', (month) => {
    const perYear = new Map<string, number>();
    const labels = new Set<string>();
    let cycle = cycleOf(`${FIRST_YEAR}-01-01`, month);
    for (const { day } of MONTH_STARTS) {
      if (day === cycle.endsOn) cycle = nextCycle(cycle, month);
      // A quarter begins and ends with a month: each month's first day, and the last one before it, are all its edges.
      expect(cycleOf(day, month)).toEqual(cycle);
      const lastDayBefore = addDays(day, -1);
      expect(cycleOf(lastDayBefore, month).endsOn > day).toBe(day !== cycle.startsOn);
      expect(cycle.startsOn <= day && day < cycle.endsOn).toBe(true);
      if (day !== cycle.startsOn) continue;
      expect(labels.has(cycle.label)).toBe(false);
      labels.add(cycle.label);
      perYear.set(day.slice(0, 4), (perYear.get(day.slice(0, 4)) ?? 0) + 1);
    }

    expect([...perYear.keys()]).toHaveLength(LAST_YEAR - FIRST_YEAR + 1);
    expect(new Set(perYear.values())).toEqual(new Set([4]));
  });
});

describe('the turn of a quarter', () => {
  const kinds = kindsOfZones().map((kind) => ({ ...kind, turns: turnsOf(kind) }));
  const wrongOf = (
    isWrong: (turn: Turn, index: number, turns: readonly Turn[], zone: string) => boolean,
    of = (_: Turn) => true,
  ) =>
    kinds.flatMap((kind) =>
      kind.turns
        .filter(of)
        .flatMap((turn, index) =>
          isWrong(turn, index, kind.turns, kind.zone) ? [`${kind.zone} ${turn.day}`] : [],
        ),
    );

  it('is looked at in every zone', () => {
    const zones = kinds.flatMap(({ same }) => same);

    expect(zones.length).toBeGreaterThan(400);
    expect(zones.sort()).toEqual([...ZONES].sort());
  });

  it('comes ever later, for every first month', () => {
    const wrong = wrongOf(({ atMs }, index, turns) => atMs <= (turns[index - 1]?.atMs ?? -Infinity));

    expect(wrong).toEqual([]);
  });

  it('is the first instant of its day, for every first month', () => {
    const wrong = wrongOf(
      ({ day, atMs }, _index, _turns, zone) =>
        localDayOf(new Date(atMs - 1), zone) >= day || localDayOf(new Date(atMs), zone) !== day,
    );

    expect(wrong).toEqual([]);
  });

  it('is met by an hourly tick exactly once, wherever the ticks fall in the hour', () => {
    const wrong = kinds.flatMap(({ zone, turns }, kind) => {
      const firstMonth = (kind % 12) + 1;
      const tickAtMs = (kind * 7 * MINUTE_MS) % HOUR_MS;
      const own = turns.filter(({ month }) => (month - firstMonth + 12) % 3 === 0);
      return own
        .filter((turn) => !isMetOnce(turn, zone, firstMonth, tickAtMs))
        .map(({ day }) => `${zone} ${day}`);
    });

    expect(wrong).toEqual([]);
  });

  it('stands where the clocks change within a day of it: no half hour undoes it or makes it twice', () => {
    const near = kinds.flatMap(({ turns }) => turns.filter(({ isNearJump }) => isNearJump));
    const wrong = wrongOf(
      (turn, _index, _turns, zone) => !turnsOnce(turn, zone),
      ({ isNearJump }) => isNearJump,
    );

    expect(near.length).toBeGreaterThan(400);
    expect(wrong).toEqual([]);
  });
});

describe('days that clocks do twice or not at all', () => {
  it('turn the quarter once where the clocks go back over its midnight', () => {
    const zone = 'America/St_Johns';
    const labels = ['02:29:59', '02:30:30', '02:31:30', '03:29:00', '03:31:00'].map(
      (time) => cycleAt(new Date(`2009-11-01T${time}Z`), zone, 11).startsOn,
    );

    expect(localDayOf(new Date('2009-11-01T02:30:30Z'), zone)).toBe('2009-11-01');
    expect(localDayOf(new Date('2009-11-01T02:31:30Z'), zone)).toBe('2009-10-31');
    expect(labels).toEqual(['2009-08-01', '2009-11-01', '2009-11-01', '2009-11-01', '2009-11-01']);
  });

  it.each([
    // Samoa and Tokelau went over the date line at the end of 2011, Kwajalein in 1993, the Line Islands before 1995 began.
    ['Pacific/Apia', '2011-12-29', '2011-12-30', '2011-12-31'],
    ['Pacific/Fakaofo', '2011-12-29', '2011-12-30', '2011-12-31'],
    ['Pacific/Kwajalein', '1993-08-20', '1993-08-21', '1993-08-22'],
    ['Pacific/Kiritimati', '1994-12-30', '1994-12-31', '1995-01-01'],
  ])('go on in %s from %s over %s, which never was, to %s', (zone, before, skipped, after) => {
    const nextMs = startOfDay(after, zone).getTime();

    expect(localDayOf(new Date(nextMs - 1), zone)).toBe(before);
    expect(localDayOf(new Date(nextMs), zone)).toBe(after);
    expect(startOfDay(skipped, zone).getTime()).toBe(nextMs);
  });

  it('turn the year once where its last day never was', () => {
    const zone = 'Pacific/Kiritimati';
    const turnMs = startOfDay('1995-01-01', zone).getTime();

    expect(cycleAt(new Date(turnMs - 1), zone).label).toBe('1994-Q4');
    expect(cycleAt(new Date(turnMs), zone).label).toBe('1995-Q1');
  });
});

/** The first tick at or after the turn sees the new quarter, the one an hour before it the old one. */
function isMetOnce({ atMs, day }: Turn, zone: string, firstMonth: number, tickAtMs: number): boolean {
  const firstTickMs = atMs + ((((tickAtMs - atMs) % HOUR_MS) + HOUR_MS) % HOUR_MS);
  const before = cycleAt(new Date(firstTickMs - HOUR_MS), zone, firstMonth);
  const after = cycleAt(new Date(firstTickMs), zone, firstMonth);
  return before.endsOn === day && after.startsOn === day;
}

/** Every half hour from three hours before a turn to three after it, and once more just before and after. */
function turnsOnce({ atMs, day, month }: Turn, zone: string): boolean {
  const steps = Array.from({ length: 13 }, (_, index) => (index - 6) * (HOUR_MS / 2));
  return [...steps, -1, 1].every((laterMs) => {
    const cycle = cycleAt(new Date(atMs + laterMs), zone, month);
    return laterMs < 0 ? cycle.endsOn === day : cycle.startsOn === day;
  });
}
