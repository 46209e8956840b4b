import { describe, expect, it } from '@jest/globals';
import { MEASURED_SETTINGS } from '../../../src/core/comparison/settings.ts';
import { createRandom } from '../../../src/core/random.ts';
import { hear } from '../../../scripts/simulate-year/account.ts';
import { reportOf, reportSection, sectionOf, withSection } from '../../../scripts/simulate-year/report.ts';
import { drawTeam, type Team } from '../../../scripts/simulate-year/teams.ts';
import { simulateYear } from '../../../scripts/simulate-year/year.ts';

const SEED = 'year-test';
const team = (change: Partial<Team> = {}): Team => ({ ...drawTeam('team', SEED, true), ...change });
const recall = { forget: 0.1, colleague: 0, sigma: 0.3, delta: 0.5, rho: 0 };

/** A rep none of whose many calls took place. */
function neglected(): Team {
  const [first] = team().reps;
  if (first === undefined) throw new Error('A team has reps.');
  const accounts = Array.from({ length: 30 }, (_, index) => ({
    companyId: `${index}`,
    meanTouches: 8,
    tookPlace: 0,
  }));
  return team({ reps: [{ ...first, state: 'neglectsHalf', accounts }], recall, checkInsPerRep: 20 });
}

describe('a simulated year', () => {
  it('is the same again from the same seed, and another from another', () => {
    const year = JSON.stringify(simulateYear(drawTeam('mixed1', SEED, false), SEED));

    expect(JSON.stringify(simulateYear(drawTeam('mixed1', SEED, false), SEED))).toBe(year);
    expect(JSON.stringify(simulateYear(drawTeam('mixed1', 'other', false), 'other'))).not.toBe(year);
  });

  it('finds the rep whose accounts hear from nobody, and counts what it took', () => {
    const { reps, cyclesWithPattern } = simulateYear(neglected(), SEED);

    expect(reps[0]?.flagged).toMatchObject({ cycle: 1, checkIns: 20 });
    expect(cyclesWithPattern).toBe(4);
  });

  it('shows no pattern in honest teams', () => {
    const honest = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) =>
      simulateYear(drawTeam(name, SEED, true), SEED),
    );

    const report = reportOf(SEED, honest, []);

    expect([report.honestTeamCycles, report.honestTeamCyclesWithPattern]).toEqual([24, 0]);
    expect(honest.flatMap(({ reps }) => reps).every(({ comparable }) => comparable > 0)).toBe(true);
  });

  it('lets a machine record speak for a rep whose customer forgot', () => {
    const account = { companyId: '1', meanTouches: 6, tookPlace: 1 };
    const forgetful = { ...recall, forget: 0.9 };
    const firmOf = (confirmedShare: number) => {
      const random = createRandom(SEED);
      const heard = Array.from({ length: 300 }, () =>
        hear(account, { recall: forgetful, confirmedShare }, MEASURED_SETTINGS, random),
      );
      return heard.filter(({ first }) => first.verdict === 'DIFFERS_FIRM').length;
    };

    expect(firmOf(0)).toBeGreaterThan(30);
    expect(firmOf(1)).toBe(0);
  });

  it('does not hold where honest teams show more than one pattern in a hundred cycles', () => {
    const shown = { ...simulateYear(neglected(), SEED), cyclesWithPattern: 1 };
    const quiet = { ...shown, cyclesWithPattern: 0 };
    const quietTeams = Array.from({ length: 24 }, () => quiet);

    expect(reportOf(SEED, [shown, ...quietTeams], []).holds).toBe(true);
    expect(reportOf(SEED, [shown, shown, ...quietTeams], []).holds).toBe(false);
  });

  it('renews its own section of the page and leaves the rest', () => {
    const section = reportSection(reportOf(SEED, [], [simulateYear(neglected(), SEED)]), '2026-11-22');

    const once = withSection('# Page\n\nText.\n', section);
    const twice = withSection(once, section);

    expect(twice).toBe(once);
    expect(once.startsWith('# Page\n\nText.\n\n## Simulated year\n')).toBe(true);
    expect(sectionOf(once)).toBe(section);
    expect(section).toMatch(/\| 1 account in 2 hears from nobody \| 1 \| 1 \| 20 \|/);
  });
});
