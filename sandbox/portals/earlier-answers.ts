import type { SeededPortal } from './portal-truth.ts';

export type EarlierAnswer = {
  readonly companyId: string;
  readonly contactId: string;
  readonly name: string;
  readonly daysAgo: number;
  readonly words: string;
  readonly liked: string | null;
  /** Something that was promised then, and kept. */
  readonly promise: string | null;
};

type Said = Pick<EarlierAnswer, 'words' | 'liked' | 'promise'>;

const ANSWERS: readonly [Said, ...Said[]] = [
  {
    words: 'Deliveries could come a day earlier before the end of the month. We run short every time.',
    liked: null,
    promise: 'Earlier deliveries before month end',
  },
  {
    words:
      'Honestly, you are easy to work with. The order desk always picks up. A price list we can search would help.',
    liked: 'Honestly, you are easy to work with. The order desk always picks up.',
    promise: 'Send a price list that can be searched',
  },
  { words: 'Nothing right now. It runs well.', liked: 'It runs well.', promise: null },
  {
    words:
      'The invoices arrive with the wrong purchase order number. My accountant calls me each month about it.',
    liked: null,
    promise: 'Correct purchase order number on every invoice',
  },
  {
    words:
      'Your driver helped us unload when our forklift broke. That was kind. More notice for price changes, please.',
    liked: 'Your driver helped us unload when our forklift broke. That was kind.',
    promise: null,
  },
];

/** Last quarter lies behind: far enough that it is another cycle, near enough to be remembered. */
const FIRST_DAYS_AGO = 100;
const EVERY_NTH = 11;
const MOST = 8;

/** What some customers said last quarter, so that a card opens with a last answer. The hero account first. */
export function earlierAnswers({ document, truth }: SeededPortal): EarlierAnswer[] {
  const contacts = new Map(
    (document.objects['contacts'] ?? []).map((contact) => [contact.id, contact.properties]),
  );
  return truth.accounts
    .filter((_account, index) => index % EVERY_NTH === 0)
    .slice(0, MOST)
    .map((account, index) => {
      const contactId = account.answer.contactId;
      const properties = contacts.get(contactId);
      const name = [properties?.['firstname'], properties?.['lastname']].filter(Boolean).join(' ');
      const said = ANSWERS[index % ANSWERS.length] ?? ANSWERS[0];
      return {
        companyId: account.companyId,
        contactId,
        name,
        daysAgo: FIRST_DAYS_AGO - (index % 12),
        ...said,
      };
    });
}
