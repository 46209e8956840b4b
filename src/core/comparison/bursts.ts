/** Many claims typed in at once for many different days: a sign of catching up, so weak evidence. */
import { instantMs } from '../cadence/calendar.ts';

export type ClaimCreation = {
  readonly activityId: string;
  readonly userId: string | null;
  readonly createdAt: string;
  /** Day of the touch that the record claims. */
  readonly occurredOn: string;
};

const BURST_WINDOW_MS = 600_000;
const BURST_CLAIMS = 10;
const BURST_DAYS = 3;

/** Returns the ids of all claims in a burst: one user, 10 or more within 10 minutes, for 3 or more days. */
export function findBursts(creations: readonly ClaimCreation[]): Set<string> {
  const found = new Set<string>();
  for (const ofUser of groupedByUser(creations).values()) markBursts(ofUser, found);
  return found;
}

function groupedByUser(creations: readonly ClaimCreation[]): Map<string, ClaimCreation[]> {
  const groups = new Map<string, ClaimCreation[]>();
  for (const creation of creations) {
    if (creation.userId === null) continue;
    const group = groups.get(creation.userId) ?? [];
    group.push(creation);
    groups.set(creation.userId, group);
  }
  return groups;
}

/** Slides a window of ten minutes over the creations; every claim of a window that is a burst is marked. */
function markBursts(creations: readonly ClaimCreation[], found: Set<string>): void {
  const timed = creations.map((creation) => ({ ...creation, atMs: instantMs(creation.createdAt) }));
  timed.sort((left, right) => left.atMs - right.atMs);
  let first = 0;
  timed.forEach((last, index) => {
    while ((timed[first]?.atMs ?? 0) < last.atMs - BURST_WINDOW_MS) first += 1;
    const inWindow = timed.slice(first, index + 1);
    if (inWindow.length >= BURST_CLAIMS && differentDays(inWindow) >= BURST_DAYS) {
      for (const creation of inWindow) found.add(creation.activityId);
    }
  });
}

function differentDays(creations: readonly ClaimCreation[]): number {
  return new Set(creations.map((creation) => creation.occurredOn)).size;
}
