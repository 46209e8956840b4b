import { Accordion, Alert, Dropdown, Input, Panel, TableCell, TextArea } from '@hubspot/ui-extensions';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { id, managerView, promise, repView, savedCheckIn, touch } from '../../sandbox/gallery/views.ts';
import { fakeBackend, type FakeBackend } from './support/fake-backend.ts';
import { button, click, hasButton, linesOf, openCard, showCard, textOf } from './support/surface.tsx';

let backend: FakeBackend;

beforeEach(() => {
  backend = fakeBackend();
});
afterEach(() => {
  jest.useRealTimers();
});

const earlier = (last: number, repName: string | null) => ({
  checkInId: id(last),
  respondentName: 'Dana Ruiz',
  words: `Words ${String(last)}`,
  happenedOn: '2025-11-13',
  callerName: 'Ana Lopez',
  repName,
});

describe('the sidebar', () => {
  it('hears of a save in the tab beside it, and stops asking once that can no longer be undone', async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
    backend.answer('getCompany', managerView());
    const sidebar = showCard('crm.record.sidebar');
    await jest.advanceTimersByTimeAsync(100);
    const before = textOf(sidebar);
    backend.answer(
      'getCompany',
      managerView({ state: 'done', saved: savedCheckIn(), nextDueOn: '2027-01-01' }),
    );

    await jest.advanceTimersByTimeAsync(15_100);
    const after = textOf(sidebar);
    await jest.advanceTimersByTimeAsync(20 * 60_000);
    const reads = backend.sent('getCompany').length;
    await jest.advanceTimersByTimeAsync(60 * 60_000);

    expect(reads).toBeLessThan(40);
    expect(before).toContain('Start check-in');
    expect(after).toContain('Done Nov 12');
    expect(backend.sent('getCompany')).toHaveLength(reads);
  });

  it('hears of an Undo in the tab beside it, and is due again', async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
    backend.answer('getCompany', managerView({ state: 'done', saved: savedCheckIn() }));
    const sidebar = showCard('crm.record.sidebar');
    await jest.advanceTimersByTimeAsync(5 * 60_000);
    const before = textOf(sidebar);
    backend.answer('getCompany', managerView());

    await jest.advanceTimersByTimeAsync(60_100);

    expect(before).toContain('Done Nov 12');
    expect(textOf(sidebar)).toContain('Start check-in');
  });

  it('asks no more about what can no longer be undone', async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
    const over = savedCheckIn({ undoUntil: null, released: true });
    backend.answer('getCompany', managerView({ state: 'done', saved: over }));
    showCard('crm.record.sidebar');

    await jest.advanceTimersByTimeAsync(20 * 60_000);

    expect(backend.sent('getCompany')).toHaveLength(1);
  });

  it('looks every few seconds while words grow in the tab beside it, and seldom again a minute after the last', async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
    backend.answer('getCompany', managerView());
    showCard('crm.record.sidebar');
    await jest.advanceTimersByTimeAsync(100);
    const readsIn = async (forMs: number) => {
      const before = backend.sent('getCompany').length;
      await jest.advanceTimersByTimeAsync(forMs);
      return backend.sent('getCompany').length - before;
    };

    const untyped = await readsIn(60_000);
    backend.answer('getCompany', managerView({ draft: { words: 'Call before' } }));
    await readsIn(60_000);
    backend.answer('getCompany', managerView({ draft: { words: 'Call before the truck comes.' } }));
    await readsIn(5_000);
    const typed = await readsIn(60_000);
    const leftAlone = await readsIn(60_000);

    expect(untyped).toBe(4);
    expect(typed).toBeGreaterThanOrEqual(12);
    expect(leftAlone).toBe(2);
  });

  it('reads again as its panel opens, and takes over the words that were typed beside it', async () => {
    backend.answer('getCompany', managerView());
    const card = await openCard('crm.record.sidebar');
    backend.answer('getCompany', managerView({ draft: { words: 'Call before the truck comes.' } }));

    card.find(Panel).trigger('onOpen');

    await card.waitFor(() => {
      expect(card.find(TextArea, { name: 'words' }).props.value).toBe('Call before the truck comes.');
    });
    expect(backend.sent('getCompany')).toHaveLength(2);
  });

  it('keeps what was typed into its own panel, whatever is kept of the tab beside it', async () => {
    backend.answer('getCompany', managerView());
    const card = await openCard('crm.record.sidebar');
    card.find(TextArea, { name: 'words' }).trigger('onInput', 'Typed here.' as never);
    backend.answer('getCompany', managerView({ draft: { words: 'Typed beside.' }, nextDueOn: '2027-02-01' }));

    card.find(Panel).trigger('onOpen');
    await card.waitFor(() => {
      expect(backend.sent('getCompany')).toHaveLength(2);
    });

    expect(card.find(TextArea, { name: 'words' }).props.value).toBe('Typed here.');
  });

  it('offers no form any more for what was saved in the tab before its panel opened', async () => {
    backend.answer('getCompany', managerView());
    const card = await openCard('crm.record.sidebar');
    backend.answer('getCompany', managerView({ state: 'done', saved: savedCheckIn() }));

    card.find(Panel).trigger('onOpen');

    await card.waitFor(() => {
      expect(hasButton(card, 'I asked. Save')).toBe(false);
    });
    expect(textOf(card)).toContain('Done Nov 12');
  });
});

describe('the tab', () => {
  const saved = (change: Partial<Parameters<typeof savedCheckIn>[0]> = {}) =>
    managerView({ state: 'done', saved: savedCheckIn({ findingId: null, ...change }) });
  const open = async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
    backend.answer('getCompany', managerView());
    backend.answer('saveDraft', { savedAt: '2026-11-12T16:00:00.000Z' });
    const card = showCard();
    await jest.advanceTimersByTimeAsync(100);
    return card;
  };
  const words = (card: Awaited<ReturnType<typeof open>>) =>
    card.find(TextArea, { name: 'words' }).props.value;
  const type = (card: Awaited<ReturnType<typeof open>>, name: string, text: string): void => {
    card.find(TextArea, { name }).trigger('onInput', text as never);
  };

  it('hears of a save in the sidebar beside it, with Undo, and then stops asking', async () => {
    const card = await open();
    backend.answer('getCompany', saved());

    await jest.advanceTimersByTimeAsync(15_100);
    const after = textOf(card);
    const reads = backend.sent('getCompany').length;
    await jest.advanceTimersByTimeAsync(600_000);

    expect(after).toContain('Undo');
    expect(after).not.toContain('I asked. Save');
    expect(backend.sent('getCompany')).toHaveLength(reads);
  });

  it('looks every few seconds while words grow in the sidebar’s panel', async () => {
    await open();
    backend.answer('getCompany', managerView({ draft: { words: 'Call before' } }));
    await jest.advanceTimersByTimeAsync(15_100);
    const reads = backend.sent('getCompany').length;

    await jest.advanceTimersByTimeAsync(60_000);

    expect(backend.sent('getCompany').length - reads).toBeGreaterThanOrEqual(12);
  });

  it('lets go of a form whose words are all saved beside it', async () => {
    const card = await open();
    type(card, 'words', 'Deliver before noon.');
    backend.answer('getCompany', saved());

    await jest.advanceTimersByTimeAsync(15_100);
    await jest.advanceTimersByTimeAsync(1_100);

    expect(hasButton(card, 'I asked. Save')).toBe(false);
    expect(hasButton(card, 'Undo')).toBe(true);
  });

  it.each([
    ['other words', 'words', 'Deliver before noon, and call first.'],
    ['a remark beside the same words', 'inConfidence', 'Budget is tight.'],
  ])(
    'keeps a form with %s, says so, and saves it as a conversation of its own',
    async (_what, name, text) => {
      const card = await open();
      type(card, 'words', 'Deliver before noon.');
      await jest.advanceTimersByTimeAsync(1_100);
      type(card, name, text);
      backend.answer('getCompany', saved());
      backend.answer('recordCheckIn', { saved: savedCheckIn({ checkInId: id(9) }), listening: null });

      await jest.advanceTimersByTimeAsync(15_100);
      await jest.advanceTimersByTimeAsync(1_100);
      const told = card.findAll(Alert).map(({ props }) => props.title);
      click(button(card, 'I asked. Save'));
      await jest.advanceTimersByTimeAsync(100);

      const drafts = backend.sent('saveDraft') as { draft: { submissionId: string } }[];
      const [asSaved] = backend.sent('recordCheckIn') as { submissionId: string }[];
      expect(told).toEqual(['A check-in was saved in another card']);
      expect(asSaved).toMatchObject({ [name]: text });
      expect(asSaved?.submissionId).not.toBe(drafts[0]?.draft.submissionId);
      expect(drafts.at(-1)?.draft).toMatchObject({ [name]: text, submissionId: asSaved?.submissionId });
    },
  );

  it('shows what was saved beside a form to whoever asks for it', async () => {
    const card = await open();
    type(card, 'words', 'Call first.');
    backend.answer('getCompany', saved());
    await jest.advanceTimersByTimeAsync(15_100);
    await jest.advanceTimersByTimeAsync(1_100);
    const typed = words(card);

    click(button(card, 'Show what is saved'));
    await jest.advanceTimersByTimeAsync(100);

    expect(typed).toBe('Call first.');
    expect(hasButton(card, 'Undo')).toBe(true);
  });

  it('takes no save of its own for one of another card, though it is read before its answer comes', async () => {
    const card = await open();
    type(card, 'words', 'Call first.');
    backend.react('recordCheckIn', () => 'never answers');
    backend.answer('getCompany', saved({ words: 'Call first.' }));
    click(button(card, 'I asked. Save'));
    await jest.advanceTimersByTimeAsync(14_000);
    const underWay = card.findAll(Alert).map(({ props }) => props.title);
    await jest.advanceTimersByTimeAsync(30_000);

    click(button(card, 'I asked. Save'));
    await jest.advanceTimersByTimeAsync(100);

    const [first, second] = backend.sent('recordCheckIn') as { submissionId: string }[];
    expect(underWay).toEqual([]);
    expect(second?.submissionId).toBe(first?.submissionId);
  });

  it('keeps the reason for a skip that is being written', async () => {
    const card = await open();
    const skip = card.findAll(Dropdown.ButtonItem).find(({ text }) => text === 'Skip with a reason');
    skip?.trigger('onClick');
    await jest.advanceTimersByTimeAsync(100);
    card.find(Input, { name: 'skipReason' }).trigger('onInput', 'They moved.' as never);
    backend.answer('getCompany', managerView({ state: 'attempted', touch: touch({ attempts: 1 }) }));

    await jest.advanceTimersByTimeAsync(15_100);

    expect(card.find(Input, { name: 'skipReason' }).props.value).toBe('They moved.');
  });
});

describe('what was said before', () => {
  it('opens as a timeline from the check-in that is due, with who called and who looked after them then', async () => {
    const [newest, oldest] = [earlier(41, 'Tom Berg'), earlier(42, null)];
    const lastAnswer = { ...newest, issueTitle: null, issueState: null };
    backend.answer('getCompany', managerView({ lastAnswer, earlierAnswers: [newest, oldest] }));

    const card = await openCard();

    const timeline = card.find(Accordion, { title: 'Last answer' }).find(Panel);
    expect(timeline.props.title).toBe('Earlier answers (2)');
    expect(linesOf(card)).toContain('Nov 13, 2025');
    expect(linesOf(card)).toContain('Ana asked Dana Ruiz · Tom looked after them');
    expect(linesOf(card)).toContain('Ana asked Dana Ruiz · nobody looked after them');
  });
});

describe('a rep’s open promises', () => {
  it.each([
    ['2026-11-26', 'open' as const, /^Open · in \d+ days$/],
    ['2026-11-01', 'broken' as const, /^Overdue · \d+ days late$/],
  ])('due %s say how long they have, or how late they are', async (dueOn, state, text) => {
    backend.answer('getCompany', repView({ promises: [promise({ dueOn, state })] }));

    const card = await openCard();

    expect(card.findAll(TableCell).map((cell) => cell.text)).toContainEqual(expect.stringMatching(text));
  });
});
