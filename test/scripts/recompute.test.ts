import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { differingIds, otherVersions, recompute, UnreadableRecordError } from '../../scripts/recompute.ts';

const claim = (ageDays: number, changes = {}) => ({
  ageDays,
  outcome: 'live',
  tier: 1,
  contact: 'respondent',
  ...changes,
});
const row28 = (changes = {}) => ({
  id: 'row28',
  claims: [claim(6), claim(21), claim(40)],
  recency: 'LONG',
  count: '0',
  flags: [],
  ...changes,
});
const FIRM = { verdict: 'DIFFERS_FIRM', severity: 2, rule: 'R13', mu: 0.006872, supported: false };
const EXPLAINED = { verdict: 'EXPLAINED', severity: 0, rule: 'R00', mu: null, supported: false };

function faultsOf(document: unknown): readonly string[] {
  try {
    recompute(document);
  } catch (error) {
    if (error instanceof UnreadableRecordError) return error.faults;
    throw error;
  }
  return [];
}

describe('performing findings again', () => {
  it('gives one result a case, in their order', () => {
    const results = recompute({
      setting: 'M',
      cases: [row28(), row28({ id: 7, recency: null, count: null })],
    });

    expect(results).toEqual([
      { id: 'row28', ...FIRM },
      { id: 7, verdict: 'UNVERIFIED', severity: 0, rule: 'R03', mu: null, supported: false },
    ]);
  });

  it.each([
    ['an accepted reply', { flags: ['replyAccepted'] }, EXPLAINED],
    ['a machine record attached later', { laterClaims: [claim(21, { tier: 4 })] }, EXPLAINED],
    ['a log made later by hand', { laterClaims: [claim(21, { tier: 2 })] }, FIRM],
    [
      'a second contact who remembers',
      { secondContact: { claims: [claim(21, { contact: 'other' })], recency: 'W4', count: '2', flags: [] } },
      EXPLAINED,
    ],
    ['a second contact who does not', { secondContact: row28() }, { ...FIRM, supported: true }],
    ['a shared log', { flags: ['shared'] }, { ...FIRM, verdict: 'DIFFERS_SOFT', severity: 1, rule: 'R12' }],
  ])('weighs %s', (_case, changes, expected) => {
    expect(recompute({ setting: 'M', cases: [row28(changes)] })).toEqual([{ id: 'row28', ...expected }]);
  });

  it('takes measured settings in place of a name, at either place', () => {
    const measured = { q: 0.19, rho: 0, sigma: 0.45, alpha: 0.015, floor: 3 };
    const expected = [{ id: 'row28', ...FIRM }];

    expect(recompute({ setting: measured, cases: [row28()] })).toEqual(expected);
    expect(recompute({ ...measured, cases: [row28()] })).toEqual(expected);
    expect(recompute({ setting: 'C', cases: [row28({ setting: measured })] })).toEqual(expected);
  });
});

describe('what a case may leave out', () => {
  it('may be null too', () => {
    const nobodys = row28({ claims: [6, 21, 40].map((age) => claim(age, { owner: null })) });
    const secondContact = { ...row28(), laterClaims: null, secondContact: null };

    const results = recompute({
      setting: 'M',
      cases: [nobodys, row28({ laterClaims: null, secondContact: null }), row28({ secondContact })],
    });

    expect(results).toEqual([
      { id: 'row28', ...FIRM },
      { id: 'row28', ...FIRM },
      { id: 'row28', ...FIRM, supported: true },
    ]);
  });
});

describe('a case that another version of the method made', () => {
  const document = (stored: object) => ({
    setting: 'M',
    cases: [
      row28(),
      row28({ id: 'old', methodVersion: '0.9.0', stored }),
      row28({ id: 9, methodVersion: '0.8.0' }),
    ],
  });

  it('is performed with today’s rules beside the others, and named with its version', () => {
    const results = recompute(document(FIRM));

    expect(results.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['row28', 'DIFFERS_FIRM'],
      ['old', 'DIFFERS_FIRM'],
      [9, 'DIFFERS_FIRM'],
    ]);
    expect([...otherVersions(document(FIRM))]).toEqual([
      ['0.9.0', ['old']],
      ['0.8.0', [9]],
    ]);
    expect(otherVersions({ setting: 'M', cases: [row28({ methodVersion: '1.0.0' })] }).size).toBe(0);
  });

  it('is named among those that differ, where its own rules gave another result', () => {
    expect(differingIds(document(FIRM))).toEqual([]);
    expect(differingIds(document({ ...FIRM, severity: 1 }))).toEqual(['old']);
  });
});

describe('every rule', () => {
  const weeks = (answers: object) => row28({ recency: 'W4', count: '2', ...answers });
  const asked = (ages: readonly number[], changes: object) =>
    row28({ claims: ages.map((age) => claim(age)), ...changes });

  it.each([
    ['R00', row28({ flags: ['replyAccepted'] })],
    ['R01', row28({ flags: ['partial'] })],
    ['R02', row28({ flags: ['stale'] })],
    ['R03', row28({ recency: null, count: null })],
    ['R04', row28({ flags: ['unsure'] })],
    ['R05', weeks({ count: '0' })],
    ['R06', weeks({ claims: [] })],
    ['R07', weeks({})],
    ['R08', asked([6, 8], { recency: 'M2', count: '2' })],
    ['R09', row28({ count: 'DK' })],
    ['R10', row28({ flags: ['colleague'] })],
    ['R11', row28({ flags: ['trace'] })],
    ['R12', row28({ flags: ['shared'] })],
    ['R13', row28()],
    ['R14', asked([10, 28], { recency: 'M6' })],
    ['R15', asked([15], {})],
  ])('%s comes out again byte for byte, and a changed result is named', (rule, one) => {
    const [first] = recompute({ setting: 'M', cases: [one] });
    const { id, ...result } = first!;
    const document = (stored: object) => ({ setting: 'M', cases: [{ ...one, stored }] });

    expect([id, result.rule]).toEqual(['row28', rule]);
    expect(JSON.stringify(recompute(document(result)))).toBe(JSON.stringify([first]));
    expect(differingIds(document(result))).toEqual([]);
    expect(differingIds(document({ ...result, supported: !result.supported }))).toEqual(['row28']);
  });
});

const FLOOR_2 = { q: 0.01, rho: 0, sigma: 0.45, alpha: 0.015, floor: 2 };

describe('a record that cannot be read', () => {
  it.each([
    ['a recency that does not exist', row28({ recency: 'W9' }), 'cases[0] (id "row28"): recency: '],
    ['a negative age', row28({ claims: [claim(-1)] }), 'cases[0] (id "row28"): claims[0].ageDays: '],
    ['a tier that does not exist', row28({ claims: [claim(1, { tier: 5 })] }), 'claims[0].tier: '],
    ['a field nobody knows', row28({ recencey: 'W1' }), 'recencey'],
    [
      'a second contact without claims',
      row28({ secondContact: { recency: 'W1', count: '1' } }),
      'secondContact.claims: ',
    ],
  ])('names the case and the field of %s', (_case, faulty, expected) => {
    expect(faultsOf({ setting: 'M', cases: [faulty] })[0]).toContain(expected);
  });

  it.each([
    ['in the document', { setting: FLOOR_2, cases: [] }, 'document: setting.floor: '],
    ['as fields of the document', { ...FLOOR_2, cases: [] }, 'document: floor: '],
    ['in a case', { setting: 'M', cases: [row28({ setting: FLOOR_2 })] }, '(id "row28"): setting.floor: '],
  ])(
    'names a floor under three touch-days %s: two never make a firm difference',
    (_where, faulty, expected) => {
      expect(faultsOf(faulty).at(-1)).toContain(expected);
    },
  );

  it('lists the faults of every case', () => {
    const cases = [row28({ count: 3 }), row28(), row28({ id: 9, flags: ['odd'] })];

    expect(faultsOf({ setting: 'M', cases }).map((fault) => fault.slice(0, 8))).toEqual([
      'cases[0]',
      'cases[2]',
    ]);
  });

  it('says what a document looks like', () => {
    expect(faultsOf({ setting: 'X', cases: [] })[0]).toContain('"setting": "C", "M"');
    expect(faultsOf([])[0]).toContain('expected');
  });
});

describe('the command', () => {
  const run = (input: string) =>
    spawnSync(process.execPath, ['scripts/recompute.ts', '-'], { input, encoding: 'utf8' });

  it('prints the results of a record on standard input', () => {
    const { status, stdout } = run(JSON.stringify({ setting: 'M', cases: [row28()] }));

    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual([{ id: 'row28', ...FIRM }]);
  });

  it('says with which version of the method a case was made', () => {
    const { status, stderr } = run(
      JSON.stringify({ setting: 'M', cases: [row28({ methodVersion: '0.9.0', stored: FIRM })] }),
    );

    expect([status, stderr]).toEqual([0, 'Made with method 0.9.0, performed here with 1.0.0: row28\n']);
  });

  it('ends with status 1 and the faults when the record is broken', () => {
    const { status, stderr } = run('{"setting":"M","cases":[{}]}');

    expect(status).toBe(1);
    expect(stderr).toContain('cases[0]: claims: ');
  });
});
