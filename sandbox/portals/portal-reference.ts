import { z } from 'zod';
import type { PortalDocument } from '../portal-document.ts';
import { generatedPortal } from './generated-portal.ts';
import { seedNew } from './seed-new.ts';
import { seedOwner } from './seed-owner.ts';
import { seedTeam } from './seed-team.ts';

const instant = z.iso.datetime({ offset: true });

/** A portal named by its seed: what the sandbox's journal keeps instead of megabytes of objects. */
export const portalReferenceSchema = z.discriminatedUnion('seed', [
  z.strictObject({ seed: z.literal('seed-team'), now: instant }),
  z.strictObject({ seed: z.literal('seed-owner'), now: instant }),
  z.strictObject({ seed: z.literal('seed-new'), now: instant }),
  z.strictObject({
    seed: z.literal('generated'),
    key: z.string(),
    portalId: z.number().int().positive(),
    companies: z.number().int().min(0).max(1_000_000),
    now: instant,
    timeZone: z.string().optional(),
    owners: z.number().int().positive().optional(),
    contactsPerCompany: z.number().int().positive().optional(),
    activitiesPerCompany: z.number().int().min(0).optional(),
  }),
]);

/**
 * The portal behind a reference, always the same bytes.
 * Throws a ZodError when the reference is none of ours.
 */
export function resolvePortalReference(reference: unknown): PortalDocument {
  const parsed = portalReferenceSchema.parse(reference);
  const now = new Date(parsed.now);
  if (parsed.seed === 'seed-team') return seedTeam({ now }).document;
  if (parsed.seed === 'seed-owner') return seedOwner({ now }).document;
  if (parsed.seed === 'seed-new') return seedNew({ now }).document;
  const { portalId, companies, timeZone, owners, contactsPerCompany, activitiesPerCompany } = parsed;
  return generatedPortal({
    seed: parsed.key,
    portalId,
    companies,
    now,
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(owners === undefined ? {} : { owners }),
    ...(contactsPerCompany === undefined ? {} : { contactsPerCompany }),
    ...(activitiesPerCompany === undefined ? {} : { activitiesPerCompany }),
  });
}
