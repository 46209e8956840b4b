import { lastDayOfWindow } from '../core/cadence/business-days.ts';
import type { OwnerId } from '../core/model.ts';
import type { PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { RepNotice, TenantScope } from './records.ts';

/** A rep's notice closes by itself after five business days. */
const NOTICE_BUSINESS_DAYS = 5;

/**
 * Tells the rep by at most one task a day that a customer's words wait for them. It has the same words whether these are new, or
 * what they were compared with weighs more than the rep was told.
 */
export async function announceWords(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  ownerId: OwnerId,
): Promise<void> {
  const { today, now, cal } = context;
  const closesOn = lastDayOfWindow(today, NOTICE_BUSINESS_DAYS, cal);
  const isFirstToday = await deps.store.checkIns.addRepNotice(scope, { ownerId, onDay: today, closesOn });
  const isActive = context.owners.some((owner) => owner.ownerId === ownerId && owner.active);
  if (!isFirstToday || !isActive) return;
  const subject = noticeSubject({ ownerId, onDay: today });
  await deps.store.outbox.add(scope, {
    outboxId: deps.ids.uuid(),
    kind: 'repNotice',
    subject,
    key: deps.ids.sha256(`notice:${context.portal.portalId}:${subject}`).slice(0, 26),
    payload: { ownerId, onDay: today },
    notBefore: now,
  });
}

/** Under which a notice stands in the outbox. */
export function noticeSubject({ ownerId, onDay }: Pick<RepNotice, 'ownerId' | 'onDay'>): string {
  return `${ownerId}/${onDay}`;
}
