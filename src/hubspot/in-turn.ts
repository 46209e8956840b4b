/**
 * Yields one item of each source in turn until all have ended, with the next item of each under way meanwhile. A failure is thrown
 * when its turn has come. Whoever stops does not wait for what is under way.
 */
export async function* inTurn<Item>(sources: readonly AsyncGenerator<Item>[]): AsyncGenerator<Item> {
  let waiting = sources.map((source) => ({ source, next: aheadOf(source) }));
  try {
    while (waiting.length > 0) {
      const left: typeof waiting = [];
      for (const { source, next } of waiting) {
        const item = await next;
        if (item.done === true) continue;
        left.push({ source, next: aheadOf(source) });
        yield item.value;
      }
      waiting = left;
    }
  } finally {
    for (const source of sources) void source.return(undefined).catch(() => undefined);
  }
}

function aheadOf<Item>(source: AsyncGenerator<Item>): Promise<IteratorResult<Item>> {
  const next = source.next();
  // Thrown where it is awaited, which may be never.
  next.catch(() => undefined);
  return next;
}
