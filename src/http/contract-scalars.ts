import { z } from 'zod';

/** The smallest parts of the contract (see contract.ts). */

export const hubspotId = z.string().regex(/^\d{1,20}$/, 'a HubSpot id: digits only');
export const uuid = z.uuid();
export const localDay = z.iso.date();
export const instant = z.iso.datetime();
