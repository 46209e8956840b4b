/**
 * What the product writes into HubSpot for people to read: the manager's task, the company's note, the rep's notice. Anyone with
 * access to the record may read them, so none holds a customer's words or anything of a finding.
 */
import { Temporal } from 'temporal-polyfill';
import type { Inline, Paragraph } from '../html.ts';
import { link, plain, renderBody, strong } from '../html.ts';
import type { Channel, LocalDay, TouchKind } from '../model.ts';
import { QUESTION } from '../wording.ts';

/** Leaves room below the cap of a body for the reference that marks the task or note as ours. */
const BODY_BYTES = 9_500;
const SUBJECT_CHARACTERS = 200;
const COMPANIES_IN_NOTICE = 20;

export type WrittenTask = { readonly subject: string; readonly bodyHtml: string };

type TouchTaskInput = {
  readonly kind: TouchKind;
  readonly companyName: string;
  /** Whom to ask for; null where the company has no contact yet. */
  readonly contact: {
    readonly name: string;
    readonly jobTitle: string | null;
    readonly phone: string | null;
  } | null;
  /** The company's record in HubSpot, https. */
  readonly recordUrl: string;
  readonly dueOn: LocalDay;
  readonly half: 'morning' | 'afternoon';
  /** In the approved translation where there is one. */
  readonly question?: string;
};

/** Returns the manager's task to check in. It serves on a phone: whom to ask for, the number, the question and the record. */
export function touchTask(input: TouchTaskInput): WrittenTask {
  const paragraphs: Paragraph[] = [
    whomToAsk(input.contact),
    [strong(`“${input.question ?? QUESTION}”`)],
    [plain('Listen, and write down their words in the Service check-in card: '), recordLink(input)],
    [plain(`Due ${dayInWords(input.dueOn)}, best in the ${input.half}.`)],
  ];
  if (input.kind === 'continuity') {
    paragraphs.push([plain('This customer has a new rep. Say who it is, and ask the same question.')]);
  }
  const suffix = input.kind === 'continuity' ? ' (new rep)' : '';
  return {
    subject: oneLine(`Service check-in: ${input.companyName}`, SUBJECT_CHARACTERS - suffix.length) + suffix,
    bodyHtml: renderBody(paragraphs, BODY_BYTES),
  };
}

type CheckInNoteInput = {
  readonly callerName: string;
  readonly respondentName: string;
  readonly happenedOn: LocalDay;
  readonly channel: Channel;
};

/** Returns the company's note about one check-in: who asked whom, how and when. The answer itself stays in the card. */
export function checkInNote(input: CheckInNoteInput): string {
  return renderBody(
    [
      [
        strong('Service check-in'),
        plain(
          `: ${input.callerName} asked ${input.respondentName} “${QUESTION}” ` +
            `${CHANNEL_WORDS[input.channel]} on ${dayInWords(input.happenedOn)}.`,
        ),
      ],
    ],
    BODY_BYTES,
  );
}

type NoticeCompany = { readonly companyName: string; readonly recordUrl: string };

/** Returns the rep's one task a day: that words are waiting and where, never what they say. */
export function repNoticeTask({
  companies = [],
}: { readonly companies?: readonly NoticeCompany[] } = {}): WrittenTask {
  const shown = companies.slice(0, COMPANIES_IN_NOTICE);
  const more = companies.length - shown.length;
  return {
    subject: 'Customer words are waiting',
    bodyHtml: renderBody(
      [
        [plain('Open the Service check-in card on the company record to read them.')],
        ...shown.map((company): Paragraph => [recordLink(company)]),
        ...(more > 0 ? [[plain(`And ${more} more on the home page of the app.`)]] : []),
      ],
      BODY_BYTES,
    ),
  };
}

/** Returns a day as a person writes it, the same on every machine: `Wed, Aug 12, 2026`. */
export function dayInWords(day: LocalDay): string {
  const date = Temporal.PlainDate.from(day);
  return `${WEEKDAYS[date.dayOfWeek - 1] ?? ''}, ${MONTHS[date.month - 1] ?? ''} ${date.day}, ${date.year}`;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const CHANNEL_WORDS: Record<Channel, string> = {
  phone: 'by phone',
  video: 'by video call',
  inPerson: 'in person',
};

function whomToAsk(contact: TouchTaskInput['contact']): Paragraph {
  if (contact === null) return [strong('Ask for whoever deals with us most often.')];
  const title = contact.jobTitle === null ? '' : `, ${contact.jobTitle}`;
  return [strong(`Ask for ${contact.name}`), plain(`${title}: `), phoneLink(contact.phone)];
}

function phoneLink(phone: string | null): Inline {
  if (phone === null || phone.trim() === '') return plain('no number yet, please add one in HubSpot.');
  // An extension is for a person to dial; "tel:" takes the number alone.
  const dialed = phone.split(/ext|x|#|;|,/i)[0]?.replaceAll(/[^\d+]/g, '') ?? '';
  return link(phone, `tel:${dialed}`);
}

function recordLink(company: NoticeCompany): Inline {
  return link(company.companyName, company.recordUrl);
}

/** A subject is plain text: one line, cut by whole characters. */
function oneLine(text: string, maxCharacters: number): string {
  const characters = Array.from(text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim());
  if (characters.length <= maxCharacters) return characters.join('');
  return `${characters.slice(0, maxCharacters - 1).join('')}…`;
}
