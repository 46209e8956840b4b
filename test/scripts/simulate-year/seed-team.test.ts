import { describe, expect, it, jest } from '@jest/globals';
import nock from 'nock';
import { seedTeam } from '../../../sandbox/portals/seed-team.ts';
import { checkDocument } from '../../../sandbox/hubspot/portal-load.ts';
import { withSection } from '../../../scripts/simulate-year/report.ts';
import { withFewerReps } from '../../../scripts/simulate-year/seed-team/fewer-reps.ts';
import { playYear, type HeardOnce } from '../../../scripts/simulate-year/seed-team/play-year.ts';
import { seedReport, seedSection } from '../../../scripts/simulate-year/seed-team/report.ts';
import { seedRoster } from '../../../scripts/simulate-year/seed-team/roster.ts';

// The year is played over real sockets; nock's patched ones break connections that end abruptly.
nock.restore();
jest.setTimeout(600_000);

const SEED = 'seed-team-test';
const seeded = seedTeam({ now: new Date('2026-01-05T15:00:00Z') });

describe('the seed team with fewer reps', () => {
  it('is a whole portal of their customers alone', () => {
    const { document, truth } = withFewerReps(seeded, 2);

    expect(() => checkDocument(document, undefined)).not.toThrow();
    expect(truth.accounts).toHaveLength(120);
    expect(document.owners).toHaveLength(3);
    expect(document.objects['calls']?.length).toBeGreaterThan(500);
    expect(withFewerReps(seeded, 7)).toBe(seeded);
    expect(withFewerReps(seeded, 2, 15).truth.accounts).toHaveLength(30);
  });
});

describe('the roster', () => {
  it('knows what each rep really does, at customers with two different people to ask', () => {
    const roster = seedRoster(seeded, 10, SEED);

    expect(roster.map(({ state }) => state).sort()).toEqual([
      ...Array.from({ length: 4 }, () => 'honest'),
      'neglectsFifth',
      'neglectsHalf',
      'sprinklesFifth',
    ]);
    expect(roster[2]?.accounts.filter(({ tookPlace }) => tookPlace === 0)).toHaveLength(5);
    expect(
      roster.every(({ accounts }) => accounts.every(({ contacts: [one, two] }) => one.id !== two.id)),
    ).toBe(true);
  });
});

describe('a quarter over sockets', () => {
  it('ends with a verdict for every check-in, and holds nothing firm against an honest rep', async () => {
    const size = { reps: 3, customersPerRep: 15, accountsPerRep: 6, checkInsPerRep: 4 };
    const plan = { seed: SEED, quarters: 1, isTested: false, ...size };

    const played = await playYear({ ...plan, tell: () => undefined });

    const first = played.heard.filter(({ isSecondContact }) => !isSecondContact);
    const { reps, holds } = seedReport(plan, played);
    expect(first).toHaveLength(12);
    expect(played.heard.every(({ verdict }) => verdict !== null)).toBe(true);
    expect(first.some(({ verdict }) => verdict === 'CORROBORATED')).toBe(true);
    expect(reps.filter(({ state }) => state === 'honest').map(({ firm }) => firm)).toEqual([0, 0]);
    expect(holds).toBe(true);
  });
});

describe('the report', () => {
  const [rep] = seedRoster(seeded, 4, SEED);
  const heard = (verdict: string, endVerdict: string, isSecondContact = false): HeardOnce => ({
    ownerId: rep?.ownerId ?? '',
    companyId: '1',
    quarter: 1,
    isSecondContact,
    findingId: 'f',
    verdict,
    endVerdict,
  });
  const reportWith = (flagged: boolean) =>
    seedReport(
      { seed: SEED, quarters: 4 },
      {
        reps: rep === undefined ? [] : [rep],
        heard: [
          heard('CORROBORATED', 'CORROBORATED'),
          heard('DIFFERS_FIRM', 'EXPLAINED'),
          heard('DIFFERS_SOFT', 'DIFFERS_SOFT'),
          heard('CORROBORATED', 'CORROBORATED', true),
        ],
        flagged: flagged ? [{ ownerId: rep?.ownerId ?? '', quarter: 2, checkIns: 3 }] : [],
      },
    );

  it('counts what was said, and what was explained by the end', () => {
    expect(reportWith(false).reps[0]).toMatchObject({
      checkIns: 3,
      secondContacts: 1,
      soft: 1,
      firm: 1,
      cleared: 1,
      flagged: null,
    });
  });

  it('does not hold where an honest rep got a pattern', () => {
    expect([reportWith(false).holds, reportWith(true).holds]).toEqual([true, false]);
    expect(seedSection(reportWith(true), '2026-11-22')).toContain('quarter 2, after 3 check-ins');
  });

  it('stands on the page beside the other year, each renewed alone', () => {
    const mine = seedSection(reportWith(false), '2026-11-22');
    const page = withSection(withSection('# Page\n', '## Simulated year\n\nOne.\n'), mine);

    const renewed = withSection(page, '## Simulated year\n\nTwo.\n');

    expect(renewed).toBe(page.replace('One.', 'Two.'));
    expect(withSection(renewed, mine)).toBe(renewed);
  });
});
