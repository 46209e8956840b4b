import { Heading, Input, Link, Panel, StatusTag, TextArea } from '@hubspot/ui-extensions';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { formatPastDay } from '../../extension-kit/dates.ts';
import { telHref } from '../../extension-kit/Respondent.tsx';
import {
  dana,
  feedback,
  finding,
  homeView,
  id,
  luis,
  managerHome,
  managerView,
  promise,
  repView,
  savedCheckIn,
  touch,
  withGreeting,
} from '../../sandbox/gallery/views.ts';
import { fakeBackend, type FakeBackend } from './support/fake-backend.ts';
import { button, click, hasButton, linesOf, openCard, primaryButtons, textOf } from './support/surface.tsx';
import { openHome } from './support/home.tsx';

let backend: FakeBackend;

beforeEach(() => {
  backend = fakeBackend();
  backend.answer('getFinding', { finding: finding() });
});

const other = {
  findingId: id(60),
  respondentName: 'Luis Ortega',
  askedOn: '2026-09-29',
  decideBy: '2026-11-19',
};
const overdue = promise({ dueOn: '2026-11-09', state: 'broken', settled: false });
const reached = withGreeting({ ...luis, phone: '+1 312 555 0199 ext. 12' });
const tried = touch({
  attempts: 3,
  nextTryOn: '2026-11-17',
  nextTryHalf: 'morning',
  suggestOtherContact: true,
});
const lastAnswer = {
  checkInId: id(9),
  respondentName: 'Dana Ruiz',
  words: 'Earlier deliveries.',
  happenedOn: '2025-11-11',
  callerName: 'Ana Lopez',
  issueTitle: 'Delivery times',
};

describe('findings that are not over', () => {
  it('tells of a reply to decide below the form, and reads it only when asked to', async () => {
    backend.answer('getCompany', managerView({ findings: [other] }));
    const card = await openCard();

    const readBefore = backend.sent('getFinding').length;
    const toldBefore = linesOf(card);
    click(button(card, 'Read the reply'));
    await card.waitFor(() => {
      expect(backend.sent('getFinding')).toHaveLength(1);
    });

    const waits =
      'A reply waits for you, about the talk with Luis on Sep 29. It counts as accepted if you do not decide by Thu, Nov 19.';
    expect(readBefore).toBe(0);
    expect(toldBefore).toContain(waits);
    // From then on the finding itself says what becomes of the reply.
    expect(linesOf(card)).not.toContain(waits);
    expect(hasButton(card, 'I asked. Save')).toBe(true);
  });

  it('offers one whose window is open once the check-in is done', async () => {
    backend.answer(
      'getCompany',
      managerView({
        state: 'done',
        saved: savedCheckIn({ undoUntil: null, findingId: null }),
        findings: [{ ...other, decideBy: null }],
      }),
    );

    const card = await openCard();

    expect(linesOf(card)).toContain('What the log says: Luis · Sep 29');
    expect(hasButton(card, 'Show')).toBe(true);
  });

  it('lists replies to decide on the home page, and opens each in a panel', async () => {
    const waiting = { ...other, companyId: '101', companyName: 'Acme Valves', repName: 'Tom Berg' };
    backend.answer('getHome', homeView({ manager: { ...managerHome(), repliesWaiting: [waiting] } }));
    const home = await openHome();

    click(button(home, 'Read'));
    await home.waitFor(() => {
      expect(backend.sent('getFinding')).toHaveLength(1);
    });

    expect(linesOf(home)).toContain('Tom Berg, Acme Valves: decide by Thu, Nov 19');
    expect(home.find(Panel, { id: `reply-${other.findingId}` }).props.title).toBe('Acme Valves');
  });
});

describe('why nobody is asked', () => {
  it('says that the call was skipped, why, and when the next one comes', async () => {
    const leftOut = { label: 'Skipped', why: 'plant closed' };
    backend.answer('getCompany', managerView({ state: 'leftOut', leftOut, nextDueOn: '2027-01-01' }));

    const card = await openCard();
    const sidebar = await openCard('crm.record.sidebar');

    expect(card.find(StatusTag).text).toBe('Skipped · next in January');
    expect(linesOf(card)).toContain('The reason: plant closed');
    expect(textOf(card)).not.toContain('not in the program');
    expect(primaryButtons(card)).toEqual([]);
    expect(hasButton(sidebar, 'Open check-in')).toBe(true);
  });
});

describe('promises that are overdue', () => {
  it('can be settled on the manager’s card and the rep’s, and are called overdue', async () => {
    const done = { state: 'done' as const, saved: savedCheckIn({ undoUntil: null, findingId: null }) };
    backend.answer('getCompany', managerView({ ...done, openPromises: [overdue] }));
    const manager = await openCard();
    backend.answer('getCompany', repView({ feedback: [feedback()], promises: [overdue] }));
    const rep = await openCard();

    expect(hasButton(manager, 'Mark kept: Visit the plant')).toBe(true);
    expect(textOf(manager)).toContain('Overdue');
    expect(hasButton(rep, 'Mark promise kept: Visit the plant')).toBe(true);
    expect(textOf(rep)).toContain('Overdue · 3 days late');
  });

  it('can be settled on the manager’s home page', async () => {
    backend.answer('getHome', homeView({ manager: { ...managerHome(), promisesDue: [overdue] } }));
    backend.answer('settlePromise', { promise: overdue });
    const home = await openHome();

    click(button(home, 'Mark kept: Visit the plant'));

    await home.waitFor(() => {
      expect(backend.sent('settlePromise')).toEqual([expect.objectContaining({ outcome: 'kept' })]);
    });
  });
});

describe('a promise that is being written', () => {
  it('stays while the minutes of Undo end', async () => {
    jest.useFakeTimers({ advanceTimers: true });
    const soon = {
      savedAt: '2026-11-12T16:42:00.000Z',
      undoUntil: '2026-11-12T16:42:02.000Z',
      findingId: null,
    };
    backend.answer('getCompany', managerView({ state: 'done', saved: savedCheckIn(soon) }));
    const card = await openCard();
    card.find(Input, { name: 'promise' }).trigger('onInput', 'Send the drawings' as never);
    backend.answer(
      'getCompany',
      managerView({ state: 'done', saved: savedCheckIn({ ...soon, undoUntil: null }) }),
    );

    jest.advanceTimersByTime(3_000);
    jest.useRealTimers();
    await card.waitFor(() => {
      expect(hasButton(card, 'Undo')).toBe(false);
    });

    expect(card.find(Input, { name: 'promise' }).props.value).toBe('Send the drawings');
  });

  it('can be added after them too', async () => {
    backend.answer('openIssue', { issueId: id(30), promise: promise() });
    backend.answer(
      'getCompany',
      managerView({ state: 'done', saved: savedCheckIn({ undoUntil: null, findingId: null }) }),
    );
    const card = await openCard();

    click(button(card, 'Add promise'));
    card.find(Input, { name: 'promise' }).trigger('onInput', 'Send the drawings' as never);
    const primary = primaryButtons(card);
    click(button(card, 'Add promise'));
    await card.waitFor(() => {
      expect(backend.sent('openIssue')).toEqual([expect.objectContaining({ checkInId: id(3) })]);
    });

    expect(primary).toEqual(['Add promise']);
  });
});

describe('whom the card names', () => {
  it('names whoever is tried instead, with their number and greeting, also over a draft', async () => {
    const draft = { respondentContactId: dana.contactId, respondentName: dana.name, words: 'Half' };
    backend.answer(
      'getCompany',
      managerView({ state: 'attempted', touch: tried, otherContacts: [reached], draft }),
    );
    const card = await openCard();

    click(button(card, 'Try Luis instead'));
    await card.waitFor(() => {
      expect(hasButton(card, 'I asked. Save')).toBe(true);
    });

    expect(card.findAll(Heading).map(({ text }) => text)).toContain('Ask Luis Ortega');
    expect(linesOf(card)).toContain(reached.greeting);
    expect(card.findAll(Link).map(({ props }) => props.href)).toEqual(['tel:+13125550199;ext=12']);
    expect(card.find(TextArea, { name: 'words' }).props.label).toBe('In Luis’s words');
  });

  it.each([
    ['+1 (312) 555-0100', 'tel:+13125550100'],
    ['312-555-0100 x 7', 'tel:3125550100;ext=7'],
    ['+49 30 1234#56', 'tel:+49301234;ext=56'],
    ['+1 312 555 0100 Extension 9', 'tel:+13125550100;ext=9'],
  ])('dials %s as %s', (phone, href) => {
    expect(telHref(phone)).toBe(href);
  });
});

describe('days that are past', () => {
  it('carry the year where it is another one', async () => {
    backend.answer('getCompany', managerView({ lastAnswer: { ...lastAnswer, issueState: 'open' } }));

    const card = await openCard();

    expect(linesOf(card)).toContain('Dana said on Nov 11, 2025:');
    expect(formatPastDay('2026-01-02', '2026-11-12', 'en-US')).toBe('Jan 2');
  });

  it('say in words that a call was due', async () => {
    backend.answer('getCompany', managerView({ touch: touch({ dueOn: '2026-11-09' }) }));

    const card = await openCard();

    expect(card.find(StatusTag).text).toBe('Was due Mon, Nov 9');
  });

  it.each([
    ['open', 'Issue: Delivery times (open).'],
    ['closed', 'Issue: Delivery times (closed). Ask if it helped.'],
  ])('ask whether it helped only where something was done: %s', async (issueState, line) => {
    backend.answer('getCompany', managerView({ lastAnswer: { ...lastAnswer, issueState } }));

    const card = await openCard();

    expect(linesOf(card)).toContain(line);
  });
});
