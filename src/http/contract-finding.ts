import { z } from 'zod';
import { REPLY_KINDS, VERDICTS } from '../core/model.ts';
import { hubspotId, instant, localDay, uuid } from './contract-scalars.ts';

/** What a comparison found, as its readers get it: a part of the contract (see contract.ts). */

export const contactView = z.object({
  contactId: hubspotId,
  name: z.string(),
  jobTitle: z.string().nullable(),
  phone: z.string().nullable(),
});

/** A record of the log as a rep may point to it: metadata only. */
export const recordView = z.object({
  activityId: z.string(),
  what: z.string(),
  on: localDay,
  withWhom: z.string().nullable(),
});

export const replyView = z.object({
  replyId: uuid,
  kind: z.enum(REPLY_KINDS),
  label: z.string(),
  /** The record that a reply of kind EVIDENCE names, where it was read. */
  record: recordView.nullable().default(null),
  sentence: z.string(),
  repliedAt: instant,
  state: z.enum(['open', 'accepted', 'refused', 'noted']),
  decisionReason: z.string().nullable(),
});

export const findingView = z.object({
  findingId: uuid,
  checkInId: uuid,
  /** The day of the conversation, and who answered; null where it is gone. */
  askedOn: localDay.nullable(),
  respondentName: z.string().nullable(),
  /** pending: the log is being read; incomplete: not all records could be read yet, tried again. */
  state: z.enum(['pending', 'incomplete', 'ready']),
  verdict: z.enum(VERDICTS).nullable(),
  severity: z.number().int().min(0).max(3),
  rule: z.string().nullable(),
  label: z.string(),
  sentence: z.string(),
  /** One more sentence: which rule decided and why. */
  reason: z.string(),
  /** Both sides' facts in the same terms; empty where nothing was asked or the log is not read yet. */
  bothSides: z.array(z.object({ label: z.string(), log: z.string(), customer: z.string() })),
  /** What else the customer's answer carries: not sure, a colleague handles this. */
  customerMarks: z.array(z.string()),
  logSays: z.array(recordView.extend({ evidence: z.string(), counted: z.boolean() })),
  /** Why the log is not shown: this reader still has to ask the customer this quarter. Null where it is shown. */
  logHeldBack: z.string().nullable().default(null),
  /** For whoever may reply: all records of the account that were read, those not used too. */
  records: z.array(recordView).default([]),
  notConsidered: z.array(z.string()),
  /** "Fewer than 1 in 700 would answer this way if the log is right", where the rule uses it. */
  chance: z.string().nullable(),
  whoSees: z.string(),
  nextStep: z.string(),
  replyUntil: localDay.nullable(),
  canReply: z.boolean(),
  canDecide: z.boolean(),
  secondContact: contactView.nullable(),
  replies: z.array(replyView),
  /** For a rep whose reply was not accepted: whom to ask, and by which case id; canAsk until they have. */
  auditor: z.object({ text: z.string(), canAsk: z.boolean() }).nullable().default(null),
});
