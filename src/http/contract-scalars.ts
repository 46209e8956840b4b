import { z } from 'zod';

/** The smallest parts of the contract (see contract.ts). */

export const hubspotId = z.string().regex(/^\d{1,20}$/, 'a HubSpot id: digits only');
export const uuid = z.uuid();
export const localDay = z.iso.date();
export const instant = z.iso.datetime();

/** The most characters of each text that people type; the extensions' inputs stop there. */
export const LIMITS = {
  name: 200,
  words: 10_000,
  liked: 2_000,
  inConfidence: 10_000,
  coachingNote: 10_000,
  kudos: 1_000,
  reason: 500,
  issueTitle: 200,
  promise: 500,
  replySentence: 1_000,
  decisionReason: 1_000,
  announcement: 4_000,
  holidayRegion: 10,
} as const;
