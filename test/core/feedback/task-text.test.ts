import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bannedWordsIn } from '../../../src/core/banned-words.ts';
import { checkInNote, dayInWords, repNoticeTask, touchTask } from '../../../src/core/feedback/task-text.ts';
import { QUESTION } from '../../../src/core/wording.ts';
import { readHtml } from '../read-html.ts';

const RECORD_URL = 'https://app.hubspot.com/contacts/123/record/0-2/456';
const TOUCH = {
  kind: 'checkIn',
  companyName: 'Acme & Sons',
  contact: { name: 'Dana Ruiz', jobTitle: 'Plant buyer', phone: '+1 (312) 555-0100 ext. 7' },
  recordUrl: RECORD_URL,
  dueOn: '2026-11-24',
  half: 'morning',
} as const;

describe('the manager’s task', () => {
  it('serves on a phone: whom to ask for, the number, the question, the record', () => {
    const task = touchTask(TOUCH);

    const { paragraphs, links } = readHtml(task.bodyHtml);
    expect(task.subject).toBe('Service check-in: Acme & Sons');
    expect(paragraphs).toEqual([
      'Ask for Dana Ruiz, Plant buyer: +1 (312) 555-0100 ext. 7',
      `“${QUESTION}”`,
      'Listen, and write down their words in the Service check-in card: Acme & Sons',
      'Due Tue, Nov 24, 2026, best in the morning.',
    ]);
    expect(links).toEqual(['tel:+13125550100', RECORD_URL]);
  });

  it('says what to do where there is no number or no contact', () => {
    const noNumber = touchTask({ ...TOUCH, contact: { name: 'Dana Ruiz', jobTitle: null, phone: null } });
    const nobody = touchTask({ ...TOUCH, contact: null });

    expect(readHtml(noNumber.bodyHtml).paragraphs[0]).toBe(
      'Ask for Dana Ruiz: no number yet, please add one in HubSpot.',
    );
    expect(readHtml(nobody.bodyHtml).paragraphs[0]).toBe('Ask for whoever deals with us most often.');
  });

  it('shows a number that cannot be dialed as text', () => {
    const task = touchTask({ ...TOUCH, contact: { name: 'Dana', jobTitle: null, phone: 'via reception' } });

    expect(readHtml(task.bodyHtml).links).toEqual([RECORD_URL]);
    expect(task.bodyHtml).toContain('via reception');
  });

  it('tells a change of rep', () => {
    const task = touchTask({ ...TOUCH, kind: 'continuity' });

    expect(task.subject).toBe('Service check-in: Acme & Sons (new rep)');
    expect(readHtml(task.bodyHtml).paragraphs.at(-1)).toBe(
      'This customer has a new rep. Say who it is, and ask the same question.',
    );
  });

  it('asks the approved translation where there is one', () => {
    const task = touchTask({ ...TOUCH, question: 'Was können wir besser machen?' });

    expect(task.bodyHtml).toContain('“Was können wir besser machen?”');
    expect(task.bodyHtml).not.toContain(QUESTION);
  });

  it('has one short line as subject and the question in the body, whatever the names are', () => {
    const name = fc.string({ unit: 'binary', maxLength: 600 });

    fc.assert(
      fc.property(name, name, name, name, (companyName, contactName, jobTitle, phone) => {
        const task = touchTask({ ...TOUCH, companyName, contact: { name: contactName, jobTitle, phone } });

        expect(Array.from(task.subject).length).toBeLessThanOrEqual(200);
        expect(task.subject).not.toMatch(/[\n\r]/);
        expect(readHtml(task.bodyHtml).paragraphs[1]).toBe(`“${QUESTION}”`);
        expect(Buffer.byteLength(task.bodyHtml)).toBeLessThanOrEqual(9_500);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the company’s note', () => {
  it('says who asked whom, how and when, and nothing else', () => {
    const note = checkInNote({
      callerName: 'Ana Lopez',
      respondentName: 'Dana <Ruiz>',
      happenedOn: '2026-08-12',
      channel: 'phone',
    });

    expect(readHtml(note).paragraphs).toEqual([
      `Service check-in: Ana Lopez asked Dana <Ruiz> “${QUESTION}” by phone on Wed, Aug 12, 2026.`,
    ]);
  });
});

describe('the rep’s notice', () => {
  it('says that words are waiting and where', () => {
    const task = repNoticeTask({ companies: [{ companyName: 'Acme', recordUrl: RECORD_URL }] });

    expect(task.subject).toBe('Customer words are waiting');
    expect(readHtml(task.bodyHtml)).toEqual({
      paragraphs: ['Open the Service check-in card on the company record to read them.', 'Acme'],
      links: [RECORD_URL],
    });
  });

  it('is the same for anyone where no company is named', () => {
    expect(repNoticeTask()).toEqual(repNoticeTask({ companies: [] }));
  });

  it('stays short with many companies', () => {
    const companies = Array.from({ length: 25 }, () => ({ companyName: 'Acme', recordUrl: RECORD_URL }));

    expect(readHtml(repNoticeTask({ companies }).bodyHtml).paragraphs.at(-1)).toBe(
      'And 5 more on the home page of the app.',
    );
  });
});

describe('all that is written into HubSpot', () => {
  it('has no banned word', () => {
    const texts = [
      touchTask(TOUCH),
      touchTask({ ...TOUCH, kind: 'continuity', contact: null }),
      repNoticeTask({ companies: [{ companyName: 'Acme', recordUrl: RECORD_URL }] }),
      checkInNote({
        callerName: 'Ana',
        respondentName: 'Dana',
        happenedOn: '2026-08-12',
        channel: 'inPerson',
      }),
    ];

    expect(bannedWordsIn(JSON.stringify(texts))).toEqual([]);
  });
});

describe('a day in words', () => {
  it.each([
    ['2026-08-12', 'Wed, Aug 12, 2026'],
    ['2027-01-03', 'Sun, Jan 3, 2027'],
    ['2028-02-29', 'Tue, Feb 29, 2028'],
  ])('of %s is %s', (day, words) => {
    expect(dayInWords(day)).toBe(words);
  });
});
