import { readFileSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SILENCE_MS, send } from '../../extension-kit/backend.ts';
import {
  asksRecall,
  mentionsContact,
  needsProbe,
  openForm,
  toRequest,
} from '../../extension-kit/check-in-form.ts';
import {
  addDays,
  formatDay,
  formatMonth,
  formatTime,
  fromDateParts,
  safeLocale,
  toDateParts,
  weekdaysBetween,
} from '../../extension-kit/dates.ts';
import { newSubmissionId } from '../../extension-kit/submission-id.ts';
import { uuid } from '../../src/http/contract-scalars.ts';
import { fakeBackend } from './support/fake-backend.ts';
import { id, luis, managerView } from '../../sandbox/gallery/views.ts';

describe('a submission id', () => {
  it('is a UUID the backend accepts, and never the same twice', () => {
    const ids = Array.from({ length: 200 }, () => newSubmissionId());

    expect(new Set(ids).size).toBe(200);
    for (const value of ids) expect(uuid.safeParse(value).success).toBe(true);
  });

  it('is made without Web Crypto too', () => {
    const kept = globalThis.crypto;
    Object.defineProperty(globalThis, 'crypto', { value: undefined, configurable: true });

    const value = newSubmissionId();
    Object.defineProperty(globalThis, 'crypto', { value: kept, configurable: true });

    expect(uuid.safeParse(value).success).toBe(true);
  });
});

describe('dates', () => {
  it('formats a day as it stands, in the reader’s language', () => {
    expect(formatDay('2026-11-12', 'en-US')).toBe('Thu, Nov 12');
    expect(formatDay('2026-11-12', 'de')).toBe('Do., 12. Nov.');
    expect(formatMonth('2027-02-03', 'en-US')).toBe('February');
  });

  it('formats an instant in the viewer’s zone', () => {
    expect(formatTime('2026-11-12T16:57:00.000Z', 'en-GB', 'America/Chicago')).toBe('10:57');
  });

  it.each([
    ['en-us', 'en-US'],
    ['de_DE', 'de-DE'],
    ['nonsense!', 'en-US'],
    [undefined, 'en-US'],
    ['', 'en-US'],
  ])('takes %s as the locale %s', (locale, expected) => {
    expect(safeLocale(locale)).toBe(expected);
  });

  it('goes to HubSpot’s date input and back, with months that start at 0', () => {
    expect(toDateParts('2026-01-31')).toEqual({ year: 2026, month: 0, date: 31 });
    expect(fromDateParts({ year: 2026, month: 11, date: 5 })).toBe('2026-12-05');
  });

  it('counts days and weekdays over month ends, leap days and weekends', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-11-12', -14)).toBe('2026-10-29');
    expect(weekdaysBetween('2026-11-06', '2026-11-09')).toBe(1);
    expect(weekdaysBetween('2026-11-05', '2026-11-09')).toBe(2);
    expect(weekdaysBetween('2026-11-09', '2026-11-09')).toBe(0);
  });
});

describe('the check-in form', () => {
  it('asks the two questions of a conversation up to one business day old', () => {
    const view = managerView({ today: '2026-11-09' });
    const form = openForm(view, null, null, id(1));

    expect(asksRecall(view, { ...form, happenedOn: '2026-11-06' })).toBe(true);
    expect(asksRecall(view, { ...form, happenedOn: '2026-11-05' })).toBe(false);
  });

  it('drops recall answers that no longer apply', () => {
    const view = managerView();
    const form = { ...openForm(view, null, null, id(1)), recall: { count: '0' as const } };

    expect(toRequest(view, form).recall).toEqual({ count: '0' });
    expect(toRequest(view, { ...form, happenedOn: '2026-11-02' }).recall).toBeNull();
  });

  it('prefers who was chosen just now to the draft, and the draft to who is suggested', () => {
    const draft = { respondentContactId: null, respondentName: 'Rosa Klein', words: 'x' };

    expect(openForm(managerView(), null, luis, id(1)).name).toBe('Luis Ortega');
    expect(openForm(managerView(), draft, luis, id(1)).name).toBe('Luis Ortega');
    expect(openForm(managerView(), draft, null, id(1))).toMatchObject({
      contactId: null,
      name: 'Rosa Klein',
    });
  });

  it('starts without a respondent where no contact is known', () => {
    const view = managerView({ ask: null, otherContacts: [] });

    expect(openForm(view, null, null, id(1))).toMatchObject({ contactId: null, name: '' });
  });

  it('asks further after a blank or "don’t know" only', () => {
    expect(['', '  ', 'Don’t know', 'I do not know.'].map(needsProbe)).toEqual([true, true, true, true]);
    expect(['Nothing', 'I don’t know why it is late'].map(needsProbe)).toEqual([false, false]);
  });

  it('notices when the words are about being looked after', () => {
    expect(mentionsContact('You would have to get a salesperson from your company to call on me.')).toBe(
      true,
    );
    expect(mentionsContact('Deliver before noon.')).toBe(false);
  });
});

describe('a call to the backend', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('ends as a failure after 15 seconds of silence', async () => {
    fakeBackend().react('getHome', () => 'never answers');

    const outcome = send('getHome', {}, null);
    await jest.advanceTimersByTimeAsync(SILENCE_MS);

    expect(await outcome).toMatchObject({ ok: false, failure: { code: 'no_answer' } });
  });

  it('leaves no timer behind after an answer', async () => {
    fakeBackend().answer('getHome', { today: '2026-11-12' });

    await send('getHome', {}, null);

    expect(jest.getTimerCount()).toBe(0);
  });

  it('keeps the code, the message and the hint of a refusal', async () => {
    const body = {
      code: 'invalid_input',
      message: 'The words are missing.',
      requestId: 'r',
      hint: 'Write them.',
    };
    fakeBackend().react('getHome', () => ({ status: 400, body }));

    expect(await send('getHome', {}, null)).toEqual({
      ok: false,
      failure: { code: 'invalid_input', message: 'The words are missing.', hint: 'Write them.' },
    });
  });

  it('encodes what it puts into the path', async () => {
    const backend = fakeBackend();
    backend.answer('getFinding', {});

    await send('getFinding', { id: 'a/b?c' }, null);

    expect(backend.calls[0]?.params).toEqual({ id: 'a%2Fb%3Fc' });
  });
});

describe('the words of the extensions', () => {
  const forbidden =
    /\b(false|fake|fabricated|lie|lied|liar|dishonest|cheat|fraud|suspicious|suspect|caught|guilty|violation|offender|accused|red flag|spy|surveillance|worst|underperformer)\b/i;
  const kit = new URL('../../extension-kit/', import.meta.url);
  const files = readdirSync(kit).filter((name) => name.startsWith('wording'));

  it('never accuse anyone', () => {
    const said = files.flatMap(
      (name) => readFileSync(new URL(name, kit), 'utf8').match(/'[^']*'|`[^`]*`/g) ?? [],
    );

    expect(said.length).toBeGreaterThan(100);
    expect(said.filter((text) => forbidden.test(text))).toEqual([]);
  });

  it('stand in the wording modules, not in the components', () => {
    const folders = [
      '../../extension-kit/',
      '../../extensions/app/cards/',
      '../../extensions/app/pages/',
      '../../extensions/app/settings/',
    ];
    const components = folders.flatMap((folder) => {
      const url = new URL(folder, import.meta.url);
      return readdirSync(url)
        .filter((name) => name.endsWith('.tsx'))
        .map((name) => readFileSync(new URL(name, url), 'utf8'));
    });

    const between = components.flatMap((text) => text.match(/>\s*[A-Z][a-z]+[^<>{}=;()]*<\//g) ?? []);

    expect(components.length).toBeGreaterThan(20);
    expect(between).toEqual([]);
  });
});
