import { z } from 'zod';
import { CHANNELS } from '../core/model.ts';
import { LIMITS, hubspotId, instant, localDay, uuid } from './contract-scalars.ts';

/** Thanks to colleagues, advice for reps and contacts' wishes: a part of the contract (see contract.ts). */

export const kudosBody = z.strictObject({
  ownerId: hubspotId,
  words: z.string().trim().min(1).max(LIMITS.kudos),
});
/** As far as it is typed. */
export const kudosDraft = z.strictObject({
  ownerId: hubspotId.nullable(),
  words: z.string().max(LIMITS.kudos),
});

/** Roomier than the three lines that are kept, so that too much is refused in words that say what to do. */
export const coachingNoteBody = z.strictObject({
  ownerId: hubspotId,
  text: z.string().max(LIMITS.coachingNote),
});
/** Advice for a rep, line by line. */
export const adviceView = z.array(z.string());

export const kudosView = z.object({
  kudosId: uuid,
  checkInId: uuid,
  companyId: hubspotId,
  companyName: z.string(),
  toName: z.string(),
  /** For the reader. */
  mine: z.boolean(),
  words: z.string(),
  /** Who said it; empty where that person's data was erased. */
  respondentName: z.string(),
  givenByName: z.string(),
  givenAt: instant,
  /** The same as a day in the account's time zone. */
  givenOn: localDay,
  /** Null once the colleague can read it. */
  releasesAt: instant.nullable(),
});

const MONDAY = 1;
const FRIDAY = 5;

/** A contact's wish about being asked: what they did not say stays empty. */
export const preferenceBody = z.strictObject({
  /** Whom they would rather have us ask at their company. */
  talkToContactId: hubspotId.nullable(),
  half: z.enum(['morning', 'afternoon']).nullable(),
  /** 1 is Monday, 5 Friday; empty where any will do. */
  weekdays: z.array(z.number().int().min(MONDAY).max(FRIDAY)).max(FRIDAY),
  channel: z.enum(CHANNELS).nullable(),
  doNotCall: z.boolean(),
});

export const preferenceView = preferenceBody.extend({
  contactId: hubspotId,
  /** "Best in the morning, on Tuesday"; null where there is nothing of the kind. */
  text: z.string().nullable(),
});
