import type { PortalId } from '../core/model.ts';
import type { UpdateOutcome } from '../usecases/hubspot-port.ts';
import { objectPath, type ObjectTypeName } from './api-version.ts';
import { parseErrorBody, type HubSpotError } from './error-body.ts';
import { toAppError, type CallOutcome } from './outcome.ts';
import type { PortalClient, PortalRequest } from './portal-client.ts';
import { batchSchema, type HubSpotRecord } from './schemas.ts';
import { chunksOf } from './values.ts';

/** One input of a batch write. `key` is sent as its trace id and finds its answer again; it is unique within the batch. */
export type BatchItem = { readonly key: string; readonly input: Readonly<Record<string, unknown>> };

/** `isForAll`: what was refused is every such write, whatever the record. */
type NotSent = {
  readonly result: 'notSent';
  readonly reason: string;
  readonly retryAfterMs: number;
  readonly isForAll?: true;
};

export type ItemOutcome =
  | { readonly result: 'done'; readonly id: string }
  | { readonly result: 'rejected'; readonly reason: string; readonly isMissing: boolean }
  | { readonly result: 'unknown'; readonly reason: string; readonly isTaken?: true }
  | NotSent
  | { readonly result: 'notInstalled' };

export type BatchWrite = {
  readonly type: ObjectTypeName;
  readonly action: 'create' | 'update';
  readonly items: readonly BatchItem[];
  /** The key of the item that a record of the reply belongs to, read from the record itself; null where it tells none. */
  readonly keyOf: (record: HubSpotRecord) => string | null;
  /** True where sending an item again cannot make a second record, so that a 409 over one item may be narrowed down. */
  readonly isGuarded: boolean;
  readonly priority?: PortalRequest['priority'];
  readonly mayStillLeave?: PortalRequest['mayStillLeave'];
};

/** HubSpot's limit for one batch. */
export const MAX_BATCH = 100;
/** Words of an item's error that say for certain that the item was not applied. */
const DEFINITE_CATEGORIES: readonly string[] = ['VALIDATION_ERROR', 'OBJECT_NOT_FOUND', 'FORBIDDEN'];
/** Statuses of a whole batch that one bad item can cause; every other refusal is about who asks, or what for. */
const OVER_AN_ITEM: readonly number[] = [400, 404, 409, 413, 422];
/** Every item of a batch names the same properties: where one does not exist, halving the batch finds nothing. */
const PROPERTY_GONE = 'PROPERTY_DOESNT_EXIST';
const SHARED_FAULTS: readonly string[] = [PROPERTY_GONE, 'MISSING_SCOPES'];
const REFUSED_WAIT_MS = 60_000;
/** What a person has to repair first is not asked for every minute. */
const SHARED_WAIT_MS = 15 * 60_000;

/**
 * Writes a batch and says what became of each item. Answers are matched by key, never by position; an item without an
 * answer, or with two that disagree, is unknown. Only a definite refusal of the whole batch is narrowed down by halves, one over
 * who is to own the records by halves of the owners.
 */
export async function writeBatch(
  client: PortalClient,
  portalId: PortalId,
  write: BatchWrite,
): Promise<ReadonlyMap<string, ItemOutcome>> {
  const outcome = await client.write(portalId, {
    what: `${write.action} ${write.type}`,
    method: 'POST',
    path: objectPath(write.type, 'batch', write.action),
    json: { inputs: write.items.map(({ key, input }) => ({ ...input, objectWriteTraceId: key })) },
    ...(write.priority === undefined ? {} : { priority: write.priority }),
    mayStillLeave: write.mayStillLeave,
  });
  if (outcome.kind === 'ok') return matchReply(write, outcome.body);
  if (outcome.kind === 'rejected' && canNarrowDown(write, outcome))
    return writeHalves(client, portalId, write, isOverOwners(outcome.error));
  return forAll(write, wholeOutcome(write, outcome));
}

function canNarrowDown(write: BatchWrite, outcome: Extract<CallOutcome, { kind: 'rejected' }>): boolean {
  if (write.items.length < 2) return false;
  if (outcome.status === 409) return write.isGuarded;
  if (isOverOwners(outcome.error) && new Set(write.items.map(ownerOf)).size === 1) return false;
  return !isShared(outcome.status, outcome.error);
}

function isShared(status: number, error: HubSpotError): boolean {
  return !OVER_AN_ITEM.includes(status) || isSharedFault(error);
}

function isSharedFault({ category, codes }: HubSpotError): boolean {
  return SHARED_FAULTS.some((code) => category === code || codes.includes(code));
}

/** Somebody who left HubSpot owns nothing there: their records are refused alike, and the others' are not. */
function isOverOwners({ codes }: HubSpotError): boolean {
  return codes.includes('INVALID_OWNER_ID');
}

function ownerOf({ input }: BatchItem): unknown {
  return (input['properties'] as Readonly<Record<string, unknown>> | undefined)?.['hubspot_owner_id'];
}

function halvesOf<Item>(all: readonly Item[]): readonly [readonly Item[], readonly Item[]] {
  const middle = Math.ceil(all.length / 2);
  return [all.slice(0, middle), all.slice(middle)];
}

function ownerHalvesOf(items: readonly BatchItem[]): readonly (readonly BatchItem[])[] {
  return halvesOf([...new Set(items.map(ownerOf))]).map((owners) =>
    items.filter((item) => owners.includes(ownerOf(item))),
  );
}

async function writeHalves(
  client: PortalClient,
  portalId: PortalId,
  write: BatchWrite,
  byOwner: boolean,
): Promise<ReadonlyMap<string, ItemOutcome>> {
  const halves = byOwner ? ownerHalvesOf(write.items) : halvesOf(write.items);
  const outcomes: [string, ItemOutcome][] = [];
  for (const items of halves) {
    const half = { ...write, items };
    try {
      outcomes.push(...(await writeBatch(client, portalId, half)));
    } catch {
      // Only what fails before sending throws (our own database): these items were refused before and not sent again.
      outcomes.push(
        ...forAll(half, { result: 'notSent', reason: 'not sent again', retryAfterMs: REFUSED_WAIT_MS }),
      );
    }
  }
  return new Map(outcomes);
}

/** What an answer for the batch as a whole means for each of its items. */
function wholeOutcome(write: BatchWrite, outcome: Exclude<CallOutcome, { kind: 'ok' }>): ItemOutcome {
  switch (outcome.kind) {
    case 'rejected':
      return rejection(write, outcome.status, outcome.error);
    case 'throttled':
      return throttledOutcome(write, outcome);
    case 'unauthorized':
      return { result: 'notSent', reason: 'the token was refused', retryAfterMs: REFUSED_WAIT_MS };
    case 'unavailable':
      return { result: 'notSent', reason: outcome.reason, retryAfterMs: outcome.retryAfterMs };
    case 'unknown':
      return { result: 'unknown', reason: outcome.reason };
    case 'notInstalled':
      return { result: 'notInstalled' };
  }
}

/** Whether a 429 leaves nothing of a batch behind is not documented, so a batch create stays unknown; one item does not. */
function throttledOutcome(
  write: BatchWrite,
  outcome: Extract<CallOutcome, { kind: 'throttled' }>,
): ItemOutcome {
  const mayBePartial = write.action === 'create' && write.items.length > 1;
  if (outcome.wasSent && mayBePartial) return { result: 'unknown', reason: 'throttled' };
  return { result: 'notSent', reason: 'throttled', retryAfterMs: outcome.retryAfterMs };
}

function rejection(write: BatchWrite, status: number, error: HubSpotError): ItemOutcome {
  // A conflict may mean that the record exists already: only a read by key can tell.
  if (status === 409 || error.codes.some(isConflict)) return TAKEN;
  const reason = `${status} ${error.reason}`;
  if (isShared(status, error) && comesBack(write, error)) return refusedForAll(reason);
  return { result: 'rejected', reason, isMissing: error.category === 'OBJECT_NOT_FOUND' };
}

/** A create waits for what was taken away; a change of a record whose property is gone has nothing left to change. */
function comesBack({ action }: BatchWrite, { codes }: HubSpotError): boolean {
  return action === 'create' || !codes.includes(PROPERTY_GONE);
}

/** A value that another record holds already. */
const TAKEN: ItemOutcome = { result: 'unknown', reason: 'conflict', isTaken: true };

function refusedForAll(reason: string): ItemOutcome {
  return { result: 'notSent', reason, retryAfterMs: SHARED_WAIT_MS, isForAll: true };
}

function forAll(write: BatchWrite, outcome: ItemOutcome): ReadonlyMap<string, ItemOutcome> {
  return new Map(write.items.map(({ key }) => [key, outcome]));
}

function matchReply(write: BatchWrite, body: unknown): ReadonlyMap<string, ItemOutcome> {
  const parsed = batchSchema.safeParse(body);
  if (!parsed.success) return forAll(write, { result: 'unknown', reason: 'the reply has another shape' });
  const answers = new Map<string, ItemOutcome[]>(write.items.map(({ key }) => [key, []]));
  for (const record of parsed.data.results) {
    answers.get(write.keyOf(record) ?? record.objectWriteTraceId ?? '')?.push(recordOutcome(record));
  }
  for (const item of parsed.data.errors ?? []) {
    const error = parseErrorBody(item);
    if (error === null) continue;
    const outcome = itemError(write, error, parsed.data.results.length > 0);
    for (const key of keysOf(error)) answers.get(key)?.push(outcome);
  }
  return withoutSharedIds(new Map([...answers].map(([key, found]) => [key, oneOf(found)])));
}

function recordOutcome(record: HubSpotRecord): ItemOutcome {
  return record.archived === true
    ? { result: 'unknown', reason: 'the reply shows an archived record' }
    : { result: 'done', id: record.id };
}

function keysOf(error: HubSpotError): readonly string[] {
  return error.context['objectWriteTraceId'] ?? error.context['ids'] ?? [];
}

/** @param isAnyDone others of the batch went through, so that what was refused here is not refused to all */
function itemError(write: BatchWrite, error: HubSpotError, isAnyDone: boolean): ItemOutcome {
  const { reason, category, codes } = error;
  if (codes.some(isConflict)) return TAKEN;
  if (isSharedFault(error) && !isAnyDone && comesBack(write, error)) return refusedForAll(reason);
  const isDefinite = isSharedFault(error) || DEFINITE_CATEGORIES.includes(category);
  if (!isDefinite) return { result: 'unknown', reason };
  return { result: 'rejected', reason, isMissing: category === 'OBJECT_NOT_FOUND' };
}

/** A value that another record holds: possibly our own earlier one. */
function isConflict(code: string): boolean {
  return /CONFLICT|UNIQUE|DUPLICATE|ALREADY_EXISTS/.test(code);
}

function oneOf(found: readonly ItemOutcome[]): ItemOutcome {
  const first = found[0];
  if (first === undefined) return { result: 'unknown', reason: 'the reply does not mention it' };
  const isAgreed = found.every((one) => one.result === first.result && idOf(one) === idOf(first));
  return isAgreed ? first : { result: 'unknown', reason: 'the reply contradicts itself' };
}

/** One record cannot be the answer to two items. */
function withoutSharedIds(outcomes: ReadonlyMap<string, ItemOutcome>): ReadonlyMap<string, ItemOutcome> {
  const ids = [...outcomes.values()].map(idOf).filter((id) => id !== null);
  const shared = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  const settle = (outcome: ItemOutcome): ItemOutcome =>
    shared.has(idOf(outcome) ?? '') ? { result: 'unknown', reason: 'the reply contradicts itself' } : outcome;
  return new Map([...outcomes].map(([key, outcome]) => [key, settle(outcome)]));
}

function idOf(outcome: ItemOutcome): string | null {
  return outcome.result === 'done' ? outcome.id : null;
}

export type UpdateItem = { readonly id: string; readonly properties: Readonly<Record<string, string>> };

/**
 * Changes records in batches; one outcome an item, in order. Harmless when repeated. Throws not_installed where nothing at all
 * could be sent for want of a token.
 */
export async function updateRecords(
  client: PortalClient,
  portalId: PortalId,
  type: ObjectTypeName,
  updates: readonly UpdateItem[],
): Promise<readonly UpdateOutcome[]> {
  const outcomes = new Map<string, ItemOutcome>();
  for (const chunk of chunksOf(updates, MAX_BATCH)) {
    const write = {
      type,
      action: 'update',
      items: chunk.map((update) => ({ key: update.id, input: update })),
      keyOf: (record: HubSpotRecord) => record.id,
      isGuarded: true,
      priority: 'run',
    } as const;
    for (const [id, outcome] of await writeBatch(client, portalId, write)) outcomes.set(id, outcome);
  }
  const inOrder = updates.map(({ id }) => outcomes.get(id));
  if (inOrder.length > 0 && inOrder.every((outcome) => outcome?.result === 'notInstalled'))
    throw toAppError({ kind: 'notInstalled' }, `update ${type}`);
  return inOrder.map(toUpdateOutcome);
}

function toUpdateOutcome(outcome: ItemOutcome | undefined): UpdateOutcome {
  switch (outcome?.result) {
    case 'done':
      return { result: 'done' };
    case 'rejected':
      return outcome.isMissing ? { result: 'missing' } : { result: 'rejected', reason: outcome.reason };
    case 'notSent':
      return outcome;
    case 'notInstalled':
      return { result: 'notSent', reason: 'not connected', retryAfterMs: REFUSED_WAIT_MS };
    default:
      return { result: 'unknown', reason: outcome?.reason ?? 'no outcome' };
  }
}
