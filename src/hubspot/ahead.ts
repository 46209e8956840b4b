/**
 * Does `work` for each item of `source` and yields the results in order, with up to `width` of them under way at once. What
 * was done before a failure is still yielded. No item is taken any more once the consumer stops.
 */
export async function* workAhead<Item, Result>(
  source: Iterable<Item> | AsyncIterable<Item>,
  work: (item: Item) => Promise<Result>,
  width: number,
): AsyncGenerator<Result> {
  const items = entriesOf(source);
  const underWay: Promise<IteratorResult<Result>>[] = [];
  let isStopped = false;
  let taken: Promise<unknown> = Promise.resolve();

  const start = () => {
    const item = taken.then(() => (isStopped ? ENDED : items.next()));
    const result = item.then((next) => (next.done === true ? ENDED : doneWith(work, next.value)));
    // One item after another; a failure is thrown when its turn to be yielded has come, and never again.
    taken = item.catch(() => undefined);
    result.catch(() => undefined);
    underWay.push(result);
  };

  try {
    for (let lane = 0; lane < width; lane += 1) start();
    for (;;) {
      const next = await underWay.shift();
      if (next === undefined || next.done === true) return;
      start();
      yield next.value;
    }
  } finally {
    isStopped = true;
    // Whoever stops does not wait for what is under way.
    void items.return(undefined).catch(() => undefined);
  }
}

const ENDED = { done: true, value: undefined } as const;

async function* entriesOf<Item>(source: Iterable<Item> | AsyncIterable<Item>): AsyncGenerator<Item> {
  yield* source;
}

async function doneWith<Item, Result>(
  work: (item: Item) => Promise<Result>,
  item: Item,
): Promise<IteratorResult<Result>> {
  return { done: false, value: await work(item) };
}
