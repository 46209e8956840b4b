import type { FindingView, RepView } from './contract-types.ts';

/** Whether a finding came to weigh more than when its rep replied, and waits for a reply again. */
export const isAskedAnew = ({ askedAnew }: RepView, { findingId }: FindingView): boolean =>
  askedAnew.includes(findingId);

/** Whether a finding waits for a reply of the rep who reads it. */
export const waitsForReply = (view: RepView, finding: FindingView): boolean =>
  finding.canReply && (finding.replies.length === 0 || isAskedAnew(view, finding));
