/** A note, a task change or a property that HubSpot did not take. `kind`: what was to be written. */
export type RefusedWrite = {
  readonly kind: string;
  /** HubSpot's own words; null where it did not say what became of it. */
  readonly said: string | null;
  /** Sent again each night, in case the cause was mended. */
  readonly isTriedAgain: boolean;
};

const SAID_LENGTH = 200;
const WHAT: Readonly<Record<string, string>> = {
  note: 'a note about a check-in',
  rewriteNote: 'a note about a check-in',
  companyProperties: 'the check-in fields of a company',
  describeTask: 'the text of a task',
  repNotice: 'a rep’s task that customer words are waiting, which the home page says too',
};

/** How many there are, the oldest of them in plain words with HubSpot's reason, and what becomes of it: all of them end by themselves. */
export function refusedText(writes: number, oldest: RefusedWrite): string {
  const what = WHAT[oldest.kind] ?? 'a change of a task';
  const count = writes === 1 ? `1: ${what}.` : `${writes}. The oldest: ${what}.`;
  return `${count} ${whyText(oldest.said)} ${nextText(oldest)} A week after the last try it leaves this list.`;
}

function whyText(said: string | null): string {
  const reason = said?.trim().slice(0, SAID_LENGTH) ?? '';
  return reason === ''
    ? 'HubSpot did not say whether it was written, and we could not find it.'
    : `HubSpot says: “${reason}”.`;
}

function nextText({ kind, isTriedAgain }: RefusedWrite): string {
  if (isTriedAgain) return 'We try again each night for a week: mend the cause, and it is written.';
  if (kind in WHAT) return 'It is not tried again.';
  return 'It is not tried again: please change the task in HubSpot.';
}
