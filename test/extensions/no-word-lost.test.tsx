import { Accordion, Alert, DateInput, Panel, TextArea } from '@hubspot/ui-extensions';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { LIMITS } from '../../extension-kit/contract-types.ts';
import {
  feedback,
  finding,
  homeView,
  id,
  managerHome,
  managerView,
  repHome,
  repView,
  savedCheckIn,
  touch,
} from '../../sandbox/gallery/views.ts';
import { fakeBackend, type FakeBackend } from './support/fake-backend.ts';
import { openHome } from './support/home.tsx';
import { button, click, hasButton, openCard, textOf, type CardRenderer } from './support/surface.tsx';

let backend: FakeBackend;

beforeEach(() => {
  backend = fakeBackend();
  backend.answer('getCompany', managerView());
  backend.answer('saveDraft', { savedAt: '2026-11-12T16:00:00.000Z' });
  backend.answer('recordCheckIn', { saved: savedCheckIn(), listening: null });
  backend.answer('getFinding', { finding: finding() });
});

type Saved = { submissionId: string; words: string; liked: string | null };
const used = { status: 409, body: { code: 'conflict', message: 'This id was used for something else.' } };
const done = () => managerView({ state: 'done', saved: savedCheckIn() });
const saves = () => backend.sent('recordCheckIn') as Saved[];
const valueOf = (card: CardRenderer, name: string) => card.find(TextArea, { name }).props.value;
const type = (card: CardRenderer, name: string, text: string): void => {
  card.find(TextArea, { name }).trigger('onInput', text as never);
};
const press = async (card: CardRenderer, title: string): Promise<void> => {
  click(button(card, 'I asked. Save'));
  await card.waitFor(() => {
    expect(card.findAll(Alert).map(({ props }) => props.title)).toContain(title);
  });
};

describe('a save that landed though its answer was lost', () => {
  /** Saves once without an answer, adds to it, and hears at the next try that the first is saved. */
  const landed = async (words: string, liked = ''): Promise<CardRenderer> => {
    backend.react('recordCheckIn', () => 'rejects');
    const card = await openCard();
    type(card, 'words', 'Deliver before noon.');
    type(card, 'liked', 'Your driver.');
    await press(card, 'Not saved yet');
    type(card, 'words', words);
    if (liked !== '') type(card, 'liked', liked);
    backend.react('recordCheckIn', () => used);
    backend.answer('getCompany', done());
    await press(card, 'Your first version is saved');
    return card;
  };

  it('leaves the form open with what was added, to be saved under an id of its own', async () => {
    const card = await landed('Deliver before noon. And call first.');
    const shown = [valueOf(card, 'words'), valueOf(card, 'liked')];
    backend.answer('recordCheckIn', { saved: savedCheckIn(), listening: null });

    await press(card, 'Saved');

    const [first, second, third] = saves();
    expect(shown).toEqual(['And call first.', '']);
    expect(textOf(card)).not.toContain('Your first version is saved');
    expect(second?.submissionId).toBe(first?.submissionId);
    expect(third?.submissionId).not.toBe(first?.submissionId);
    expect(third).toMatchObject({ words: 'And call first.', liked: null });
  });

  it.each([
    ['words that were written over', 'Call first, always.'],
    ['a sentence that goes on', 'Deliver before noon.or not at all'],
    ['words that are the same', 'Deliver before noon.'],
  ])('keeps %s as they stand', async (_what, words) => {
    const card = await landed(words, 'Your driver, and the office.');

    expect(valueOf(card, 'words')).toBe(words);
    expect(valueOf(card, 'liked')).toBe('Your driver, and the office.');
  });

  it('takes nothing out where another card’s words were saved under this id', async () => {
    backend.answer('getCompany', managerView({ draft: { submissionId: id(77), words: 'Deliver before' } }));
    const card = await openCard();
    type(card, 'words', 'Deliver before noon. And call first.');
    backend.react('recordCheckIn', () => used);
    backend.answer('getCompany', done());

    await press(card, 'Your first version is saved');

    expect(valueOf(card, 'words')).toBe('Deliver before noon. And call first.');
  });

  it('is not told where nothing was saved: the refusal says why, and the form stays', async () => {
    const card = await openCard();
    type(card, 'words', 'Call first.');
    backend.react('recordCheckIn', () => used);

    await press(card, 'Not saved yet');

    expect(textOf(card)).not.toContain('Your first version is saved');
    expect(valueOf(card, 'words')).toBe('Call first.');
  });
});

describe('what is typed while a save is on its way', () => {
  it('stays in the form, to be saved too', async () => {
    const card = await openCard();
    type(card, 'words', 'Call first.');
    backend.react('recordCheckIn', () => {
      type(card, 'inConfidence', 'Budget is tight.');
      return { body: { saved: savedCheckIn(), listening: null } };
    });

    await press(card, 'Your first version is saved');

    expect(valueOf(card, 'inConfidence')).toBe('Budget is tight.');
  });
});

describe('a form that somebody types into', () => {
  it.each([
    ['the tab', 'crm.record.tab' as const],
    ['the sidebar’s panel', 'crm.record.sidebar' as const],
  ])('stays in %s while its task is ticked off elsewhere', async (_where, place) => {
    const view = managerView({ ask: null, otherContacts: [] });
    backend.answer('getCompany', view);
    const card = await openCard(place);
    card.maybeFind(Panel)?.trigger('onOpen');
    type(card, 'words', 'Call first.');
    backend.answer('getCompany', { ...view, state: 'answerMissing', touch: touch({ state: 'done' }) });

    card.maybeFind(Panel)?.trigger('onOpen');
    await card.waitFor(
      () => {
        expect(textOf(card)).not.toContain('Skip with a reason');
      },
      { timeoutInMs: 5_000 },
    );

    expect(valueOf(card, 'words')).toBe('Call first.');
    expect(hasButton(card, 'Write it down')).toBe(place === 'crm.record.sidebar');
  });
});

describe('a form that is opened later', () => {
  it('holds the draft as it is kept by then, not as it was when the card was read', async () => {
    const missing = managerView({ state: 'answerMissing', touch: touch({ state: 'done' }) });
    backend.answer('getCompany', missing);
    const card = await openCard();
    backend.answer('getCompany', { ...missing, draft: { words: 'Written in the other card.' } });

    click(button(card, 'Write it down'));
    await card.waitFor(() => {
      expect(hasButton(card, 'I asked. Save')).toBe(true);
    });

    expect(valueOf(card, 'words')).toBe('Written in the other card.');
  });

  it('never has the id or the words of what was saved here, though nothing can be read after it', async () => {
    jest.useFakeTimers({ advanceTimers: true });
    const short = { undoUntil: '2026-11-12T16:42:02.000Z', findingId: null };
    const draft = { submissionId: id(77), respondentContactId: '501', words: 'Deliver before noon.' };
    backend.answer('getCompany', managerView({ draft }));
    backend.answer('recordCheckIn', { saved: savedCheckIn(short), listening: null });
    const card = await openCard();
    backend.react('getCompany', () => 'rejects');
    await press(card, 'Saved');

    jest.advanceTimersByTime(3_000);
    jest.useRealTimers();
    await card.waitFor(() => {
      expect(hasButton(card, 'I asked. Save')).toBe(true);
    });

    expect(valueOf(card, 'words')).toBe('');
  });
});

describe('a draft whose conversation is more than 14 days ago', () => {
  it('is not sent; the day is shown with what is wrong about it', async () => {
    const draft = { respondentContactId: '501', words: 'Call first.', happenedOn: '2026-10-20' };
    backend.answer('getCompany', managerView({ draft }));
    const card = await openCard();

    click(button(card, 'I asked. Save'));
    await card.waitFor(() => {
      expect(card.find(DateInput, { name: 'happenedOn' }).props.error).toBe(true);
    });

    const folds = card.findAll(Accordion).filter(({ props }) => props.open === true);
    expect(folds.map(({ props }) => props.title)).toEqual([
      'More to note (optional)',
      'What they liked · in confidence · date · how',
    ]);
    expect(card.find(DateInput, { name: 'happenedOn' }).props.validationMessage).toMatch(/last 14 days/);
    expect(saves()).toEqual([]);
  });
});

describe('a panel of the home page', () => {
  it('with a reply to decide stays while its row leaves the list', async () => {
    const waiting = {
      findingId: id(60),
      respondentName: 'Luis Ortega',
      askedOn: '2026-09-29',
      decideBy: '2026-11-19',
      companyId: '101',
      companyName: 'Acme Valves',
      repName: 'Tom Berg',
    };
    const manager = managerHome();
    backend.answer('getHome', homeView({ manager: { ...manager, repliesWaiting: [waiting] } }));
    const home = await openHome();
    click(button(home, 'Read'));
    backend.answer('getHome', homeView({ manager: { ...manager, repliesWaiting: [] } }));
    const panel = () => home.maybeFind(Panel, { id: `reply-${id(60)}` });

    home.find(Panel, { id: 'calls-of-today' }).trigger('onClose');
    await home.waitFor(() => {
      expect(backend.sent('getHome')).toHaveLength(2);
    });
    await new Promise(setImmediate);
    const open = panel();
    open?.trigger('onClose');
    await home.waitFor(() => {
      expect(panel()).toBeNull();
    });

    expect(open).not.toBeNull();
  });

  it('in which a rep may reply stays while its row leaves the list', async () => {
    const rep = {
      ...repHome(),
      waitingForReply: [
        { findingId: id(61), companyId: '101', companyName: 'Acme Valves', replyUntil: '2026-11-19' },
      ],
      gate: { ...repHome().gate, state: 'needsAcknowledgement' as const },
    };
    backend.answer('getHome', homeView({ rep }));
    backend.answer('acknowledge', { gate: rep.gate });
    const home = await openHome();
    click(button(home, 'Open'));
    backend.answer('getHome', homeView({ rep: { ...rep, waitingForReply: [] } }));

    click(button(home, 'I have read this'));
    await home.waitFor(() => {
      expect(backend.sent('getHome')).toHaveLength(2);
    });
    await new Promise(setImmediate);

    expect(home.maybeFind(Panel, { id: 'company-101' })).not.toBeNull();
  });
});

describe('the fields for texts', () => {
  it('stop at what the backend takes', async () => {
    const card = await openCard();
    const rep = await (async () => {
      backend.answer(
        'getCompany',
        repView({ feedback: [feedback()], findings: [finding({ canReply: true })] }),
      );
      return openCard();
    })();

    const limitOf = (name: string) => card.find(TextArea, { name }).props.maxLength;
    expect(['words', 'liked', 'inConfidence', 'coachingNote'].map(limitOf)).toEqual([
      LIMITS.words,
      LIMITS.liked,
      LIMITS.inConfidence,
      LIMITS.coachingNote,
    ]);
    expect(rep.find(TextArea, { name: 'sentence' }).props.maxLength).toBe(LIMITS.replySentence);
  });
});
