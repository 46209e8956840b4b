import { localDayOf } from '../core/cadence/calendar.ts';
import { gateFor } from '../core/feedback/gate.ts';
import type { OwnerId } from '../core/model.ts';
import type { PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';

/**
 * The announcement gate of one rep: comparison needs the announcement, five business days and the rep's own
 * acknowledgement. Without a rep there is nothing to open.
 */
export async function gateOfRep(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  ownerId: OwnerId | null,
) {
  const [announcement, acknowledgements] = await Promise.all([
    deps.store.programs.announcement(scope),
    deps.store.programs.acknowledgements(scope),
  ]);
  const zone = context.portal.timeZone;
  const acknowledgedAt = ownerId === null ? undefined : acknowledgements.get(ownerId);
  return gateFor({
    openness: context.settings.openness,
    announcement: announcement === null ? null : { announcedOn: localDayOf(announcement.announcedAt, zone) },
    acknowledgedOn: acknowledgedAt === undefined ? null : localDayOf(acknowledgedAt, zone),
    today: context.today,
    cal: context.cal,
  });
}

/** What the gate says to a person. */
export async function gateView(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  ownerId: OwnerId | null,
) {
  const gate = await gateOfRep(deps, scope, context, ownerId);
  const announcement = await deps.store.programs.announcement(scope);
  return { ...gate, announcementText: announcement?.text ?? null };
}
