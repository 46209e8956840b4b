import { describe, expect, it } from '@jest/globals';
import { differenceNextStep, whoSeesText } from '../../src/core/finding-wording.ts';

const readers = {
  severity: 2,
  isOpen: true,
  repName: 'Tom Baker',
  replyUntil: '2026-11-19',
  readerIsRep: true,
};
const names = { managerName: 'Ana Lopez', laterReaderName: null, readerIsLater: false };
const step = { ...readers, verdict: 'DIFFERS_FIRM', secondContactName: null } as const;
const closed = { isOpen: false } as const;
const apart = { laterReaderName: 'Ben Cole' } as const;

describe('who sees a finding', () => {
  it('is the rep and the caller alone where the caller is the rep’s manager', () => {
    expect(whoSeesText({ ...readers, ...names, ...closed })).toBe('Only you and Ana Lopez see this.');
  });

  it('names the rep’s manager to the rep where somebody else called', () => {
    const open = whoSeesText({ ...readers, ...names, ...apart });
    const over = whoSeesText({ ...readers, ...names, ...apart, ...closed });

    expect(open).toMatch(
      /^Only you and Ana Lopez see this until .+\. Ben Cole may see it once the days to reply are over\.$/,
    );
    expect(over).toBe('You and Ana Lopez see this. Ben Cole may see it once the days to reply are over.');
  });

  it('names the rep’s manager where nothing differs too', () => {
    const text = whoSeesText({ ...readers, ...names, ...apart, severity: 0, readerIsRep: false });

    expect(text).toBe('Tom Baker and you see this. Ben Cole may see it once the days to reply are over.');
  });

  it('tells the rep’s manager that the caller sees it too', () => {
    const text = whoSeesText({
      ...readers,
      ...names,
      ...apart,
      ...closed,
      readerIsRep: false,
      readerIsLater: true,
    });

    expect(text).toBe('Tom Baker, Ana Lopez and you see this, now that the days to reply are over.');
  });
});

describe('the next step of a rep', () => {
  it('is a reply or silence while the window runs', () => {
    expect(differenceNextStep(step)).toContain('silence never counts');
  });

  it.each([
    ['the window is over', { isOpen: false }],
    ['nothing differs', { severity: 0, verdict: 'CORROBORATED' }],
  ] as const)('is nothing where %s', (_when, change) => {
    expect(differenceNextStep({ ...step, ...change })).toBe('Nothing to do.');
  });

  it.each(['UNDER_LOGGED', 'DIFFERENT_CONTACT', 'STALE_CONTACT'] as const)(
    'is left to the sentence of %s',
    (verdict) => {
      expect(differenceNextStep({ ...step, severity: 0, verdict })).toBe('');
    },
  );
});
