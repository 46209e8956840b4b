import type { SimulatorState } from './state.ts';
import type { WebhookEvent } from './webhooks-events.ts';

/** An event that the app has not accepted yet. */
export type OpenEvent = {
  readonly key: number;
  readonly event: WebhookEvent;
  /** Of the next try. */
  readonly attemptNumber: number;
  /** Simulated instant of the next try; for a first try, when the event was made. */
  readonly dueAt: Date;
};

/** All open events, kept across restarts through the state's extras. */
export interface OpenEvents {
  add(event: WebhookEvent): void;
  /** Removes up to `most` events of a portal from the queue and returns them, oldest first; they stay open. */
  take(portalId: number, most: number): readonly OpenEvent[];
  /** The same events, one try later. */
  retryAt(batch: readonly OpenEvent[], dueAt: Date): readonly OpenEvent[];
  /** The app has them, or never will. */
  close(batch: readonly OpenEvent[]): void;
  /** Events in the queue, of one portal or (null) of all. */
  waiting(portalId: number | null): readonly OpenEvent[];
  reorder(portalId: number, arrange: (list: readonly OpenEvent[]) => readonly OpenEvent[]): void;
  /** What was open when the sandbox ended: first tries back in the queue, later tries as the batches they were. */
  restore(): readonly (readonly OpenEvent[])[];
}

type SavedEvent = {
  readonly event: WebhookEvent;
  readonly attemptNumber: number;
  readonly dueAt: string;
};

const prefix = 'webhooks/';

/** Reads and keeps open events in `state.extras` under keys that start with "webhooks/". */
export function createOpenEvents(state: SimulatorState): OpenEvents {
  // By portal: one of thousands must not look through the others' events.
  const queues = new Map<number, OpenEvent[]>();
  let lastKey = 0;
  const push = (entry: OpenEvent) => {
    const queue = queues.get(entry.event.portalId);
    if (queue === undefined) queues.set(entry.event.portalId, [entry]);
    else queue.push(entry);
  };
  const save = (entry: OpenEvent) => {
    const { event, attemptNumber, dueAt } = entry;
    const saved: SavedEvent = { event, attemptNumber, dueAt: dueAt.toISOString() };
    state.putExtra(prefix + String(entry.key), saved);
  };
  return {
    add: (event) => {
      lastKey += 1;
      const entry = { key: lastKey, event, attemptNumber: 0, dueAt: new Date(event.occurredAt) };
      push(entry);
      save(entry);
    },
    take: (portalId, most) => {
      const queue = queues.get(portalId) ?? [];
      const taken = queue.splice(0, most);
      if (queue.length === 0) queues.delete(portalId);
      return taken;
    },
    retryAt: (batch, dueAt) => {
      const later = batch.map((entry) => ({ ...entry, attemptNumber: entry.attemptNumber + 1, dueAt }));
      later.forEach(save);
      return later;
    },
    close: (batch) => {
      for (const { key } of batch) state.putExtra(prefix + String(key), null);
    },
    waiting: (portalId) =>
      portalId === null
        ? [...queues.values()].flat().sort((a, b) => a.key - b.key)
        : (queues.get(portalId)?.slice() ?? []),
    reorder: (portalId, arrange) => {
      queues.set(portalId, [...arrange(queues.get(portalId) ?? [])]);
    },
    restore: () => {
      const saved = savedEvents(state);
      lastKey = saved.reduce((largest, entry) => Math.max(largest, entry.key), lastKey);
      const firstTries = saved.filter((entry) => entry.attemptNumber === 0);
      queues.clear();
      firstTries.forEach(push);
      return [
        ...firstTries.map((entry) => [entry]),
        ...groupByBatch(saved.filter((entry) => entry.attemptNumber > 0)),
      ];
    },
  };
}

function savedEvents(state: SimulatorState): OpenEvent[] {
  return [...state.extras].flatMap(([key, value]) => {
    if (!key.startsWith(prefix)) return [];
    // Written by `save` above and by nothing else; a closed event leaves null behind.
    const saved = value as SavedEvent | null;
    const number = Number(key.slice(prefix.length));
    if (saved === null) return [];
    return [
      { key: number, event: saved.event, attemptNumber: saved.attemptNumber, dueAt: new Date(saved.dueAt) },
    ];
  });
}

/** Events of one batch share portal, try and due time. */
function groupByBatch(entries: readonly OpenEvent[]): OpenEvent[][] {
  const batches = new Map<string, OpenEvent[]>();
  for (const entry of entries) {
    const key = `${String(entry.event.portalId)}/${String(entry.attemptNumber)}/${entry.dueAt.toISOString()}`;
    batches.set(key, [...(batches.get(key) ?? []), entry]);
  }
  return [...batches.values()];
}
