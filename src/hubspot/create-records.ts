import type { PortalId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import type { CreateOutcome, TaskKeyMode } from '../usecases/hubspot-port.ts';
import { TOUCH_KEY_PROPERTY } from './api-version.ts';
import { MAX_BATCH, writeBatch, type ItemOutcome } from './batch.ts';
import type { Priority } from '../usecases/ports.ts';
import { toAppError } from './outcome.ts';
import type { PortalClient, PortalRequest } from './portal-client.ts';
import type { HubSpotRecord } from './schemas.ts';
import { textOf } from './values.ts';

/** Where a key stands in a text that people read: a harmless line at its end. */
const REFERENCE = /Reference: ([A-Za-z0-9_-]{8,64})\s*(?:<\/p>\s*)?$/;
const REFUSED_WAIT_MS = 60_000;

/** The body with its reference line, which finds the record again where no property can carry the key. */
export function withReference(bodyHtml: string, key: string): string {
  return `${bodyHtml}<p>Reference: ${key}</p>`;
}

/** The key in a body's reference line, or null. */
export function referenceIn(bodyHtml: string | null): string | null {
  return REFERENCE.exec(bodyHtml ?? '')?.[1] ?? null;
}

type CreatePlan<Draft> = {
  readonly mode: TaskKeyMode;
  readonly bodyProperty: string;
  readonly priority: Priority;
  readonly mayStillLeave?: PortalRequest['mayStillLeave'];
  readonly inputOf: (draft: Draft) => Readonly<Record<string, unknown>>;
};

/** One batch create; one outcome a draft, in order. Throws not_installed and internal before anything left, nothing afterwards. */
export async function createRecords<Draft extends { readonly key: string }>(
  client: PortalClient,
  portalId: PortalId,
  type: 'tasks' | 'notes',
  drafts: readonly Draft[],
  plan: CreatePlan<Draft>,
): Promise<readonly CreateOutcome[]> {
  if (drafts.length === 0) return [];
  assertDrafts(drafts);
  const outcomes = await writeBatch(client, portalId, {
    type,
    action: 'create',
    items: drafts.map((draft) => ({ key: draft.key, input: plan.inputOf(draft) })),
    keyOf: (record) => keyIn(record, plan.bodyProperty),
    isGuarded: plan.mode === 'unique',
    priority: plan.priority,
    mayStillLeave: plan.mayStillLeave,
  });
  const inOrder = drafts.map((draft) => outcomes.get(draft.key));
  if (inOrder.every((outcome) => outcome?.result === 'notInstalled'))
    throw toAppError({ kind: 'notInstalled' }, `create ${type}`);
  return inOrder.map(toCreateOutcome);
}

/** What the record itself says: the property is stored by HubSpot, the text may be rewritten by it. */
function keyIn(record: HubSpotRecord, bodyProperty: string): string | null {
  return textOf(record, TOUCH_KEY_PROPERTY) ?? referenceIn(textOf(record, bodyProperty));
}

/** A key sent twice in one batch would be two records with the same key. */
function assertDrafts(drafts: readonly { readonly key: string }[]): void {
  if (drafts.length > MAX_BATCH)
    throw new AppError('internal', `A batch holds at most ${MAX_BATCH} records.`);
  if (new Set(drafts.map((draft) => draft.key)).size < drafts.length) {
    throw new AppError('internal', 'Two records of one batch have the same key.');
  }
}

function toCreateOutcome(outcome: ItemOutcome | undefined): CreateOutcome {
  switch (outcome?.result) {
    case 'done':
      return { result: 'created', id: outcome.id };
    case 'rejected':
      return rejected(outcome);
    case 'notSent':
      return outcome;
    case 'notInstalled':
      return { result: 'notSent', reason: 'not connected', retryAfterMs: REFUSED_WAIT_MS };
    case 'unknown':
      return outcome;
    default:
      return { result: 'unknown', reason: 'no outcome' };
  }
}

function rejected({ reason, isMissing }: Extract<ItemOutcome, { result: 'rejected' }>): CreateOutcome {
  return isMissing ? { result: 'rejected', reason, isMissing } : { result: 'rejected', reason };
}
