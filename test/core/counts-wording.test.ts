import { describe, expect, it } from '@jest/globals';
import { hygieneFacts, ownNumbers, teamNote } from '../../src/core/counts-wording.ts';

const counts = { n: 27, x: 3, credits: 24 };
const around = { accounts: null, isDrifting: false };

describe('a rep’s counts in words', () => {
  it('narrow the range where few accounts are left out, and not where that is not known', () => {
    expect(teamNote(counts, { ...around, accounts: 60 })).toMatch(/share of 5% to 23% \(95%/);
    expect(teamNote(counts, around)).toMatch(/share of 3\.9% to 28% \(95%/);
    expect(teamNote(counts, { ...around, accounts: 20 })).toMatch(/share of 3\.9% to 28% \(95%/);
  });

  it('give the manager both intervals from twelve check-ins on, and none below', () => {
    expect(teamNote(counts, around)).toBe(
      'Nothing against the log in 24 of 27. Two answers differ in 3: chance alone allows a true share of 3.9% to 28% ' +
        '(95% interval). Together with what is usual it is about 8.5%, 3% to 16% (90% interval).',
    );
    expect(teamNote({ n: 11, x: 1, credits: 10 }, around)).not.toMatch(/interval/);
  });

  it('claim no uncertainty once every account was compared', () => {
    const whole = { ...around, accounts: 27 };

    expect(teamNote(counts, whole)).toMatch(/differ in 3: all accounts were compared\. /);
    expect(ownNumbers(counts, whole)).toContain(
      'All your accounts were compared, so this is the whole picture of these quarters.',
    );
  });

  it('widen the range where accounts stand for different numbers of others', () => {
    const note = teamNote({ ...counts, share: 3 / 27, effectiveSize: 12 }, around);

    expect(note).toMatch(/share of 2\.4% to 39%/);
  });

  it('thank for contact that was not logged', () => {
    expect(ownNumbers({ ...counts, underLogged: 4 })[1]).toBe(
      'In 4 of these the customer remembers more than the log. Good work; please log it.',
    );
  });

  it('mention a slow fall to rep and manager, from twelve check-ins on', () => {
    const drifting = { ...around, isDrifting: true };

    expect(teamNote(counts, drifting)).toMatch(/falling slowly: ask how things are\.$/);
    expect(ownNumbers(counts, drifting).join(' ')).toMatch(/It has no consequence/);
    expect(teamNote({ n: 11, x: 0, credits: 11 }, drifting)).not.toMatch(/falling/);
  });

  it('count the rep’s own records, and are silent without any', () => {
    expect(hygieneFacts(0, { late: 0, noOutcome: 0, noContact: 0 })).toEqual([]);
    expect(hygieneFacts(12, { late: 1, noOutcome: 2, noContact: 0 }).map(({ value }) => value)).toEqual([
      '1 of 12 records',
      '2 of 12 records',
      '0 of 12 records',
    ]);
  });
});
