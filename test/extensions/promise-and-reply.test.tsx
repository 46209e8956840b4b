import { Heading, Input, StatusTag } from '@hubspot/ui-extensions';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { replyOf } from '../../sandbox/gallery/states/saved-states.ts';
import { finding, id, managerView, promise, savedCheckIn, touch } from '../../sandbox/gallery/views.ts';
import { fakeBackend, type FakeBackend } from './support/fake-backend.ts';
import { button, click, hasButton, linesOf, openCard, primaryButtons, textOf } from './support/surface.tsx';

let backend: FakeBackend;

beforeEach(() => {
  backend = fakeBackend();
  backend.answer('getFinding', { finding: finding() });
});

describe('a promise made just after a save', () => {
  const saved = () => managerView({ state: 'done', saved: savedCheckIn({ findingId: null }) });
  const added = promise({ what: 'A visit', ownerName: 'Tom Berg', mine: false });

  it('stands with who and by when, and its issue only where that is called otherwise', async () => {
    backend.answer('getCompany', saved());
    backend.answer('openIssue', { issueId: id(30), promise: added });
    const card = await openCard();

    card.find(Input, { name: 'promise' }).trigger('onInput', 'A visit' as never);
    click(button(card, 'Add promise'));
    await card.waitFor(() => {
      expect(linesOf(card)).toContain('Promised: A visit · Tom Berg · by Nov 26');
    });
    const first = textOf(card);
    click(button(card, 'Add another promise'));
    const second = { ...added, promiseId: id(31), what: 'A price list' };
    backend.answer('openIssue', { issueId: id(32), promise: second });
    card.find(Input, { name: 'promise' }).trigger('onInput', 'A price list' as never);
    card.find(Input, { name: 'issue' }).trigger('onInput', 'Prices' as never);
    click(button(card, 'Add promise'));
    await card.waitFor(() => {
      expect(linesOf(card)).toContain('Promised: A price list · Tom Berg · by Nov 26');
    });

    expect(first).not.toContain('Issue opened');
    expect(linesOf(card)).toContain('Promised: A visit · Tom Berg · by Nov 26');
    expect(linesOf(card)).toContain('Issue opened: Prices');
  });

  it('stands so in a card that is opened later, and once', async () => {
    const savedBefore = savedCheckIn({
      findingId: null,
      issueTitle: 'A visit',
      promiseIds: [added.promiseId],
    });
    const other = promise({ promiseId: id(33), what: 'Of last quarter' });
    backend.answer(
      'getCompany',
      managerView({ state: 'done', saved: savedBefore, openPromises: [other, added] }),
    );

    const card = await openCard();

    expect(linesOf(card).filter((line) => line?.includes('A visit') === true)).toEqual([
      'Promised: A visit · Tom Berg · by Nov 26',
    ]);
    expect(textOf(card)).not.toContain('Promised: Of last quarter');
  });
});

describe('a reply that waits on a check-in that is done', () => {
  const done = (decideBy: string | null, change: Parameters<typeof managerView>[0] = {}) =>
    managerView({
      state: 'done',
      touch: touch({ state: 'done' }),
      saved: savedCheckIn({ undoUntil: null, released: true, decideBy }),
      openPromises: [promise()],
      nextDueOn: '2027-02-03',
      ...change,
    });
  const waiting = finding({ replies: [replyOf('open')], canDecide: true });

  it('is said in the status, stands first, and is the one thing to do', async () => {
    backend.answer('getCompany', done('2026-11-26'));
    backend.answer('getFinding', { finding: waiting });

    const card = await openCard();
    await card.waitFor(() => {
      expect(hasButton(card, 'Accept the reply')).toBe(true);
    });

    expect(card.findAll(StatusTag)[0]?.text).toBe('Done · Tom replied');
    expect(primaryButtons(card)).toEqual(['Accept the reply']);
    expect(card.findAll(Heading)[0]?.text).toBe('What the log says');
    expect(textOf(card).indexOf('I deal with Luis')).toBeLessThan(
      textOf(card).indexOf('Deliver before noon.'),
    );
  });

  it('leaves the promise to do once it is decided, and what became of it where it was', async () => {
    backend.answer('getCompany', done('2026-11-26'));
    backend.answer('getFinding', { finding: waiting });
    const decided = finding({
      replies: [replyOf('accepted')],
      label: 'Explained',
      verdict: 'EXPLAINED',
      severity: 0,
    });
    backend.answer('decideFinding', { finding: decided, added: null });
    const card = await openCard();
    await card.waitFor(() => {
      expect(hasButton(card, 'Accept the reply')).toBe(true);
    });
    backend.answer('getCompany', done(null));
    backend.answer('getFinding', { finding: decided });

    click(button(card, 'Accept the reply'));
    await card.waitFor(() => {
      expect(card.findAll(StatusTag)[0]?.text).toBe('Done Nov 12 · next in February');
    });

    expect(primaryButtons(card)).toHaveLength(1);
    expect(primaryButtons(card)[0]).toContain('Mark kept');
    expect(textOf(card).indexOf('Accepted.')).toBeGreaterThan(0);
    expect(textOf(card).indexOf('Accepted.')).toBeLessThan(textOf(card).indexOf('Deliver before noon.'));
  });

  it('is said in the sidebar, with the last day to decide', async () => {
    backend.answer('getCompany', done('2026-11-26'));

    const card = await openCard('crm.record.sidebar');

    expect(card.findAll(StatusTag)[0]?.text).toBe('Done · Tom replied');
    expect(linesOf(card)).toContain('You can decide until Nov 26');
  });

  it('is said of another talk, too', async () => {
    const others = { findingId: id(60), respondentName: 'Luis Ortega', askedOn: '2026-09-29' };
    backend.answer('getCompany', done(null, { findings: [{ ...others, decideBy: '2026-11-19' }] }));

    const card = await openCard('crm.record.sidebar');

    expect(card.findAll(StatusTag)[0]?.text).toBe('Done · a reply waits');
    expect(linesOf(card)).toContain('You can decide until Nov 19');
  });

  it('takes nothing from the status where none waits', async () => {
    backend.answer('getCompany', done(null));

    const card = await openCard();

    expect(card.findAll(StatusTag)[0]?.text).toBe('Done Nov 12 · next in February');
  });
});
