import { describe, expect, it } from '@jest/globals';
import { CAUTIOUS_SETTINGS } from '../../src/core/comparison/settings.ts';
import { changesSection, recallChanges } from '../../src/core/recall-history.ts';

const on = (measuredOn: string, change: Partial<typeof CAUTIOUS_SETTINGS> = {}) => ({
  measuredOn,
  settings: { ...CAUTIOUS_SETTINGS, ...change },
});

describe('what was measured of memory', () => {
  it('is told from the day on which it replaced the cautious number', () => {
    const changes = recallChanges([on('2026-10-03', { q: 0.24 }), on('2026-10-01')], true);

    expect(changes).toEqual([
      { since: '2026-10-03', changes: ['Chance that a customer forgets one contact: from 33% to 24%.'] },
    ]);
  });

  it('is told number by number, the newest first', () => {
    const measured = [
      on('2026-11-09', { q: 0.21, sigma: 0.4, rho: 0.1 }),
      on('2026-10-03', { q: 0.24, sigma: 0.4 }),
    ];

    const changes = recallChanges(measured, true);

    expect(changes.map(({ since, changes: lines }) => [since, lines.length])).toEqual([
      ['2026-11-09', 2],
      ['2026-10-03', 2],
    ]);
    expect(changes[0]?.changes[1]).toBe('How much one person’s misses go together (rho): from 0.00 to 0.10.');
  });

  it('is not told where no digit that is shown moved', () => {
    const changes = recallChanges([on('2026-10-04', { q: 0.241 }), on('2026-10-03', { q: 0.24 })], false);

    expect(changes).toEqual([]);
  });

  it('is on the method page once there is a change', () => {
    const changes = [{ since: '2026-10-03', changes: ['One.', 'Two.'] }];

    const sections = changesSection(changes);

    expect(changesSection([])).toEqual([]);
    expect(sections.map(({ facts }) => facts)).toEqual([
      [{ label: 'Since Oct 3, 2026', value: 'One. Two.' }],
    ]);
  });

  it('begins with what is known where older days were not read', () => {
    const changes = recallChanges([on('2026-10-04', { q: 0.2 }), on('2026-10-03', { q: 0.24 })], false);

    expect(changes).toEqual([
      { since: '2026-10-04', changes: ['Chance that a customer forgets one contact: from 24% to 20%.'] },
    ]);
  });
});
