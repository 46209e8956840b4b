import { describe, expect, it } from '@jest/globals';
import { uniqueActivities, versionAt } from '../../../src/core/comparison/activity.ts';
import { aCall } from './activity-builder.ts';

const MOMENT = '2026-08-12T15:00:00Z';
const BEFORE = '2026-08-12T14:59:59Z';
const AFTER = '2026-08-12T15:00:01Z';

describe('a record as it stood at one moment', () => {
  it('exists from the very moment on in which it was made', () => {
    expect(versionAt(aCall({ createdAt: MOMENT }), MOMENT)).not.toBeNull();
    expect(versionAt(aCall({ createdAt: AFTER }), MOMENT)).toBeNull();
  });

  it('is known without a history only where nothing changed since', () => {
    const known = (updatedAt: string) =>
      versionAt(aCall({ createdAt: BEFORE, updatedAt }), MOMENT)?.isVersionKnown;

    expect([known(BEFORE), known(MOMENT), known(AFTER)]).toEqual([true, true, false]);
  });

  it('is known by its history, whatever changed since', () => {
    const record = aCall({
      createdAt: BEFORE,
      updatedAt: AFTER,
      disposition: 'now',
      history: [
        { since: AFTER, values: { disposition: 'now', durationMs: 5 } },
        { since: MOMENT, values: { disposition: 'then' } },
        { since: BEFORE, values: { disposition: 'first' } },
      ],
    });

    const version = versionAt(record, MOMENT);

    expect(version?.isVersionKnown).toBe(true);
    expect([version?.record.disposition, version?.record.durationMs]).toEqual(['then', null]);
  });

  it('had no recording before one was first noted', () => {
    const history = [{ since: AFTER, values: { hasRecording: true } }];
    const record = aCall({ createdAt: BEFORE, updatedAt: AFTER, hasRecording: true, history });

    expect(versionAt(record, MOMENT)?.record.hasRecording).toBe(false);
  });
});

describe('a record met on several ways', () => {
  it('is one, with all its contacts and whatever either way knew', () => {
    const found = uniqueActivities([
      aCall({ id: '1', contactIds: ['301'], companyLink: 'related', isCheckIn: false }),
      aCall({ id: '1', contactIds: ['302', '301'], companyLink: 'direct', isCheckIn: true }),
      aCall({ id: '2' }),
    ]);

    expect(found.map(({ id }) => id)).toEqual(['1', '2']);
    expect(found[0]).toMatchObject({ contactIds: ['301', '302'], companyLink: 'direct', isCheckIn: true });
  });

  it('stays direct in either order, and apart from another kind with its number', () => {
    const direct = aCall({
      id: '1',
      companyLink: 'direct',
      isFromContactThere: true,
      isBookedByContact: true,
    });
    const related = aCall({ id: '1', companyLink: 'related' });

    const [merged] = uniqueActivities([direct, related]);

    expect(merged).toMatchObject({
      companyLink: 'direct',
      isFromContactThere: true,
      isBookedByContact: true,
    });
    expect(uniqueActivities([direct, { ...direct, objectType: 'meeting' }])).toHaveLength(2);
  });
});
