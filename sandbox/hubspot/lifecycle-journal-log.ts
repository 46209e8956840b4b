import { createHash } from 'node:crypto';
import { lifecycleEventTypes } from './lifecycle-journal-contract.ts';
import type { Simulator } from './simulator-types.ts';

export type JournalParts = Pick<Simulator, 'clock' | 'state' | 'options'>;

export type JournalSubscription = {
  readonly id: number;
  readonly subscriptionType: 'APP_LIFECYCLE_EVENT';
  readonly eventTypeId: string;
  readonly properties: readonly string[];
  readonly createdAt: string;
};

export type JournalEvent = {
  readonly type: 'app_lifecycle_event';
  readonly action: 'APP_INSTALL' | 'APP_UNINSTALL';
  readonly portalId: number;
  readonly occurredAt: string;
};

/** One file of the journal, as it is downloaded. */
export type JournalFile = {
  readonly offset: string;
  readonly journalEvents: readonly JournalEvent[];
  readonly publishedAt: string;
};

/** The journal keeps files this long. */
const retentionMs = 3 * 86_400_000;
/** An offset names a place, known or not: it can be asked for after its file is gone. */
const placeDigits = 8;

/** The app's installs and uninstalls in order; kept across restarts through the state's extras. */
export interface JournalLog {
  subscriptions(): readonly JournalSubscription[];
  /** The new subscription, or null when the event type has one. */
  subscribe(eventTypeId: string, properties: readonly string[]): JournalSubscription | null;
  unsubscribe(id: number): boolean;
  earliest(): JournalFile | null;
  latest(): JournalFile | null;
  /** The file after an offset; null when there is none yet, undefined when the offset is none. */
  after(offset: string): JournalFile | null | undefined;
  file(offset: string): JournalFile | null;
}

const subscriptionsKey = 'lifecycleJournal/subscriptions';
const filesKey = 'lifecycleJournal/files';

/** Offsets look like UUIDs, as HubSpot's do; the place in the journal is hidden in the first group. */
function offsetAt(place: number): string {
  const digest = createHash('sha256')
    .update(`journal offset ${String(place)}`)
    .digest('hex');
  const groups = [digest.slice(0, 4), digest.slice(4, 8), digest.slice(8, 12), digest.slice(12, 24)];
  return [place.toString(16).padStart(placeDigits, '0'), ...groups].join('-');
}

function placeOf(offset: string): number | undefined {
  const place = Number.parseInt(offset.slice(0, placeDigits), 16);
  return Number.isInteger(place) && offsetAt(place) === offset ? place : undefined;
}

/** Starts listening: from now on the events that the app has subscribed to are published, one file each. */
export function createJournalLog({ clock, state }: JournalParts): JournalLog {
  // Written by this log and by nothing else.
  const subscriptions = () => (state.extras.get(subscriptionsKey) ?? []) as readonly JournalSubscription[];
  const allFiles = () => (state.extras.get(filesKey) ?? []) as readonly JournalFile[];
  const kept = () => {
    const oldestMs = clock.now().getTime() - retentionMs;
    return allFiles().filter((file) => Date.parse(file.publishedAt) >= oldestMs);
  };
  state.onMutation((mutation) => {
    if (mutation.kind !== 'install' && mutation.kind !== 'uninstall') return;
    const eventTypeId = lifecycleEventTypes[mutation.kind];
    if (!subscriptions().some((subscription) => subscription.eventTypeId === eventTypeId)) return;
    const event: JournalEvent = {
      type: 'app_lifecycle_event',
      action: mutation.kind === 'install' ? 'APP_INSTALL' : 'APP_UNINSTALL',
      portalId: mutation.portalId,
      occurredAt: mutation.occurredAt.toISOString(),
    };
    const files = allFiles();
    const offset = offsetAt(files.length + 1);
    state.putExtra(filesKey, [
      ...files,
      { offset, journalEvents: [event], publishedAt: clock.now().toISOString() },
    ]);
  });
  return {
    subscriptions,
    subscribe: (eventTypeId, properties) => {
      const known = subscriptions();
      if (known.some((subscription) => subscription.eventTypeId === eventTypeId)) return null;
      const id = 880_100 + known.reduce((largest, one) => Math.max(largest, one.id - 880_100), 0) + 1;
      const createdAt = clock.now().toISOString();
      const added = {
        id,
        subscriptionType: 'APP_LIFECYCLE_EVENT' as const,
        eventTypeId,
        properties,
        createdAt,
      };
      state.putExtra(subscriptionsKey, [...known, added]);
      return added;
    },
    unsubscribe: (id) => {
      const left = subscriptions().filter((subscription) => subscription.id !== id);
      if (left.length === subscriptions().length) return false;
      state.putExtra(subscriptionsKey, left);
      return true;
    },
    earliest: () => kept()[0] ?? null,
    latest: () => kept().at(-1) ?? null,
    after: (offset) => {
      const place = placeOf(offset);
      if (place === undefined) return undefined;
      return kept().find((file) => (placeOf(file.offset) ?? 0) > place) ?? null;
    },
    file: (offset) => kept().find((file) => file.offset === offset) ?? null,
  };
}
