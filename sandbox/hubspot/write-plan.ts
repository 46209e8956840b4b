import type { Change, Mutation, PortalState, StoredObject } from './model.ts';
import type { Provenance } from './provenance.ts';
import { createIdAllocator } from './record-ids.ts';
import type { IdAllocator } from './record-ids.ts';

/** One request's writes: planned one after the other, committed together or not at all. */
export interface WritePlan {
  readonly portal: PortalState;
  readonly now: Date;
  readonly provenance: Provenance;
  readonly ids: IdAllocator;
  /** Unique values that earlier inputs of the same request take. */
  readonly claimed: Set<string>;
}

/** Writes that wait for their commit. */
export interface PlannedWrites {
  readonly changes: readonly Change[];
  readonly mutations: readonly Mutation[];
}

/** The writes of one input. */
export interface Planned extends PlannedWrites {
  readonly object: StoredObject;
}

/** A plan without writes yet. */
export function startPlan(portal: PortalState, now: Date, provenance: Provenance): WritePlan {
  return { portal, now, provenance, ids: createIdAllocator(portal), claimed: new Set() };
}

/** A mutation of this plan's portal, time and source. */
export function mutation(
  plan: WritePlan,
  kind: Mutation['kind'],
  objectType: string,
  objectId: string,
): Mutation {
  const { changeSource, sourceId } = plan.provenance;
  return {
    portalId: plan.portal.portalId,
    kind,
    objectType,
    objectId,
    occurredAt: plan.now,
    changeSource,
    sourceId,
  };
}
