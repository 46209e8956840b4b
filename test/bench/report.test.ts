import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { mergedRecord, recordMarkdown, withRecord, type BenchRecord } from '../../bench/report/table.ts';

const RECORD: BenchRecord = {
  machine: { cores: 2, node: 'v24.21.0' },
  date: '2026-11-22',
  mode: 'full',
  benches: {
    quarter: {
      companies: 10_000,
      spread: { seconds: { median: 19.874, min: 19.8, max: 20.1, runs: 5 } },
      replies429: 0,
      large: null,
      seed: 7,
      misses: [],
    },
  },
};
const docs = (name: string) => readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

describe('the record of the benches', () => {
  it('shows machine, date and seed, each figure with its spread and its bar', () => {
    const markdown = recordMarkdown(RECORD);

    expect(markdown).toContain('Measured 2026-11-22, full mode, on: cores 2, node v24.21.0.');
    expect(markdown).toContain('### quarter, seed 7: every bar is reached');
    expect(markdown).toContain('| time to the last outcome | 19.874 s (19.8 to 20.1, 5 runs) |  |');
    expect(markdown).toContain('| 429 replies | 0 | 0 |');
  });

  it('leaves out what was not measured', () => {
    const markdown = recordMarkdown(RECORD);

    expect(markdown).not.toContain('100,000 companies');
  });

  it('says which bars were missed', () => {
    const quarter = { ...RECORD.benches['quarter'], misses: ['3 companies have two tasks'] };

    const markdown = recordMarkdown({ ...RECORD, benches: { quarter } });

    expect(markdown).toContain('missed: 3 companies have two tasks');
  });

  it('joins sittings on one machine, the later one first, and refuses two machines', () => {
    const fleet = { ...RECORD, benches: { fleet: { portals: 5_000 } } };
    const elsewhere = { ...RECORD, machine: { cores: 64 } };

    const merged = mergedRecord([RECORD, fleet]);

    expect(Object.keys(merged.benches)).toEqual(['quarter', 'fleet']);
    expect(() => mergedRecord([RECORD, elsewhere])).toThrow('two machines');
  });

  it('replaces only its own part of the page', () => {
    const page = 'before\n<!-- record: written by bench/report.ts -->\nold\n<!-- end of record -->\nafter\n';

    const written = withRecord(page, 'new');

    expect(written).toBe(
      'before\n<!-- record: written by bench/report.ts -->\n\nnew\n\n<!-- end of record -->\nafter\n',
    );
  });

  it('stands on the page exactly as its document gives it', async () => {
    const page = await docs('benchmarks.md');
    const document = await docs('benchmarks.json').catch(() => null);

    const expected =
      document === null
        ? 'Not measured yet in full mode.'
        : recordMarkdown(JSON.parse(document) as BenchRecord);

    expect(withRecord(page, expected)).toBe(page);
  });
});
