import { describe, expect, it } from '@jest/globals';
import { respread } from '../../../src/core/cadence/respread.ts';
import type { RespreadInput } from '../../../src/core/cadence/respread.ts';

const DAYS = ['2026-11-23', '2026-11-24', '2026-11-25'];

function overdue(
  touchId: string,
  dueOn: string,
  change: { movedByPerson?: boolean; callerKey?: string } = {},
) {
  return { touchId, dueOn, callerKey: 'ana', half: 'morning' as const, movedByPerson: false, ...change };
}

function input(change: Partial<RespreadInput>): RespreadInput {
  return { overdue: [], days: DAYS, existingLoad: new Map(), perDayCapacity: 1, ...change };
}

describe('overdue touches', () => {
  it('go to the first days with room, the longest overdue first', () => {
    const slots = respread(
      input({
        overdue: [overdue('b', '2026-11-05'), overdue('a', '2026-11-10'), overdue('c', '2026-11-02')],
      }),
    );

    expect([...slots].map(([touchId, slot]) => [touchId, slot.dueOn])).toEqual([
      ['c', '2026-11-23'],
      ['b', '2026-11-24'],
      ['a', '2026-11-25'],
    ]);
  });

  it('count what the caller already has on a day', () => {
    const existingLoad = new Map([['ana', new Map([['2026-11-23', 2]])]]);

    const slots = respread(input({ overdue: [overdue('a', '2026-11-05')], existingLoad, perDayCapacity: 2 }));

    expect(slots.get('a')).toEqual({ dueOn: '2026-11-24', half: 'morning' });
  });

  it('that a person moved stay where they are', () => {
    const slots = respread(input({ overdue: [overdue('a', '2026-11-05', { movedByPerson: true })] }));

    expect(slots.size).toBe(0);
  });

  it('beyond the capacity go to the day with the least', () => {
    const existingLoad = new Map([
      [
        'ana',
        new Map([
          ['2026-11-23', 3],
          ['2026-11-24', 1],
          ['2026-11-25', 2],
        ]),
      ],
    ]);

    const slots = respread(input({ overdue: [overdue('a', '2026-11-05')], existingLoad }));

    expect(slots.get('a')?.dueOn).toBe('2026-11-24');
  });

  it('of another caller take no room', () => {
    const slots = respread(
      input({ overdue: [overdue('a', '2026-11-05'), overdue('b', '2026-11-05', { callerKey: 'ben' })] }),
    );

    expect(slots.get('a')?.dueOn).toBe('2026-11-23');
    expect(slots.get('b')?.dueOn).toBe('2026-11-23');
  });

  it('stay where no day is left', () => {
    expect(respread(input({ overdue: [overdue('a', '2026-11-05')], days: [] })).size).toBe(0);
  });

  it('move to the same days in whatever order they are given', () => {
    const touches = [overdue('b', '2026-11-05'), overdue('a', '2026-11-05'), overdue('c', '2026-11-02')];

    expect(respread(input({ overdue: touches }))).toEqual(respread(input({ overdue: touches.reverse() })));
  });
});
