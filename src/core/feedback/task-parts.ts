/**
 * A task's text belongs to whoever works with it once it is made. What may change later are two parts that we wrote, whom to ask
 * for and the link to the record; they are known by their shape, whatever attributes HubSpot adds, and all else stays.
 */
import { escapeHtml } from '../html.ts';
import type { WrittenTask } from './task-text.ts';

const ASK =
  /<strong[^>]*>Ask for ([^<]*)<\/strong>(?:[^<]*?: (?:<a [^>]*>[^<]*<\/a>|no number yet, please add one in HubSpot\.))?/;
const RECORD = /<a [^>]*\/record\/0-2\/\d+[^>]*>([^<]*)<\/a>/;

/** Whom the text says to ask for, as escaped HTML; null where it does not say it any more. */
export function askedForIn(bodyHtml: string): string | null {
  return ASK.exec(bodyHtml)?.[1] ?? null;
}

/**
 * Returns what of the task is to be written so that our parts say what `ours` says: nothing where they do, or where a person took
 * them out. The subject changes only where it is the one we made from the company's name.
 */
export function changedParts(current: WrittenTask, ours: WrittenTask): Partial<WrittenTask> {
  const bodyHtml = withPart(withPart(current.bodyHtml, ours.bodyHtml, ASK), ours.bodyHtml, RECORD);
  const companyName = RECORD.exec(current.bodyHtml)?.[1];
  const made = [`Service check-in: ${companyName ?? ''}`, `Service check-in: ${companyName ?? ''} (new rep)`];
  const isMade = companyName !== undefined && made.includes(escapeHtml(current.subject));
  const mayRename = isMade && current.subject !== ours.subject;
  return {
    ...(mayRename ? { subject: ours.subject } : {}),
    ...(bodyHtml === current.bodyHtml ? {} : { bodyHtml }),
  };
}

function withPart(bodyHtml: string, ours: string, part: RegExp): string {
  const written = part.exec(ours)?.[0];
  return written === undefined ? bodyHtml : bodyHtml.replace(part, () => written);
}
