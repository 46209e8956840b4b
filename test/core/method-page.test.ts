import { describe, expect, it } from '@jest/globals';
import { bannedWordsIn } from '../../src/core/banned-words.ts';
import { CAUTIOUS_SETTINGS } from '../../src/core/comparison/settings.ts';
import { methodPage } from '../../src/core/method-page.ts';
import {
  conversationGuide,
  patternFacts,
  patternNextStep,
  patternSentence,
} from '../../src/core/pattern-wording.ts';
import { PATTERN_PHASES, PATTERN_READERS, VERDICTS } from '../../src/core/model.ts';

const page = (change = {}) =>
  methodPage({ settings: CAUTIOUS_SETTINGS, isMeasured: false, replyWindowBusinessDays: 5, ...change });
const textOf = (value: unknown) => JSON.stringify(value);

describe('the method page', () => {
  it('says the numbers that the comparison runs by', () => {
    const text = textOf(page());

    expect(text).toMatch(/last 182 days/);
    expect(text).toMatch(/under 60 seconds/);
    expect(text).toMatch(/for 5 business days/);
    expect(text).toMatch(/does not decide in 10 such days is accepted/);
    expect(text).toMatch(/asked in the same quarter or within 10 business days/);
    expect(text).toMatch(/Below 8 compared check-ins there are none; below 12 only counts/);
    expect(text).toMatch(/33%, assumed until there are 60 statements/);
    expect(text).toMatch(/"4 or more"/);
    expect(text).toMatch(/at most 1 cycle of 100/);
  });

  it('names what is left out apart from what is compared', () => {
    const [compared, leftOut] = page();

    expect(compared?.lines.join(' ')).not.toMatch(/mass mail/);
    expect(leftOut?.title).toBe('What is left out');
    expect(leftOut?.lines).toContain('Notes, tasks and mass mail.');
  });

  it('follows what the account measured, and the window it chose', () => {
    const settings = { ...CAUTIOUS_SETTINGS, q: 0.19, sigma: 0.45 };
    const text = textOf(page({ settings, isMeasured: true, replyWindowBusinessDays: 8 }));

    expect(text).toMatch(/19%, measured here/);
    expect(text).toMatch(/"3 or more"/);
    expect(text).toMatch(/for 8 business days/);
  });

  it('says so where no number of contacts is enough', () => {
    expect(textOf(page({ settings: { ...CAUTIOUS_SETTINGS, q: 1 } }))).toMatch(/No number is enough here/);
  });

  it('names every result and every rule', () => {
    const facts = page().flatMap((section) => section.facts.map(({ label }) => label));

    expect(page().find(({ title }) => title === 'The results')?.facts).toHaveLength(VERDICTS.length);
    expect(facts).toEqual(expect.arrayContaining(['R00', 'R01', 'R13', 'R15']));
  });
});

describe('the words of a pattern', () => {
  const names = { repName: 'Tom Baker', managerName: 'Ana Silva', secondManagerName: 'Eva Roth' };
  const counts = { n: 12, x: 3, companies: 2, supported: 2, pValue: 0.00021, simulatedRate: 0.004 };
  const all = PATTERN_PHASES.flatMap((phase) =>
    PATTERN_READERS.flatMap((reader) => [
      patternSentence(phase, reader, { ...names, replyUntil: '2026-10-19' }),
      patternNextStep(reader, phase),
    ]),
  );

  it('hold no banned word, whoever reads them', () => {
    const words = [...all, ...conversationGuide(names), textOf(patternFacts(counts)), textOf(page())];

    expect(words.flatMap(bannedWordsIn)).toEqual([]);
  });

  it('tell managers nothing while it is the rep’s alone', () => {
    const sentence = patternSentence('repFirst', 'manager', { ...names, replyUntil: '2026-10-19' });

    expect(sentence).toBe('');
  });

  it('give every number with its uncertainty', () => {
    expect(patternFacts(counts).map(({ value }) => value)).toEqual([
      '3 of 12 compared check-ins, at 2 customers',
      '2 customers. Fewer than 2 would be no pattern.',
      '8.9% to 53% (95% interval); together with what is usual about 13%',
      'so many would be seen with a chance of 0.02%, at a base rate of 1%',
      'If every log were right, a team would see any pattern in at most 1 cycle of 100.',
    ]);
  });
});
