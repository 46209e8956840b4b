/** What the manager does at the card: saves what a customer said, and reads what the comparison makes of it. */
import type { World } from '../../tour/world.ts';
import { randomUUID } from 'node:crypto';
import type { ReplyOf } from '../../../src/http/endpoints.ts';
import type { Statement } from '../account.ts';
import type { SeedContact } from './roster.ts';

export type Finding = ReplyOf<'getFinding'>['finding'];

/** A card's calls, as one person makes them in the team's portal. */
export type Desk = { readonly world: World; readonly portalId: number; readonly userId: number };

/** Saves one conversation of today by the card's API. Returns the finding's id, null where it was only listened to. */
export async function saveStatement(
  { world, portalId, userId }: Desk,
  companyId: string,
  contact: SeedContact,
  happenedOn: string,
  { recency, count, flags }: Statement,
): Promise<string | null> {
  const { saved } = await world.as(portalId, userId).ask('recordCheckIn', {
    body: {
      submissionId: randomUUID(),
      companyId,
      respondent: { contactId: contact.id, name: contact.name },
      asked: true,
      words: 'We talked about the last deliveries.',
      happenedOn,
      channel: 'phone',
      recall: {
        recency,
        count,
        unsure: flags.includes('unsure'),
        stale: flags.includes('stale'),
        colleague: false,
        named: false,
      },
    },
  });
  return saved.findingId;
}

/** Returns the finding as the manager reads it now. */
export async function readFinding({ world, portalId, userId }: Desk, findingId: string): Promise<Finding> {
  const { finding } = await world.as(portalId, userId).ask('getFinding', { id: findingId });
  return finding;
}
