import { lastDayOfWindow } from '../core/cadence/business-days.ts';
import { localDayOf } from '../core/cadence/calendar.ts';
import type { FindingRow } from './finding-records.ts';
import { calendarOfRep } from './leave.ts';
import type { PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { CheckIn, TenantScope } from './records.ts';

/**
 * The rep sees a finding together with the words; the reply window starts on that day, whatever the severity. Until the words
 * are released the day is the expected one, and releasing sets it anew. What weighs more than it did (a difference only now, or
 * again, or a firm one after a soft one) is noticed on that day: it has a whole window of its own, and is unsettled until then.
 */
export async function noticeOf(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  made: { readonly row: FindingRow; readonly checkIn: CheckIn; readonly severity: number },
) {
  const { row, checkIn, severity } = made;
  const isRisen = hasRisen(row, severity);
  const isAnswerable = severity === 0 || row.replyUntil !== null || row.settledAt !== null;
  if (row.noticedOn !== null && isAnswerable && !isRisen) return {};
  const noticedAt = new Date(Math.max(context.now.getTime(), checkIn.releasesAt?.getTime() ?? 0));
  const notice = await noticeAt(deps, scope, context, { noticedAt, severity, row });
  return isRisen ? { ...notice, settledAt: null } : notice;
}

/** True where the rep was told less than it is worth now. */
export function hasRisen({ result }: Pick<FindingRow, 'result'>, severity: number): boolean {
  return result !== null && severity > result.severity;
}

/**
 * The moment of notice and, for a difference, the last day of the reply window: five full business days of the rep's own, or as many
 * as the settings say. A window that runs already never gets shorter by it.
 */
export async function noticeAt(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  notice: {
    readonly noticedAt: Date;
    readonly severity: number;
    readonly row: Pick<FindingRow, 'repOwnerId' | 'replyUntil'>;
  },
) {
  const { noticedAt, severity, row } = notice;
  const noticedOn = localDayOf(noticedAt, context.portal.timeZone);
  if (severity === 0) return { noticedAt, noticedOn, replyUntil: null };
  const cal = await calendarOfRep(deps, scope, context, row.repOwnerId, noticedOn);
  const lastDay = lastDayOfWindow(noticedOn, context.settings.replyWindowBusinessDays, cal);
  const isToldLonger = row.replyUntil !== null && row.replyUntil > lastDay;
  return { noticedAt, noticedOn, replyUntil: isToldLonger ? row.replyUntil : lastDay };
}
