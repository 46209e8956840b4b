import { Accordion, Heading, TextArea } from '@hubspot/ui-extensions';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { feedback, managerView, repView, savedCheckIn } from '../../sandbox/gallery/views.ts';
import { fakeBackend, type FakeBackend } from './support/fake-backend.ts';
import { button, click, linesOf, openCard, textOf } from './support/surface.tsx';

let backend: FakeBackend;
const LINES = ['Ask when the dock is free.', 'Then call Dana.'];

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
const fold = (card: Card) => card.find(Accordion, { title: 'Advice for Tom' });

function save(card: Card, advice: string): void {
  write(card, 'words', 'Deliver before noon.');
  write(card, 'coachingNote', advice);
  click(button(card, 'I asked. Save'));
}

describe('advice for the rep', () => {
  it('is folded away and says who reads it when', async () => {
    const card = await openCard();

    const { label, description } = card.find(TextArea, { name: 'coachingNote' }).props;

    expect(fold(card).props).toMatchObject({ defaultOpen: false });
    expect(label).toBe('Three lines at most');
    expect(description).toBe('Tom sees it with Dana’s words, after the 15 minutes of Undo.');
  });

  it('goes out with the check-in, for the rep whose name stood beside it, without blank lines', async () => {
    const card = await openCard();

    save(card, ` ${LINES.join('\n\n')} \n`);
    await card.waitFor(() => {
      expect(backend.sent('recordCheckIn')).toHaveLength(1);
    });

    expect(backend.sent('recordCheckIn')).toEqual([
      expect.objectContaining({ coachingNote: { ownerId: '900', text: LINES.join('\n') } }),
    ]);
  });

  it('is left out of a plain check-in', async () => {
    const card = await openCard();

    save(card, ' \n');
    await card.waitFor(() => {
      expect(backend.sent('recordCheckIn')).toHaveLength(1);
    });

    expect(backend.sent('recordCheckIn')).toEqual([expect.objectContaining({ coachingNote: null })]);
  });

  it.each([
    ['a fourth line', 'One.\nTwo.\nThree.\nFour.', 'Keep the three that matter most.'],
    ['a line too long', 'a'.repeat(201), 'Shorten it, or break it into two lines.'],
  ])('with %s opens and says what to do, and nothing is sent', async (_what, advice, remedy) => {
    const card = await openCard();

    save(card, advice);
    await card.waitFor(() => {
      expect(textOf(card)).toContain(remedy);
    });

    expect(fold(card).props).toMatchObject({ open: true });
    expect(backend.sent('recordCheckIn')).toEqual([]);
  });

  it('stays open while a fourth line is taken out', async () => {
    const card = await openCard();
    save(card, 'One.\nTwo.\nThree.\nFour.');
    await card.waitFor(() => {
      expect(fold(card).props).toMatchObject({ open: true });
    });

    write(card, 'coachingNote', 'One.\nTwo.\nThree.');
    await card.waitFor(() => {
      expect(textOf(card)).not.toContain('Keep the three that matter most.');
    });

    expect(fold(card).props).toMatchObject({ open: true });
  });

  it('comes back from a draft, unfolded', async () => {
    backend.answer('getCompany', managerView({ draft: { coachingNote: 'Ask fi' } }));

    const card = await openCard();

    expect(card.find(TextArea, { name: 'coachingNote' }).props.value).toBe('Ask fi');
    expect(fold(card).props).toMatchObject({ defaultOpen: true });
  });

  it('is not offered where nobody gets the words', async () => {
    backend.answer('getCompany', managerView({ adviceTo: null }));

    const card = await openCard();

    expect(card.findAll(TextArea, { name: 'coachingNote' })).toEqual([]);
  });

  it('that nobody would read any more is neither hidden nor sent', async () => {
    const draft = { words: 'Deliver before noon.', coachingNote: 'Ask first.' };
    backend.answer('getCompany', managerView({ adviceTo: null, draft }));

    const card = await openCard();
    click(button(card, 'I asked. Save'));
    await card.waitFor(() => {
      expect(textOf(card)).toContain('Nobody would read this. Take it out to save.');
    });

    expect(backend.sent('recordCheckIn')).toEqual([]);
  });

  it('stands beside what was saved', async () => {
    const saved = savedCheckIn({ findingId: null, advice: LINES });
    backend.answer('getCompany', managerView({ state: 'done', saved }));

    const card = await openCard();

    expect(linesOf(card)).toEqual(expect.arrayContaining(LINES));
    expect(card.findAll(Heading).map(({ text }) => text)).toContain('Your advice for Tom');
  });

  it('stands on the rep’s card after praise and words', async () => {
    const words = feedback({ liked: 'Tom calls back.', said: 'Be earlier.', advice: LINES });
    backend.answer('getCompany', repView({ feedback: [words] }));

    const card = await openCard();

    const lines = linesOf(card);
    const places = ['“Tom calls back.”', '“Be earlier.”', ...LINES].map((line) => lines.indexOf(line));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(card.findAll(Heading).map(({ text }) => text)).toContain('Advice from Ana');
  });
});
