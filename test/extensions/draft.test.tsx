import { TextArea } from '@hubspot/ui-extensions';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { fakeBackend, type FakeBackend } from './support/fake-backend.ts';
import { button, click, leaveRecord, linesOf, openCard } from './support/surface.tsx';
import { managerView, savedCheckIn } from '../../sandbox/gallery/views.ts';

let backend: FakeBackend;

beforeEach(() => {
  // Rendering goes on in real time; only the waiting is played.
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
  backend = fakeBackend();
  backend.answer('getCompany', managerView());
  backend.answer('saveDraft', { savedAt: '2026-11-12T16:00:00.000Z' });
  backend.answer('recordCheckIn', { saved: savedCheckIn({ findingId: null }), listening: null });
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a draft', () => {
  it('is kept a second after typing stops, with the newest words, once', async () => {
    const card = await openCard();
    const words = card.find(TextArea, { name: 'words' });

    words.trigger('onInput', 'Deliver' as never);
    await jest.advanceTimersByTimeAsync(900);
    card.find(TextArea, { name: 'words' }).trigger('onInput', 'Deliver before noon.' as never);
    await jest.advanceTimersByTimeAsync(900);
    const early = backend.sent('saveDraft').length;
    await jest.advanceTimersByTimeAsync(200);

    expect(early).toBe(0);
    expect(backend.sent('saveDraft')).toEqual([
      { draft: expect.objectContaining({ words: 'Deliver before noon.', respondentContactId: '501' }) },
    ]);
    await card.waitFor(() => {
      expect(linesOf(card)).toContain('Draft kept');
    });
  });

  it('is not sent any more once the check-in is saved', async () => {
    const card = await openCard();

    card.find(TextArea, { name: 'words' }).trigger('onInput', 'Deliver before noon.' as never);
    click(button(card, 'I asked. Save'));
    await jest.advanceTimersByTimeAsync(5_000);

    expect(backend.sent('recordCheckIn')).toHaveLength(1);
    expect(backend.sent('saveDraft')).toEqual([]);
  });

  it('says which of its form’s drafts it is, since an earlier one may land later', async () => {
    const card = await openCard();

    card.find(TextArea, { name: 'words' }).trigger('onInput', 'Deliver' as never);
    await jest.advanceTimersByTimeAsync(1_100);
    card.find(TextArea, { name: 'words' }).trigger('onInput', 'Deliver before noon.' as never);
    await jest.advanceTimersByTimeAsync(1_100);

    const sent = backend.sent('saveDraft') as { draft: { edition: { form: string; count: number } } }[];
    expect(sent.map(({ draft }) => draft.edition.count)).toEqual([1, 2]);
    expect(new Set(sent.map(({ draft }) => draft.edition.form)).size).toBe(1);
  });

  it('carries the id that the save will use', async () => {
    const card = await openCard();

    card.find(TextArea, { name: 'words' }).trigger('onInput', 'Deliver before noon.' as never);
    await jest.advanceTimersByTimeAsync(1_100);
    click(button(card, 'I asked. Save'));
    await jest.advanceTimersByTimeAsync(100);

    const [draft] = backend.sent('saveDraft') as { draft: { submissionId: string } }[];
    const [saved] = backend.sent('recordCheckIn') as { submissionId: string }[];
    expect(draft?.draft.submissionId).toBe(saved?.submissionId);
  });

  it('says whether it was typed after a try to save, since that may have been saved for all we know', async () => {
    backend.react('recordCheckIn', () => 'rejects');
    const card = await openCard();

    card.find(TextArea, { name: 'words' }).trigger('onInput', 'Deliver before noon.' as never);
    await jest.advanceTimersByTimeAsync(1_100);
    click(button(card, 'I asked. Save'));
    await jest.advanceTimersByTimeAsync(1_100);
    card.find(TextArea, { name: 'words' }).trigger('onInput', 'Deliver before noon, please.' as never);
    await jest.advanceTimersByTimeAsync(1_100);

    const sent = backend.sent('saveDraft') as { draft: { afterTry?: boolean } }[];
    expect(sent.map(({ draft }) => draft.afterTry)).toEqual([undefined, undefined, true]);
  });

  it('is kept after a save that failed, with everything that was typed', async () => {
    backend.react('recordCheckIn', () => 'rejects');
    const card = await openCard();

    card.find(TextArea, { name: 'words' }).trigger('onInput', 'Deliver before noon.' as never);
    card.find(TextArea, { name: 'liked' }).trigger('onInput', 'Your driver is kind.' as never);
    card.find(TextArea, { name: 'inConfidence' }).trigger('onInput', 'Budget is tight.' as never);
    click(button(card, 'I asked. Save'));
    await jest.advanceTimersByTimeAsync(1_200);

    expect(backend.sent('saveDraft')).toEqual([
      {
        draft: expect.objectContaining({
          words: 'Deliver before noon.',
          liked: 'Your driver is kind.',
          inConfidence: 'Budget is tight.',
        }),
      },
    ]);
  });

  it('that could not be kept is sent again by itself, ever more slowly, with the newest words', async () => {
    backend.react('saveDraft', () => 'rejects');
    const card = await openCard();

    card.find(TextArea, { name: 'words' }).trigger('onInput', 'Deliver before noon.' as never);
    await jest.advanceTimersByTimeAsync(1_100);
    const first = backend.sent('saveDraft').length;
    const told = linesOf(card);
    await jest.advanceTimersByTimeAsync(3_000);
    const second = backend.sent('saveDraft').length;
    await jest.advanceTimersByTimeAsync(3_000);
    const tooSoon = backend.sent('saveDraft').length;
    backend.answer('saveDraft', { savedAt: '2026-11-12T16:00:00.000Z' });
    await jest.advanceTimersByTimeAsync(3_100);

    expect([first, second, tooSoon]).toEqual([1, 2, 2]);
    expect(told).toContain('Draft not kept yet. It is sent again by itself.');
    expect(backend.sent('saveDraft')).toHaveLength(3);
    expect(backend.sent('saveDraft').at(-1)).toEqual({
      draft: expect.objectContaining({ words: 'Deliver before noon.' }),
    });
    await card.waitFor(() => {
      expect(linesOf(card)).toContain('Draft kept');
    });
  });

  it('that could not be kept goes out once more when the record is left', async () => {
    backend.react('saveDraft', () => 'rejects');
    const card = await openCard();
    card.find(TextArea, { name: 'words' }).trigger('onInput', 'Deliver before noon.' as never);
    await jest.advanceTimersByTimeAsync(1_100);
    backend.answer('saveDraft', { savedAt: '2026-11-12T16:00:00.000Z' });

    leaveRecord();
    await jest.advanceTimersByTimeAsync(100);

    expect(backend.sent('saveDraft')).toHaveLength(2);
    expect(backend.sent('saveDraft').at(-1)).toEqual({
      draft: expect.objectContaining({ words: 'Deliver before noon.' }),
    });
  });

  it('that fails while the check-in is saved does not come back after it', async () => {
    backend.react('saveDraft', () => 'rejects');
    const card = await openCard();

    card.find(TextArea, { name: 'words' }).trigger('onInput', 'Deliver before noon.' as never);
    await jest.advanceTimersByTimeAsync(1_100);
    click(button(card, 'I asked. Save'));
    await jest.advanceTimersByTimeAsync(100);
    backend.answer('saveDraft', { savedAt: '2026-11-12T16:00:00.000Z' });
    leaveRecord();
    await jest.advanceTimersByTimeAsync(200_000);

    expect(backend.sent('recordCheckIn')).toHaveLength(1);
    expect(backend.sent('saveDraft')).toHaveLength(1);
  });

  it('on its way when the check-in is saved is waited for, and is not sent again after it', async () => {
    backend.react('saveDraft', () => 'never answers');
    const card = await openCard();
    card.find(TextArea, { name: 'words' }).trigger('onInput', 'Deliver before noon.' as never);
    await jest.advanceTimersByTimeAsync(1_100);

    click(button(card, 'I asked. Save'));
    await jest.advanceTimersByTimeAsync(1_000);
    const sentEarly = backend.sent('recordCheckIn').length;
    await jest.advanceTimersByTimeAsync(200_000);

    expect(sentEarly).toBe(0);
    expect(backend.sent('recordCheckIn')).toHaveLength(1);
    expect(backend.sent('saveDraft')).toHaveLength(1);
  });

  it('holds back while the check-in is saved, and is kept with all words once that has failed', async () => {
    backend.react('recordCheckIn', () => 'never answers');
    const card = await openCard();
    card.find(TextArea, { name: 'words' }).trigger('onInput', 'Deliver before noon.' as never);

    click(button(card, 'I asked. Save'));
    await jest.advanceTimersByTimeAsync(100);
    card.find(TextArea, { name: 'liked' }).trigger('onInput', 'Your driver is kind.' as never);
    await jest.advanceTimersByTimeAsync(10_000);
    const whileSaving = backend.sent('saveDraft').length;
    await jest.advanceTimersByTimeAsync(10_000);

    expect(whileSaving).toBe(0);
    expect(backend.sent('saveDraft')).toEqual([
      { draft: expect.objectContaining({ words: 'Deliver before noon.', liked: 'Your driver is kind.' }) },
    ]);
  });

  it('opens again with the praise in it', async () => {
    backend.answer('getCompany', managerView({ draft: { words: 'Call first.', liked: 'Kind driver.' } }));

    const card = await openCard();

    expect(card.find(TextArea, { name: 'liked' }).props.value).toBe('Kind driver.');
  });
});

describe('contacts that HubSpot has not told yet', () => {
  it('are suggested once they are known, without touching the words typed meanwhile', async () => {
    backend.answer('getCompany', managerView({ ask: null, otherContacts: [] }));
    const card = await openCard();
    card.find(TextArea, { name: 'words' }).trigger('onInput', 'Call first.' as never);
    backend.answer('getCompany', managerView());

    await jest.advanceTimersByTimeAsync(1_600);

    await card.waitFor(() => {
      expect(card.find(TextArea, { name: 'words' }).props.label).toBe('In Dana’s words');
    });
    expect(card.find(TextArea, { name: 'words' }).props.value).toBe('Call first.');
  });
});
