import { localDayOf } from '../core/cadence/calendar.ts';
import { gateFor, type Gate } from '../core/feedback/gate.ts';
import type { OwnerId } from '../core/model.ts';
import type { PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { GateRead } from './read-port.ts';
import type { Announcement, TenantScope } from './records.ts';

export type Gates = {
  readonly announcement: Announcement | null;
  /** Comparison needs the announcement, five business days and the rep's own acknowledgement. Without a rep nothing opens. */
  readonly gateOf: (ownerId: OwnerId | null) => Gate;
};

/** The announcement gates of a portal's reps, read once. */
export async function loadGates(deps: Deps, scope: TenantScope, context: PortalContext): Promise<Gates> {
  return gatesOf(context, await deps.store.reads.gate(scope));
}

export function gatesOf(context: PortalContext, { announcement, acknowledgements }: GateRead): Gates {
  const { settings, today, cal, portal } = context;
  const dayOf = (instant: Date) => localDayOf(instant, portal.timeZone);
  return {
    announcement,
    gateOf: (ownerId) => {
      const acknowledgedAt = ownerId === null ? undefined : acknowledgements.get(ownerId);
      return gateFor({
        openness: settings.openness,
        announcement:
          announcement === null
            ? null
            : { announcedOn: dayOf(announcement.announcedAt), startsOn: announcement.startsOn },
        acknowledgedOn: acknowledgedAt === undefined ? null : dayOf(acknowledgedAt),
        today,
        cal,
      });
    },
  };
}

/** What the gate says to a person. */
export async function gateView(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  ownerId: OwnerId | null,
) {
  return gateViewOf(await loadGates(deps, scope, context), ownerId);
}

export function gateViewOf({ announcement, gateOf }: Gates, ownerId: OwnerId | null) {
  return { ...gateOf(ownerId), announcementText: announcement?.text ?? null };
}
