import { Dropdown, Heading, Input, Link, Select, StatusTag, TextArea } from '@hubspot/ui-extensions';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { dana, luis, managerView, savedCheckIn, touch, withGreeting } from '../../sandbox/gallery/views.ts';
import { fakeBackend, type FakeBackend } from './support/fake-backend.ts';
import { button, click, hasButton, linesOf, openCard, textOf } from './support/surface.tsx';

let backend: FakeBackend;

beforeEach(() => {
  backend = fakeBackend();
  backend.answer('getCompany', managerView());
});

type Card = Awaited<ReturnType<typeof openCard>>;
const choose = (card: Card, label: string): void => {
  card.find(Dropdown.ButtonItem, (item) => item.text === label).trigger('onClick');
};
const closed = (change: Parameters<typeof managerView>[0] = {}) =>
  managerView({
    state: 'leftOut',
    leftOut: { label: 'Skipped', why: 'On holiday' },
    touch: touch({ state: 'canceled' }),
    ...change,
  });
const opened = async (label: string): Promise<Card> => {
  const card = await openCard();
  click(button(card, label));
  await card.waitFor(() => {
    expect(hasButton(card, 'I asked. Save')).toBe(true);
  });
  return card;
};

describe('a try that reached nobody', () => {
  it.each<[string, Parameters<typeof touch>[0]]>([
    ['skipped, or not to be called', { state: 'canceled' }],
    ['not reached after five tries', { state: 'canceled', attempts: 5 }],
    ['over', { state: 'missed' }],
  ])('is not offered where the check-in is closed: %s', async (_why, change) => {
    backend.answer('getCompany', closed({ touch: touch(change) }));

    const card = await opened('Record a conversation anyway');

    expect(card.findAll(Dropdown)).toEqual([]);
  });

  it('is offered while the call is still to be made', async () => {
    const card = await openCard();

    expect(card.find(Dropdown).props).toMatchObject({ buttonText: 'Didn’t reach Dana' });
  });

  it('advises no skip on a check-in that is closed already', async () => {
    const barred = { talkToContactId: null, half: null, weekdays: [], channel: null, doNotCall: true };
    backend.answer(
      'getCompany',
      closed({
        ask: null,
        otherContacts: [withGreeting(dana)],
        preferences: [{ ...barred, contactId: dana.contactId, text: 'Asked not to be called' }],
      }),
    );

    const card = await opened('Record a conversation anyway');

    expect(linesOf(card)).toContain('Everybody we know here asked not to be called.');
    expect(textOf(card)).not.toContain('Skip with a reason');
  });
});

describe('a customer who asked not to be called', () => {
  it('is asked about once more before the check-in closes', async () => {
    backend.answer('recordAttempt', { touch: touch({ state: 'canceled' }), message: 'Noted.' });
    const card = await openCard();

    choose(card, 'Asked not to be called');
    const before = backend.sent('recordAttempt');
    const asked = linesOf(card).filter((line) => line?.startsWith('Did Dana ask') === true);
    backend.answer('getCompany', closed({ leftOut: { label: 'Asked not to be called', why: null } }));
    click(button(card, 'Yes, close this check-in'));
    await card.waitFor(() => {
      expect(card.find(StatusTag).text).toBe('Asked not to be called');
    });

    expect(before).toEqual([]);
    expect(asked).toEqual([
      'Did Dana ask not to be called? We do not ask for Dana again, and nobody is called here this quarter.',
    ]);
    expect(backend.sent('recordAttempt')).toMatchObject([
      { outcome: 'askedNotToBeCalled', contactId: dana.contactId },
    ]);
  });

  it('stays as they were where that was a slip', async () => {
    const card = await openCard();

    choose(card, 'Asked not to be called');
    click(button(card, 'Back'));

    expect(hasButton(card, 'Yes, close this check-in')).toBe(false);
    expect(backend.sent('recordAttempt')).toEqual([]);
  });
});

describe('a wrong person', () => {
  const wrongDana = { ...withGreeting(dana), isWrongPerson: true };
  const tried = { attempts: 1, nextTryOn: '2026-11-16', nextTryHalf: 'morning' } as const;
  const metWrong = (change: Parameters<typeof managerView>[0]) =>
    managerView({ state: 'attempted', touch: touch(tried), otherContacts: [wrongDana], ...change });

  it('leaves the next person to ask for, and the form opens with them though the draft names the wrong one', async () => {
    const draft = { respondentContactId: dana.contactId, respondentName: dana.name, words: '' };
    const ask = { ...luis, phone: '+1 312 555 0177', why: 'Not heard from yet' };
    backend.answer('getCompany', metWrong({ ask, draft }));
    const card = await openCard();
    const lines = linesOf(card);

    click(button(card, 'Write down the answer'));
    await card.waitFor(() => {
      expect(hasButton(card, 'I asked. Save')).toBe(true);
    });

    expect(lines).toContain('Ask Luis Ortega');
    expect(card.find(TextArea, { name: 'words' }).props.label).toBe('In Luis’s words');
    expect(card.find(Link).props.href).toBe('tel:+13125550177');
  });

  it('says what to do where nobody else is known', async () => {
    backend.answer('getCompany', metWrong({ ask: null }));

    const card = await openCard();

    expect(linesOf(card)).toContain(
      'We know nobody else here. Add a contact in HubSpot, or skip with a reason.',
    );
  });

  it('is not who is suggested after three tries', async () => {
    const pia = { ...withGreeting({ ...dana, contactId: '503', name: 'Pia Lind' }), isWrongPerson: false };
    backend.answer(
      'getCompany',
      metWrong({
        touch: touch({ ...tried, attempts: 3, suggestOtherContact: true }),
        ask: { ...luis, why: 'Not heard from yet' },
        otherContacts: [wrongDana, pia],
      }),
    );

    const card = await openCard();

    expect(hasButton(card, 'Try Pia instead')).toBe(true);
    expect(hasButton(card, 'Try Dana instead')).toBe(false);
  });
});

describe('the way back', () => {
  it.each<[string, string, () => ReturnType<typeof managerView>]>([
    [
      'another conversation',
      'Record another conversation',
      () =>
        managerView({
          state: 'done',
          saved: savedCheckIn({ undoUntil: null }),
          touch: touch({ state: 'done' }),
        }),
    ],
    ['a conversation anyway', 'Record a conversation anyway', () => closed()],
    [
      'an answer after a try',
      'Write down the answer',
      () => managerView({ state: 'attempted', touch: touch({ attempts: 1 }) }),
    ],
  ])('leads out of the form for %s, and keeps what was typed as a draft', async (_what, label, view) => {
    backend.answer('getCompany', view());
    backend.answer('saveDraft', { savedAt: '2026-11-12T16:42:00.000Z' });
    backend.answer('getFinding', {});
    const card = await opened(label);
    card.find(TextArea, { name: 'words' }).trigger('onInput', 'Call on Mondays.' as never);

    click(button(card, 'Back'));

    expect(hasButton(card, 'I asked. Save')).toBe(false);
    expect(hasButton(card, label)).toBe(true);
    await card.waitFor(() => {
      expect(backend.sent('saveDraft')).toMatchObject([{ draft: { words: 'Call on Mondays.' } }]);
    });
  });

  it('is not offered where the form is what the card is for', async () => {
    const card = await openCard();

    expect(hasButton(card, 'Back')).toBe(false);
  });

  it('leads out of a skip, and keeps its reason for a second thought', async () => {
    const card = await openCard();
    choose(card, 'Skip with a reason');
    card.find(Input, { name: 'skipReason' }).trigger('onInput', 'On holiday' as never);

    click(button(card, 'Back'));
    const isOpen = hasButton(card, 'Skip this time');
    choose(card, 'Skip with a reason');

    expect(isOpen).toBe(false);
    expect(card.find(Input, { name: 'skipReason' }).props.value).toBe('On holiday');
  });
});

describe('whoever is chosen in the form', () => {
  const withNumber = withGreeting({ ...luis, phone: '+1 312 555 0177' });

  it('is whom to ask, with their number and greeting', async () => {
    backend.answer('getCompany', managerView({ otherContacts: [withNumber] }));
    const card = await openCard();

    click(button(card, 'Someone else'));
    card.find(Select, { name: 'respondent' }).trigger('onChange', luis.contactId as never);

    expect(card.find(Heading).text).toBe('Ask Luis Ortega');
    expect(card.find(Link).props.href).toBe('tel:+13125550177');
    expect(linesOf(card)).toContain(withNumber.greeting);
    expect(linesOf(card)).not.toContain(managerView().greeting);
    expect(textOf(card)).not.toContain(dana.phone);
    expect(card.find(Select, { name: 'respondent' }).props.value).toBe(luis.contactId);
  });

  it('is greeted without a name where one was typed', async () => {
    const card = await openCard();

    click(button(card, 'Someone else'));
    card.find(Select, { name: 'respondent' }).trigger('onChange', 'typed' as never);
    const before = card.find(Heading).text;
    card.find(Input, { name: 'respondentName' }).trigger('onInput', 'Rosa Klein' as never);

    expect([before, card.find(Heading).text]).toEqual(['Ask somebody else', 'Ask Rosa Klein']);
    expect(linesOf(card)).toContain('Hi, this is Ana. I’m not selling anything. I have one question.');
    expect(card.findAll(Link)).toEqual([]);
  });

  it('is named, and not to be called, where they asked for that', async () => {
    const barred = { talkToContactId: null, half: null, weekdays: [], channel: null, doNotCall: true };
    const preferences = [{ ...barred, contactId: luis.contactId, text: 'Asked not to be called' }];
    backend.answer('getCompany', managerView({ otherContacts: [withNumber], preferences }));
    const card = await openCard();

    click(button(card, 'Someone else'));
    card.find(Select, { name: 'respondent' }).trigger('onChange', luis.contactId as never);

    expect(card.find(Heading).text).toBe('Luis Ortega');
    expect(card.findAll(Link)).toEqual([]);
    expect(linesOf(card)).toContain('Asked not to be called');
  });
});
