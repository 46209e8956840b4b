import type { PortalId } from '../../src/core/model.ts';
import type { Deps } from '../../src/usecases/ports.ts';
import type { TenantScope, TouchOutcome } from '../../src/usecases/records.ts';

/** What has been committed so far of the touches' outcomes. */
export type CommittedOutcomes = {
  created: number;
  parked: number;
  /** Instant of the last commit that held an outcome, ms since 1970; 0 before the first. */
  lastCommittedMs: number;
  /** Instant of each portal's last commit with a created task, ms since 1970. */
  readonly lastOfPortal: Map<PortalId, number>;
};

export function noOutcomes(): CommittedOutcomes {
  return { created: 0, parked: 0, lastCommittedMs: 0, lastOfPortal: new Map() };
}

/** Counts outcomes once their transaction is committed, and not before. */
export function watchOutcomes(deps: Deps, seen: CommittedOutcomes): Deps {
  const pending = new WeakMap<TenantScope, TouchOutcome[]>();
  const { store } = deps;
  return {
    ...deps,
    store: {
      ...store,
      touches: {
        ...store.touches,
        settle: async (scope, outcomes) => {
          const settled = await store.touches.settle(scope, outcomes);
          pending.set(scope, [...(pending.get(scope) ?? []), ...outcomes]);
          return settled;
        },
      },
      inTenant: async (portalId, work) => {
        const used: TenantScope[] = [];
        const result = await store.inTenant(portalId, (scope) => {
          used.push(scope);
          return work(scope);
        });
        for (const scope of used) count(seen, portalId, pending.get(scope) ?? []);
        return result;
      },
    },
  };
}

function count(seen: CommittedOutcomes, portalId: PortalId, outcomes: readonly TouchOutcome[]): void {
  if (outcomes.length === 0) return;
  const created = outcomes.filter(({ to }) => to === 'created').length;
  seen.created += created;
  seen.parked += outcomes.filter(({ to }) => to === 'parked').length;
  seen.lastCommittedMs = Date.now();
  if (created > 0) seen.lastOfPortal.set(portalId, seen.lastCommittedMs);
}
