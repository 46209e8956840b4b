import { Checkbox, Select, TextArea, ToggleGroup } from '@hubspot/ui-extensions';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  dana,
  homeView,
  id,
  luis,
  managerView,
  savedCheckIn,
  viewerView,
  withGreeting,
  repHome,
} from '../../sandbox/gallery/views.ts';
import { fakeBackend, type FakeBackend } from './support/fake-backend.ts';
import { openHome } from './support/home.tsx';
import { button, click, linesOf, openCard, textOf } from './support/surface.tsx';

let backend: FakeBackend;

beforeEach(() => {
  backend = fakeBackend();
  backend.answer('getCompany', managerView());
  backend.answer('saveDraft', { savedAt: '2026-11-12T16:00:00.000Z' });
  backend.answer('recordCheckIn', { saved: savedCheckIn({ findingId: null }), listening: null });
});

type Card = Awaited<ReturnType<typeof openCard>>;
const write = (card: Card, name: string, text: string): void => {
  card.find(TextArea, { name }).trigger('onInput', text as never);
};
const choose = (card: Card, name: string, value: string): void => {
  card.find(Select, { name }).trigger('onChange', value as never);
};
const thanks = {
  kudosId: id(31),
  checkInId: id(3),
  companyId: '101',
  companyName: 'Acme Valves',
  toName: 'Uma Patel',
  mine: false,
  words: 'Uma found our pallet.',
  respondentName: 'Dana Ruiz',
  givenByName: 'Ana Lopez',
  givenAt: '2026-11-12T16:42:00.000Z',
  givenOn: '2026-11-12',
  releasesAt: '2026-11-12T16:57:00.000Z',
};
const wish = { talkToContactId: null, half: null, weekdays: [], channel: null, doNotCall: false };

describe('thanks to a colleague', () => {
  it('ask for nothing until a colleague is chosen, and go out with the check-in', async () => {
    const card = await openCard();
    const before = card.findAll(TextArea, { name: 'kudosWords' }).length;

    write(card, 'words', 'Deliver before noon.');
    choose(card, 'kudosTo', '900');
    write(card, 'kudosWords', ' Tom stayed late. ');
    click(button(card, 'I asked. Save'));
    await card.waitFor(() => {
      expect(backend.sent('recordCheckIn')).toHaveLength(1);
    });

    expect(before).toBe(0);
    expect(backend.sent('recordCheckIn')).toEqual([
      expect.objectContaining({ kudos: { ownerId: '900', words: 'Tom stayed late.' }, preference: null }),
    ]);
  });

  it('that were begun without words are not lost: the save waits and says what is missing', async () => {
    const card = await openCard();

    write(card, 'words', 'Deliver before noon.');
    choose(card, 'kudosTo', '900');
    click(button(card, 'I asked. Save'));
    await card.waitFor(() => {
      expect(textOf(card)).toContain('Choose whom to thank, and write what was said.');
    });

    expect(backend.sent('recordCheckIn')).toEqual([]);
  });

  it('say after the save when the colleague reads them', async () => {
    backend.answer(
      'getCompany',
      managerView({ state: 'done', saved: savedCheckIn({ findingId: null }), thanks: [thanks] }),
    );

    const card = await openCard();

    expect(linesOf(card).join('\n')).toMatch(/Uma reads your thanks at /);
  });

  it('stand on the page of the rep they are for with the other good words, before promises', async () => {
    const mine = { ...thanks, mine: true, releasesAt: null };
    backend.answer('getHome', homeView({ rep: repHome(), thanks: [mine] }));

    const text = textOf(await openHome());

    expect(text.indexOf('Customers about you')).toBeLessThan(text.indexOf('Thanks for you'));
    expect(text.indexOf('Thanks for you')).toBeLessThan(text.indexOf('Your promises'));
    expect(text.split('Thanks for you')).toHaveLength(2);
  });

  it('stand on the card of the colleague they are for', async () => {
    backend.answer('getCompany', {
      ...viewerView(),
      thanks: [{ ...thanks, mine: true, releasesAt: null }],
    });

    const card = await openCard();

    expect(textOf(card)).toContain('Thanks for you');
    expect(linesOf(card)).toContain('“Uma found our pallet.”');
  });
});

describe('what a contact prefers', () => {
  it('is sent as chosen, and left alone where nothing was', async () => {
    const card = await openCard();

    write(card, 'words', 'Deliver before noon.');
    choose(card, 'bestHalf', 'morning');
    card.find(ToggleGroup, { name: 'bestDays' }).trigger('onChange', ['2', '4'] as never);
    choose(card, 'talkTo', luis.contactId);
    click(button(card, 'I asked. Save'));
    await card.waitFor(() => {
      expect(backend.sent('recordCheckIn')).toHaveLength(1);
    });

    expect(backend.sent('recordCheckIn')).toEqual([
      expect.objectContaining({
        kudos: null,
        preference: { ...wish, half: 'morning', weekdays: [2, 4], talkToContactId: luis.contactId },
      }),
    ]);
  });

  it('opens as it stands, and is said beside the name', async () => {
    const standing = {
      ...wish,
      contactId: dana.contactId,
      half: 'afternoon' as const,
      text: 'Best in the afternoon',
    };
    backend.answer('getCompany', managerView({ preferences: [standing] }));

    const card = await openCard();

    expect(linesOf(card)).toContain('Best in the afternoon');
    expect(card.find(Select, { name: 'bestHalf' }).props.value).toBe('afternoon');
    expect(card.find(Checkbox, { name: 'doNotCall' }).props.checked).toBe(false);
  });

  it('comes back from a draft, thanks too', async () => {
    const draft = {
      words: 'Deliver',
      kudos: { ownerId: '900', words: 'Tom stayed' },
      preference: { ...wish, doNotCall: true },
    };
    backend.answer('getCompany', managerView({ draft }));

    const card = await openCard();

    expect(card.find(TextArea, { name: 'kudosWords' }).props.value).toBe('Tom stayed');
    expect(card.find(Checkbox, { name: 'doNotCall' }).props.checked).toBe(true);
  });

  it('is not asked of somebody who is no contact', async () => {
    backend.answer('getCompany', managerView({ ask: null, otherContacts: [] }));

    const card = await openCard();

    expect(card.findAll(Select, { name: 'bestHalf' })).toEqual([]);
    expect(textOf(card)).toContain('A preference is kept for people who are contacts in HubSpot.');
  });

  it('says so where everybody asked not to be called', async () => {
    const standing = { ...wish, contactId: luis.contactId, doNotCall: true, text: 'Asked not to be called' };
    backend.answer(
      'getCompany',
      managerView({ ask: null, otherContacts: [withGreeting(luis)], preferences: [standing] }),
    );

    const card = await openCard();

    expect(textOf(card)).toContain('Everybody we know here asked not to be called.');
  });
});
