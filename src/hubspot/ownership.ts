import { asOwnerId, type CompanyId, type PortalId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import type { OwnershipSpan } from '../usecases/hubspot-port.ts';
import { readRecords } from './objects.ts';
import { unreadable } from './outcome.ts';
import type { PortalClient } from './portal-client.ts';
import type { HubSpotRecord } from './schemas.ts';
import { instantOf } from './values.ts';

const OWNER = 'hubspot_owner_id';

/** Who owned the company from when on, oldest first, with the id it has today (a merged one has its survivor's). */
export type Ownership = { readonly companyId: string; readonly spans: readonly OwnershipSpan[] };

/** Throws not_found for a company that is gone, and like `PortalClient.read`. */
export async function readOwnership(
  client: PortalClient,
  portalId: PortalId,
  companyId: CompanyId,
): Promise<Ownership> {
  const options = { properties: [OWNER], propertiesWithHistory: [OWNER] };
  const record = (await readRecords(client, portalId, 'companies', [companyId], options)).get(companyId);
  if (record === undefined) {
    throw new AppError('not_found', 'This company is no longer in HubSpot.', {
      safeDetails: { what: 'read ownership' },
    });
  }
  return { companyId: record.id, spans: spansOf(record) };
}

function spansOf(record: HubSpotRecord): readonly OwnershipSpan[] {
  const entries = record.propertiesWithHistory?.[OWNER];
  // An owner without a history would be taken for the owner of all time.
  if (entries === undefined && record.properties[OWNER])
    throw unreadable('read ownership', 'the history is missing');
  return (entries ?? []).map(toSpan).sort((left, right) => left.from.getTime() - right.from.getTime());
}

function toSpan(entry: { value?: string | null | undefined; timestamp: string }): OwnershipSpan {
  const from = instantOf(entry.timestamp);
  if (from === null) throw unreadable('read ownership', 'a change has no time');
  return { ownerId: entry.value ? asOwnerId(entry.value) : null, from };
}
