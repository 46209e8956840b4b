import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DerivedMap } from '../../../sandbox/hubspot/derived-map.ts';

const BASE = ['a', 'b', 'c'];

function derived(): DerivedMap<string> {
  return new DerivedMap({
    size: BASE.length,
    keys: () => BASE,
    derive: (key) => (BASE.includes(key) ? `derived ${key}` : undefined),
  });
}

const change = fc.record({
  kind: fc.constantFrom('set' as const, 'delete' as const),
  key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  value: fc.string(),
});

describe('a derived map', () => {
  it('behaves as a map that holds every entry, whatever is set and deleted', () => {
    const property = fc.property(fc.array(change), (changes) => {
      const lazy = derived();
      const plain = new Map(BASE.map((key) => [key, `derived ${key}`]));

      for (const { kind, key, value } of changes) {
        if (kind === 'set') lazy.set(key, value);
        else expect(lazy.delete(key)).toBe(plain.has(key));
        if (kind === 'set') plain.set(key, value);
        else plain.delete(key);
      }

      expect(new Map([...lazy].sort())).toEqual(new Map([...plain].sort()));
      expect(lazy.size).toBe(plain.size);
      expect(['a', 'b', 'd'].map((key) => [lazy.has(key), lazy.get(key)])).toEqual(
        ['a', 'b', 'd'].map((key) => [plain.has(key), plain.get(key)]),
      );
    });

    // A failure prints the seed and the shortest counterexample.
    expect(() => {
      fc.assert(property);
    }).not.toThrow();
  });

  it('is empty after it was cleared', () => {
    const lazy = derived().set('d', 'added');

    lazy.clear();

    expect([...lazy.keys()]).toEqual([]);
    expect(lazy.size).toBe(0);
  });
});
