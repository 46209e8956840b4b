import {
  Accordion,
  Alert,
  Dropdown,
  Heading,
  Input,
  Link,
  LoadingSpinner,
  Select,
  StatusTag,
  Tag,
  TextArea,
} from '@hubspot/ui-extensions';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { fakeBackend, type FakeBackend } from './support/fake-backend.ts';
import { button, click, hasButton, linesOf, openCard, primaryButtons, textOf } from './support/surface.tsx';
import { replyOf } from '../../sandbox/gallery/states/saved-states.ts';
import { finding, id, luis, managerView, promise, savedCheckIn, touch } from '../../sandbox/gallery/views.ts';

let backend: FakeBackend;

beforeEach(() => {
  backend = fakeBackend();
  backend.answer('getCompany', managerView());
  backend.answer('recordCheckIn', { saved: savedCheckIn(), listening: null });
  backend.answer('getFinding', { finding: finding() });
});

type Card = Awaited<ReturnType<typeof openCard>>;
const write = (card: Card, words: string): void => {
  card.find(TextArea, { name: 'words' }).trigger('onInput', words as never);
};
const accordion = (card: Card, title: string) => card.find(Accordion, { title });

describe('the manager’s card while a check-in is due', () => {
  it('shows when it is due, whom to ask, the number, the greeting and the question word for word', async () => {
    const card = await openCard();

    expect(card.find(StatusTag).text).toBe('Due Thu, Nov 12');
    expect(card.findAll(Heading).map((heading) => heading.text)).toEqual([
      'Ask Dana Ruiz',
      'What can we do to provide you with better service?',
    ]);
    expect(linesOf(card)).toContain('Plant buyer · Spoke with you in June');
    expect(textOf(card)).toContain('tel:+13125550100');
    expect(card.find(TextArea, { name: 'words' }).props.label).toBe('In Dana’s words');
  });

  it.each([
    [true, ['First manager call']],
    [false, []],
  ])('says whether the reader asks here for the first time: %s', async (firstManagerCall, tags) => {
    backend.answer('getCompany', managerView({ firstManagerCall }));

    const card = await openCard();

    expect(card.findAll(Tag).map(({ text }) => text)).toEqual(tags);
  });

  it('has one primary button and never shows the log', async () => {
    const card = await openCard();

    expect(primaryButtons(card)).toEqual(['I asked. Save']);
    expect(backend.sent('getFinding')).toEqual([]);
  });

  it('keeps the two questions closed until the customer’s words are written', async () => {
    const card = await openCard();

    const before = accordion(card, 'If they have a minute').props.disabled;
    write(card, 'Deliver before noon.');
    const after = accordion(card, 'If they have a minute').props.disabled;

    expect([before, after]).toEqual([true, false]);
  });

  it('saves the words, whom they are from, and the two answers, and then shows what happens next', async () => {
    const card = await openCard();

    write(card, 'You would have to get a salesperson to call on me.');
    card.find(Select, { name: 'recency' }).trigger('onChange', 'NEVER' as never);
    card.find(Select, { name: 'count' }).trigger('onChange', '0' as never);
    click(button(card, 'I asked. Save'));

    await card.waitFor(() => {
      expect(card.find(Alert).props.title).toBe('Saved');
    });
    expect(backend.sent('recordCheckIn')).toEqual([
      expect.objectContaining({
        companyId: '101',
        respondent: { contactId: '501', name: 'Dana Ruiz' },
        asked: true,
        words: 'You would have to get a salesperson to call on me.',
        happenedOn: '2026-11-12',
        channel: 'phone',
        recall: { recency: 'NEVER', count: '0' },
      }),
    ]);
    expect(card.find(Alert).text).toContain('Tom gets these words at');
  });

  it('sends no recall answers when the two questions were not asked', async () => {
    const card = await openCard();

    write(card, 'Deliver before noon.');
    click(button(card, 'I asked. Save'));
    await card.waitFor(() => {
      expect(backend.sent('recordCheckIn')).toHaveLength(1);
    });

    expect(backend.sent('recordCheckIn')[0]).toMatchObject({ recall: null });
  });

  it('asks for the words instead of saving without them, and offers the second wording', async () => {
    const card = await openCard();

    click(button(card, 'I asked. Save'));
    await card.waitFor(() => {
      expect(card.find(TextArea, { name: 'words' }).props.error).toBe(true);
    });

    expect(linesOf(card)).toContain('What would make working with us easier?');
    expect(backend.sent('recordCheckIn')).toEqual([]);
  });

  it.each(['don’t know', "I don't know.", 'I do not know'])(
    'offers the second wording after "%s"',
    async (words) => {
      const card = await openCard();

      write(card, words);

      expect(linesOf(card)).toContain('What would make working with us easier?');
    },
  );

  it('hides the second wording while a real answer is being written', async () => {
    const card = await openCard();

    write(card, 'Faster invoices.');

    expect(linesOf(card)).not.toContain('What would make working with us easier?');
  });

  it('takes an answer from somebody who is not a contact', async () => {
    const card = await openCard();

    click(button(card, 'Someone else'));
    card.find(Select, { name: 'respondent' }).trigger('onChange', 'typed' as never);
    card.find(Input, { name: 'respondentName' }).trigger('onInput', 'Rosa Klein' as never);
    write(card, 'All fine.');
    click(button(card, 'I asked. Save'));
    await card.waitFor(() => {
      expect(backend.sent('recordCheckIn')).toHaveLength(1);
    });

    expect(backend.sent('recordCheckIn')[0]).toMatchObject({
      respondent: { contactId: null, name: 'Rosa Klein' },
    });
  });

  it('opens with the author’s draft and its submission id', async () => {
    const draft = {
      submissionId: id(77),
      respondentContactId: '502',
      words: 'Half a sentence',
      channel: 'video' as const,
    };
    backend.answer('getCompany', managerView({ draft }));
    const card = await openCard();

    click(button(card, 'I asked. Save'));
    await card.waitFor(() => {
      expect(backend.sent('recordCheckIn')).toHaveLength(1);
    });

    expect(backend.sent('recordCheckIn')[0]).toMatchObject({
      submissionId: id(77),
      respondent: { contactId: '502' },
      words: 'Half a sentence',
      channel: 'video',
    });
  });

  it('says so and hides the two questions while only listening', async () => {
    backend.answer(
      'getCompany',
      managerView({
        listening: 'programListens',
        listeningText: 'Listening only. Tom sees what customers say.',
        recallItems: null,
      }),
    );

    const card = await openCard();

    expect(linesOf(card)).toContain('Listening only. Tom sees what customers say.');
    expect(card.maybeFind(Accordion, { title: 'If they have a minute' })).toBeNull();
  });

  it('folds open promises and the last answer away, with the count in the title', async () => {
    backend.answer(
      'getCompany',
      managerView({
        openPromises: [promise()],
        lastAnswer: {
          checkInId: id(9),
          respondentName: 'Dana Ruiz',
          words: 'Earlier deliveries.',
          happenedOn: '2026-06-11',
          callerName: 'Ana Lopez',
          issueTitle: 'Delivery times',
          issueState: 'closed',
        },
      }),
    );

    const card = await openCard();

    expect(accordion(card, 'Open promises and last answer (1)')).toBeDefined();
    expect(linesOf(card)).toContain('Issue: Delivery times (closed). Ask if it helped.');
  });
});

describe('the manager’s card when a save fails', () => {
  it.each<[string, () => void]>([
    ['the call breaks', () => backend.react('recordCheckIn', () => 'rejects')],
    [
      'the backend is down',
      () =>
        backend.react('recordCheckIn', () => ({
          status: 503,
          body: { code: 'unavailable', message: 'Back soon.' },
        })),
    ],
    [
      'a proxy wraps the refusal in a good status',
      () =>
        backend.react('recordCheckIn', () => ({
          body: {
            status: 'error',
            category: 'BAD_GATEWAY',
            context: { appServerStatusCode: ['503'] },
            responseBody: JSON.stringify({ code: 'unavailable', message: 'Back soon.' }),
          },
        })),
    ],
    ['the reply is no JSON', () => backend.react('recordCheckIn', () => ({ body: 'oops' }))],
  ])('keeps the words and sends the same id again: %s', async (_why, breakIt) => {
    breakIt();
    const card = await openCard();
    write(card, 'Deliver before noon.');

    click(button(card, 'I asked. Save'));
    await card.waitFor(() => {
      expect(card.find(Alert).props.title).toBe('Not saved yet');
    });
    const kept = card.find(TextArea, { name: 'words' }).props.value;
    backend.answer('recordCheckIn', { saved: savedCheckIn(), listening: null });
    click(button(card, 'I asked. Save'));
    await card.waitFor(() => {
      expect(card.find(Alert).props.title).toBe('Saved');
    });

    const [first, second] = backend.sent('recordCheckIn') as { submissionId: string }[];
    expect(kept).toBe('Deliver before noon.');
    expect(second?.submissionId).toBe(first?.submissionId);
  });
});

describe('the manager’s card just after a save', () => {
  const saved = async (): Promise<Card> => {
    backend.answer('getCompany', managerView({ state: 'done', saved: savedCheckIn() }));
    return openCard();
  };

  it('reveals the log only now, with a neutral label, the reason and how it was compared', async () => {
    const card = await saved();

    await card.waitFor(() => {
      expect(card.findAll(StatusTag).map((tag) => tag.text)).toContain('Two answers differ from the log');
    });

    expect(card.find(StatusTag).props.variant).toBe('default');
    expect(linesOf(card)).toContain('Six conversations are logged and none is remembered.');
    expect(linesOf(card)).toContain('Call, Tom Berg · Nov 3 · Dana Ruiz · Logged');
    expect(linesOf(card)).toContain('Tom sees this first and can reply until Nov 19. Nothing to do now.');
  });

  it('asks again until the log is read', async () => {
    let asked = 0;
    backend.react('getFinding', () => {
      asked += 1;
      return { body: { finding: finding(asked === 1 ? { state: 'pending' } : {}) } };
    });
    const card = await saved();
    expect(card.find(LoadingSpinner).props.label).toBe('Reading the log');

    await card.waitFor(
      () => {
        expect(card.maybeFind(LoadingSpinner)).toBeNull();
      },
      { timeoutInMs: 5_000 },
    );

    expect(asked).toBe(2);
  });

  it('says why the log could not be read, without turning a wheel beside it', async () => {
    backend.react('getFinding', () => ({
      status: 503,
      body: { code: 'unavailable', message: 'We are busy.', requestId: 'r-1' },
    }));

    const card = await saved();
    await card.waitFor(() => {
      expect(linesOf(card)).toContain('We are busy.');
    });

    expect(card.findAll(LoadingSpinner)).toEqual([]);
    expect(hasButton(card, 'Try again')).toBe(true);
  });

  it('adds one issue with one dated promise', async () => {
    backend.answer('openIssue', { issueId: id(30), promise: promise() });
    const card = await saved();

    card.find(Input, { name: 'issue' }).trigger('onInput', 'Visit requested' as never);
    card.find(Input, { name: 'promise' }).trigger('onInput', 'Visit by Nov 26' as never);
    click(button(card, 'Add promise'));
    await card.waitFor(() => {
      expect(linesOf(card)).toContain('Issue opened: Visit requested');
    });

    expect(backend.sent('openIssue')).toEqual([
      expect.objectContaining({
        companyId: '101',
        checkInId: id(3),
        title: 'Visit requested',
        promise: { what: 'Visit by Nov 26', ownerId: null, dueOn: '2026-11-19' },
      }),
    ]);
    expect(hasButton(card, 'Add promise')).toBe(false);
  });

  it('takes another promise after the first', async () => {
    const card = await saved();

    for (const [index, what] of ['Visit by Nov 26', 'Send the list'].entries()) {
      backend.answer('openIssue', { issueId: id(30), promise: promise({ promiseId: id(31 + index), what }) });
      card.find(Input, { name: 'promise' }).trigger('onInput', what as never);
      click(button(card, 'Add promise'));
      await card.waitFor(() => {
        expect(linesOf(card)).toContain(`Promised: ${what} · Ana Lopez · by Nov 26`);
      });
      click(button(card, 'Add another promise'));
    }

    const titles = backend.sent('openIssue').map((sent) => (sent as { title: string }).title);
    expect(titles).toEqual(['Visit by Nov 26', 'Send the list']);
  });

  it('undoes, and opens the form with the words again', async () => {
    backend.answer('undoCheckIn', {
      undone: true,
      draft: { submissionId: id(88), respondentContactId: '501', words: 'Deliver before noon.' },
    });
    const card = await saved();
    backend.answer('getCompany', managerView());

    click(button(card, 'Undo'));
    await card.waitFor(() => {
      expect(hasButton(card, 'I asked. Save')).toBe(true);
    });

    expect(card.find(TextArea, { name: 'words' }).props.value).toBe('Deliver before noon.');
  });

  it('does not call a failed undo unsaved, since the answer is', async () => {
    backend.react('undoCheckIn', () => ({ status: 503, body: { code: 'unavailable', message: 'Busy.' } }));
    const card = await saved();

    click(button(card, 'Undo'));
    await card.waitFor(() => {
      expect(card.findAll(Alert).map(({ props }) => props.title)).toContain('Not undone yet');
    });

    expect(hasButton(card, 'Undo')).toBe(true);
  });

  it('lets the manager answer the rep’s reply', async () => {
    const reply = {
      replyId: id(40),
      kind: 'EVIDENCE' as const,
      label: 'I have a record',
      sentence: 'The visit is in the calendar.',
      repliedAt: '2026-11-13T10:00:00.000Z',
      state: 'open' as const,
      decisionReason: null,
    };
    backend.answer('getFinding', { finding: finding({ replies: [reply], canDecide: true }) });
    backend.answer('decideFinding', {
      finding: finding({ verdict: 'EXPLAINED', severity: 0, label: 'Explained', canDecide: false }),
      added: null,
    });
    const card = await saved();
    await card.waitFor(() => {
      expect(linesOf(card)).toContain('Reply: I have a record · The visit is in the calendar.');
    });

    click(button(card, 'Accept the reply'));
    await card.waitFor(() => {
      expect(card.find(StatusTag).text).toBe('Explained');
    });

    expect(backend.sent('decideFinding')).toEqual([
      expect.objectContaining({ replyIds: [reply.replyId], accept: true }),
    ]);
  });

  it('says that the rep added a reply meanwhile, shows it, and takes a reason of its own for it', async () => {
    const first = replyOf('open');
    const later = { ...first, replyId: id(41), sentence: 'I left a message, too.' };
    const added = 'Tom added something while you were reading.';
    backend.answer('getFinding', { finding: finding({ replies: [first], canDecide: true }) });
    const card = await saved();
    await card.waitFor(() => {
      expect(hasButton(card, 'Not accepted')).toBe(true);
    });
    const both = finding({ replies: [{ ...first, state: 'refused' }, later], canDecide: true });
    backend.answer('decideFinding', { finding: both, added });
    backend.answer('getFinding', { finding: both });

    card.find(Input, { name: 'decisionReason' }).trigger('onInput', 'Uma was away.' as never);
    click(button(card, 'Not accepted'));
    await card.waitFor(() => {
      expect(card.findAll(Alert).map(({ props }) => props.title)).toContain(added);
    });

    expect(textOf(card)).toContain('I left a message, too.');
    expect(card.find(Input, { name: 'decisionReason' }).props.value).toBe('');
    click(button(card, 'Accept the reply'));
    await card.waitFor(() => {
      expect(backend.sent('decideFinding')).toHaveLength(2);
    });
    const named = backend.sent('decideFinding').map((sent) => (sent as { replyIds: string[] }).replyIds);
    expect(named).toEqual([[first.replyId], [first.replyId, later.replyId]]);
  });

  it('reads the replies again where what was on the page is decided already', async () => {
    const first = replyOf('open');
    backend.answer('getFinding', { finding: finding({ replies: [first], canDecide: true }) });
    const card = await saved();
    await card.waitFor(() => {
      expect(hasButton(card, 'Accept the reply')).toBe(true);
    });
    const body = { code: 'conflict', message: 'There is no open reply to decide.' };
    backend.react('decideFinding', () => ({ status: 409, body }));
    const decided = { ...first, state: 'accepted' as const };
    backend.answer('getFinding', { finding: finding({ replies: [decided], canDecide: false }) });

    click(button(card, 'Accept the reply'));

    await card.waitFor(() => {
      expect(hasButton(card, 'Accept the reply')).toBe(false);
      expect(linesOf(card)).toContain('Accepted.');
    });
  });
});

describe('the manager’s card in its other states', () => {
  it('sends a try that did not get through again at one press, with its id, and loses no words', async () => {
    backend.react('recordAttempt', () => 'rejects');
    const card = await openCard();
    card.find(TextArea, { name: 'words' }).trigger('onInput', 'Call first.' as never);

    card.find(Dropdown.ButtonItem, (item) => item.text === 'Left message').trigger('onClick');
    await card.waitFor(() => {
      expect(hasButton(card, 'Try again: Left message')).toBe(true);
    });
    backend.answer('recordAttempt', { touch: touch({ attempts: 1 }), message: 'Noted.' });
    const kept = card.find(TextArea, { name: 'words' }).props.value;
    click(button(card, 'Try again: Left message'));
    await card.waitFor(() => {
      expect(hasButton(card, 'Try again: Left message')).toBe(false);
    });

    const [first, second] = backend.sent('recordAttempt');
    expect(kept).toBe('Call first.');
    expect(first).toMatchObject({ outcome: 'leftMessage' });
    expect(second).toEqual(first);
  });

  it('names whom to try next, with the number', async () => {
    backend.answer('getCompany', managerView({ state: 'attempted', touch: touch({ attempts: 1 }) }));

    const card = await openCard();

    expect(linesOf(card)).toContain('Ask Dana Ruiz');
    expect(card.find(Link).props.href).toBe('tel:+13125550100');
  });

  it('records a try that reached nobody', async () => {
    backend.answer('recordAttempt', { touch: touch({ attempts: 1 }), message: 'Noted.' });
    const card = await openCard();
    backend.answer(
      'getCompany',
      managerView({
        state: 'attempted',
        touch: touch({
          attempts: 1,
          nextTryOn: '2026-11-17',
          nextTryHalf: 'morning',
          suggestOtherContact: true,
        }),
      }),
    );

    card.find(Dropdown.ButtonItem, (item) => item.text === 'No answer').trigger('onClick');
    await card.waitFor(() => {
      expect(card.find(StatusTag).text).toBe('Tried once · next try Tue morning');
    });

    expect(backend.sent('recordAttempt')).toEqual([
      expect.objectContaining({ outcome: 'noAnswer', contactId: '501' }),
    ]);
    expect(primaryButtons(card)).toEqual(['Write down the answer']);
    click(button(card, 'Try Luis instead'));
    await card.waitFor(() => {
      expect(hasButton(card, 'I asked. Save')).toBe(true);
    });
    expect(card.find(TextArea, { name: 'words' }).props.label).toBe(
      `In ${luis.name.split(' ')[0] ?? ''}’s words`,
    );
  });

  it('skips only with a reason', async () => {
    backend.answer('skipTouch', { touch: touch({ state: 'canceled' }), message: 'Skipped.' });
    const card = await openCard();

    card.find(Dropdown.ButtonItem, (item) => item.text === 'Skip with a reason').trigger('onClick');
    const disabledAtFirst = button(card, 'Skip this time').props.disabled;
    card.find(Input, { name: 'skipReason' }).trigger('onInput', 'On holiday' as never);
    click(button(card, 'Skip this time'));
    await card.waitFor(() => {
      expect(backend.sent('skipTouch')).toHaveLength(1);
    });

    expect(disabledAtFirst).toBe(true);
    expect(backend.sent('skipTouch')).toEqual([expect.objectContaining({ reason: 'On holiday' })]);
  });

  it('asks once for a missing answer, and can reopen the task', async () => {
    backend.answer('getCompany', managerView({ state: 'answerMissing', touch: touch({ state: 'done' }) }));
    backend.answer('reopenTouch', { touch: touch(), message: 'Open again.' });
    const card = await openCard();

    expect(card.find(Alert).props.title).toBe('The task is done, the answer is missing.');
    expect(primaryButtons(card)).toEqual(['Write it down']);
    click(button(card, 'Didn’t talk: reopen'));

    await card.waitFor(() => {
      expect(backend.sent('reopenTouch')).toHaveLength(1);
    });
  });

  it('shows a done check-in with its words, promises, the next action and earlier answers', async () => {
    const earlier = {
      checkInId: id(50),
      respondentName: 'Luis Ortega',
      words: 'All fine.',
      happenedOn: '2026-08-11',
      callerName: 'Ana Lopez',
    };
    backend.answer(
      'getCompany',
      managerView({
        state: 'done',
        saved: savedCheckIn({ undoUntil: null, released: true }),
        openPromises: [promise()],
        earlierAnswers: [earlier],
        nextDueOn: '2027-02-03',
      }),
    );
    backend.answer('settlePromise', { promise: promise({ state: 'kept' }) });
    const card = await openCard();

    expect(card.find(StatusTag).text).toBe('Done Nov 12 · next in February');
    expect(primaryButtons(card)).toEqual(['Mark kept: Visit the plant']);
    expect(hasButton(card, 'Earlier answers (1)')).toBe(true);
    expect(linesOf(card)).toContain('“All fine.”');
    click(button(card, 'Mark kept: Visit the plant'));
    await card.waitFor(() => {
      expect(backend.sent('settlePromise')).toEqual([expect.objectContaining({ outcome: 'kept' })]);
    });
  });

  it('opens the form for another conversation with a new id', async () => {
    backend.answer('getCompany', managerView({ state: 'done', saved: savedCheckIn({ undoUntil: null }) }));
    const card = await openCard();

    click(button(card, 'Record another conversation'));

    await card.waitFor(() => {
      expect(primaryButtons(card)).toEqual(['I asked. Save']);
    });
  });

  it('says that a company is not in the program', async () => {
    backend.answer('getCompany', managerView({ state: 'notInProgram', touch: null }));

    const card = await openCard();

    expect(linesOf(card)).toContain('This company is not in the program this quarter.');
    expect(primaryButtons(card)).toEqual([]);
  });

  it('says that the program has not started', async () => {
    backend.answer('getCompany', managerView({ state: 'programNotStarted', touch: null }));

    const card = await openCard();

    expect(linesOf(card)).toContain(
      'Check-ins have not started yet. An admin starts them in the app’s settings.',
    );
  });
});
