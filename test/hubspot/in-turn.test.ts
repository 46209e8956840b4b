import { describe, expect, it } from '@jest/globals';
import { inTurn } from '../../src/hubspot/in-turn.ts';

async function* counting(name: string, count: number, seen: string[]): AsyncGenerator<string> {
  try {
    for (let place = 1; place <= count; place += 1) {
      seen.push(`${name}${place}`);
      yield await Promise.resolve(`${name}${place}`);
    }
  } finally {
    seen.push(`${name} ended`);
  }
}

async function* failing(): AsyncGenerator<string> {
  yield await Promise.resolve('b1');
  throw new RangeError('no more');
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('taking from several sources in turn', () => {
  it('gives one item of each until all have ended', async () => {
    const items: string[] = [];

    for await (const item of inTurn([counting('a', 3, []), counting('b', 1, []), counting('c', 2, [])]))
      items.push(item);

    expect(items).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3']);
  });

  it('has the next item of every source under way while one is used', async () => {
    const seen: string[] = [];
    const items = inTurn([counting('a', 3, seen), counting('b', 3, seen)]);

    await items.next();
    await items.next();
    await settled();

    expect(seen).toEqual(['a1', 'b1', 'a2', 'b2']);
    await items.return(undefined);
  });

  it('throws a failure in its turn and ends the other sources', async () => {
    const seen: string[] = [];
    const items: string[] = [];
    const reading = async () => {
      for await (const item of inTurn([counting('a', 9, seen), failing()])) items.push(item);
    };

    const failure: unknown = await reading().catch((error: unknown) => error);
    await settled();

    expect(failure).toBeInstanceOf(RangeError);
    expect(items).toEqual(['a1', 'b1', 'a2']);
    expect(seen.at(-1)).toBe('a ended');
  });

  it('ends every source where the reader stops', async () => {
    const seen: string[] = [];

    for await (const item of inTurn([counting('a', 9, seen), counting('b', 9, seen)]))
      if (item === 'a1') break;
    await settled();

    expect(seen.filter((name) => name.endsWith('ended')).sort()).toEqual(['a ended', 'b ended']);
  });
});
