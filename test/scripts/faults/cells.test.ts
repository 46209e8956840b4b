import { describe, expect, it } from '@jest/globals';
import { cellOf, CELLS } from '../../../scripts/faults/cells.ts';
import { ROWS } from '../../../scripts/faults/rows/all.ts';

describe('the cells of the fault matrix', () => {
  it('name only faults that there are', () => {
    const faults = new Set(ROWS.map(({ fault }) => fault));

    const unknown = CELLS.flatMap(([, named]) => named.filter((fault) => !faults.has(fault)));

    expect(unknown).toEqual([]);
  });

  it('hold the three positions of each crash point', () => {
    const points = ROWS.filter(({ fault }) => fault.startsWith('killed at'));

    const sizes = new Set(
      points.map((row) => points.filter((other) => cellOf(other) === cellOf(row)).length),
    );

    expect(sizes).toEqual(new Set([3]));
  });

  it('are a row’s own where nothing else is of its kind', () => {
    const cell = cellOf({ fault: 'late commit', point: 'create, lands after our timeout' });

    expect(cell).toBe('late commit, create, lands after our timeout');
  });
});
