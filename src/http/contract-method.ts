import { z } from 'zod';
import { EXPORT_KINDS, PATTERN_PHASES, PATTERN_READERS } from '../core/model.ts';
import { hubspotId, instant, localDay, uuid } from './contract-scalars.ts';

/** The method, patterns, leave and exports: the third part of the contract (see contract.ts). */

const submissionId = uuid;
const fact = z.object({ label: z.string(), value: z.string() });

/** Severity 3, as its rep or one of its two managers sees it. Facts, customers and guide are empty until it is open to the reader. */
export const patternView = z.object({
  patternId: uuid,
  reader: z.enum(PATTERN_READERS),
  phase: z.enum(PATTERN_PHASES),
  title: z.string(),
  quarter: z.string(),
  repName: z.string(),
  sentence: z.string(),
  nextStep: z.string(),
  replyUntil: localDay,
  facts: z.array(fact),
  customers: z.array(z.string()),
  guide: z.array(z.string()),
  canOpen: z.boolean(),
});

export const openPatternRequest = z.strictObject({ submissionId });
export const patternReply = z.object({ pattern: patternView });

/** Days on which a rep does not work, both included. */
export const leaveView = z.object({
  leaveId: uuid,
  ownerId: hubspotId,
  name: z.string(),
  mine: z.boolean(),
  firstDay: localDay,
  lastDay: localDay,
});

export const enterLeaveRequest = z.strictObject({
  submissionId,
  /** Null: one's own. */
  ownerId: hubspotId.nullable().default(null),
  firstDay: localDay,
  lastDay: localDay,
});
export const removeLeaveRequest = z.strictObject({ submissionId });
export const leaveReply = z.object({ leave: z.array(leaveView) });

export const exportRequest = z.strictObject({ submissionId, kind: z.enum(EXPORT_KINDS) });
/** The path works once, for five minutes; the file does not pass through the card. */
export const exportReply = z.object({ path: z.string(), expiresAt: instant });

export const methodSection = z.object({
  title: z.string(),
  lines: z.array(z.string()),
  facts: z.array(fact),
});
export const methodReply = z.object({ sections: z.array(methodSection) });

/** What this account's log really uses, counted over the newest comparisons. */
export const usageView = z.object({
  note: z.string(),
  sources: z.array(z.object({ label: z.string(), detail: z.string(), records: z.number().int() })),
  dispositions: z.array(z.object({ id: z.string(), label: z.string(), records: z.number().int() })),
});
