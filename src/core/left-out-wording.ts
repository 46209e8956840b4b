/** Why a company gets no check-in of its own, as the settings say it. */

/** HubSpot's own stages by their labels, for as long as the account's were not read. */
const STAGES: Readonly<Record<string, string>> = {
  subscriber: 'Subscriber',
  lead: 'Lead',
  marketingqualifiedlead: 'Marketing qualified lead',
  salesqualifiedlead: 'Sales qualified lead',
  opportunity: 'Opportunity',
  customer: 'Customer',
  evangelist: 'Evangelist',
  other: 'Other',
};

/** Returns the reason of a company whose lifecycle stage does not count as a customer; null for one without any. `labels` are the account's. */
export function stageReason(stage: string | null, labels: ReadonlyMap<string, string> = new Map()): string {
  return stage === null
    ? 'no lifecycle stage'
    : `lifecycle stage ${labels.get(stage) ?? STAGES[stage] ?? stage}`;
}

/** Returns the reason of a company that is asked together with its parent. */
export function branchReason(parentName: string): string {
  return `branch of ${parentName}`;
}

export const GONE_REASON = 'archived or deleted in HubSpot';
