import {
  Alert,
  DescriptionListItem,
  ErrorState,
  Heading,
  Panel,
  Select,
  StatusTag,
  TableCell,
  TableHeader,
  TableRow,
  Text,
  TextArea,
  Tile,
  ToggleGroup,
} from '@hubspot/ui-extensions';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { fakeBackend, type FakeBackend } from './support/fake-backend.ts';
import { button, click, hasButton, linesOf, openCard, primaryButtons, textOf } from './support/surface.tsx';
import { replyOf } from '../../sandbox/gallery/states/saved-states.ts';
import {
  feedback,
  finding,
  gate,
  id,
  managerView,
  promise,
  repView,
  touch,
  viewerView,
} from '../../sandbox/gallery/views.ts';

let backend: FakeBackend;

beforeEach(() => {
  backend = fakeBackend();
});

const replyable = finding({
  canReply: true,
  nextStep: 'You can reply until Nov 19.',
  records: [
    { activityId: '7001', what: 'Call, Tom Berg', on: '2026-11-03', withWhom: 'Dana Ruiz' },
    { activityId: '7201', what: 'Email, Tom Berg', on: '2026-10-30', withWhom: null },
  ],
});

describe('the rep’s card', () => {
  it('shows the praise first, then what would help', async () => {
    backend.answer('getCompany', repView({ feedback: [feedback({ liked: 'Tom always calls back.' })] }));

    const card = await openCard();

    expect(card.find(StatusTag).text).toBe('New words · Nov 11');
    expect(card.findAll(Heading).map((heading) => heading.text)).toEqual([
      'What Dana liked',
      'What would help',
    ]);
    expect(linesOf(card)[0]).toBe('“Tom always calls back.”');
  });

  it('shows the whole where the praise was not marked, and no primary button when nothing waits', async () => {
    backend.answer('getCompany', repView());

    const card = await openCard();

    expect(card.find(Heading).text).toBe('Dana said');
    expect(primaryButtons(card)).toEqual([]);
  });

  it('waits calmly for the first words', async () => {
    backend.answer('getCompany', repView({ feedback: [] }));

    const card = await openCard();

    expect(card.find(StatusTag).text).toBe('No words yet');
  });

  it('offers the rep’s nearest promise to be marked as kept', async () => {
    const later = promise({ promiseId: id(8), what: 'Send the list', dueOn: '2026-12-20' });
    backend.answer('getCompany', repView({ promises: [later, promise()] }));
    backend.answer('settlePromise', { promise: promise({ state: 'kept' }) });
    const card = await openCard();

    expect(primaryButtons(card)).toEqual(['Mark promise kept: Visit the plant']);
    expect(hasButton(card, 'Not kept: Visit the plant')).toBe(true);
    expect(card.findAll(TableHeader).map(({ text }) => text)).toEqual(['What', 'By', 'State']);
    click(button(card, 'Mark promise kept: Visit the plant'));

    await card.waitFor(() => {
      expect(backend.calls.find((call) => call.name === 'settlePromise')?.params).toEqual({ id: id(2) });
    });
  });

  it('puts an overdue promise first, which can still be marked as kept, and no settled one', async () => {
    const late = promise({ promiseId: id(7), what: 'Call them back', dueOn: '2026-11-02', state: 'broken' });
    const given = promise({
      promiseId: id(8),
      dueOn: '2026-10-01',
      state: 'broken',
      settled: true,
      choices: [],
    });
    backend.answer('getCompany', repView({ promises: [given, promise(), late] }));

    const card = await openCard();

    const rows = card.findAll(TableRow).map((row) => row.findAll(TableCell).map(({ text }) => text));
    expect(rows.map(([what]) => what)).toEqual([undefined, 'Call them back', 'Visit the plant', given.what]);
    expect(rows[3]?.[2]).toBe('Not kept');
    expect(primaryButtons(card)).toEqual(['Mark promise kept: Call them back']);
  });

  it('shows a difference in a neutral tile with one primary Reply, and a credit before it', async () => {
    const credit = finding({ findingId: id(6), severity: 0, label: 'Customer remembers contact' });
    backend.answer('getCompany', repView({ findings: [replyable, credit], promises: [promise()] }));

    const card = await openCard();

    const labels = card.findAll(StatusTag).map((tag) => tag.text);
    expect(labels.slice(1)).toEqual(['Customer remembers contact', 'Two answers differ from the log']);
    expect(card.find(Tile).find(StatusTag).props.variant).toBe('default');
    expect(card.findAll(StatusTag).some((tag) => tag.props.variant === 'danger')).toBe(false);
    expect(primaryButtons(card).filter((label) => label !== 'Send reply')).toEqual(['Reply']);
  });

  it('dates each result, so that a credit of then and a difference of now stand apart', async () => {
    const credit = finding({
      findingId: id(6),
      severity: 0,
      label: 'Customer remembers contact',
      askedOn: '2026-08-12',
      respondentName: 'Luis Ortega',
    });
    backend.answer('getCompany', repView({ findings: [replyable, credit] }));

    const card = await openCard();

    const dated = linesOf(card).filter((line) => /^(Dana Ruiz|Luis Ortega) · /.test(line ?? ''));
    expect(dated).toEqual(['Luis Ortega · Aug 12', 'Dana Ruiz · Nov 12']);
  });

  it('sends a reply with the record that shows contact, and closes the panel', async () => {
    backend.answer('getCompany', repView({ findings: [replyable] }));
    backend.answer('replyToFinding', { finding: replyable });
    const card = await openCard();
    const panel = card.find(Panel, { title: 'Your reply' });

    panel.find(ToggleGroup).trigger('onChange', 'EVIDENCE' as never);
    card.find(Select, { name: 'record' }).trigger('onChange', '7001' as never);
    card.find(TextArea, { name: 'sentence' }).trigger('onInput', 'The visit is in the calendar.' as never);
    click(button(card, 'Send reply'));
    await card.waitFor(() => {
      expect(card.mocks.actions.closeOverlay.callCount).toBe(1);
    });

    expect(backend.sent('replyToFinding')).toEqual([
      expect.objectContaining({
        kind: 'EVIDENCE',
        activityId: '7001',
        sentence: 'The visit is in the calendar.',
      }),
    ]);
  });

  it('offers every record of the account, and one that is not listed, for which the log is read again', async () => {
    backend.answer('getCompany', repView({ findings: [replyable] }));
    backend.answer('replyToFinding', { finding: replyable });
    const card = await openCard();

    card.find(ToggleGroup).trigger('onChange', 'EVIDENCE' as never);
    const offered = card.find(Select, { name: 'record' }).props.options.map(({ label }) => label);
    card.find(Select, { name: 'record' }).trigger('onChange', 'notListed' as never);
    click(button(card, 'Send reply'));
    await card.waitFor(() => {
      expect(backend.sent('replyToFinding')).toHaveLength(1);
    });

    expect(offered).toEqual([
      'Call, Tom Berg · Nov 3 · Dana Ruiz',
      'Email, Tom Berg · Oct 30',
      'Another record: read the log again',
    ]);
    expect(backend.sent('replyToFinding')).toEqual([
      expect.objectContaining({ kind: 'EVIDENCE', activityId: null }),
    ]);
  });

  it('shows both sides’ facts in the same form, and the record that a reply points to', async () => {
    const reply = { ...replyOf('open'), kind: 'EVIDENCE' as const, label: 'I have a record', sentence: '' };
    const [, record = null] = replyable.records;
    backend.answer('getCompany', repView({ findings: [finding({ replies: [{ ...reply, record }] })] }));

    const card = await openCard();

    const labels = card.findAll(DescriptionListItem).map((item) => item.props.label);
    expect(labels).toEqual(expect.arrayContaining(['Most recent contact', 'Contacts in three months']));
    expect(linesOf(card)).toEqual(
      expect.arrayContaining([
        'By the log: In the last week (7 days before)',
        'By the customer: Never',
        'By the log: 1',
        'By the customer: 0',
      ]),
    );
    expect(linesOf(card)).toContain('Reply: I have a record · Email, Tom Berg · Oct 30');
  });

  it('names the auditor and the case where a reply was not accepted, and notes that the rep asks', async () => {
    const text = 'You can ask Vera Lund, the auditor, who finds this as case 0b5c.';
    const refused = finding({ replies: [replyOf('refused')], auditor: { text, canAsk: true } });
    const asked = { ...refused, auditor: { text: 'On Nov 5 you asked Vera Lund.', canAsk: false } };
    backend.answer('getCompany', repView({ findings: [refused] }));
    backend.answer('askAuditor', { finding: asked });
    const card = await openCard();
    backend.answer('getCompany', repView({ findings: [asked] }));

    expect(linesOf(card)).toContain(text);
    click(button(card, 'Ask the auditor'));

    await card.waitFor(() => {
      expect(linesOf(card)).toContain('On Nov 5 you asked Vera Lund.');
    });
    expect(backend.sent('askAuditor')).toHaveLength(1);
    expect(hasButton(card, 'Ask the auditor')).toBe(false);
  });

  it('says why the log is held back instead of calling it empty', async () => {
    const heldBack = finding({
      logSays: [],
      bothSides: [],
      logHeldBack: 'You have not asked this customer yet.',
    });
    backend.answer('getCompany', repView({ findings: [heldBack] }));

    const card = await openCard();

    expect(linesOf(card)).toContain('You have not asked this customer yet.');
    expect(linesOf(card)).not.toContain('No conversation in the log.');
  });

  it('names no auditor where a reply was accepted', async () => {
    backend.answer('getCompany', repView({ findings: [finding({ replies: [replyOf('accepted')] })] }));

    const card = await openCard();

    expect(linesOf(card).filter((line) => line?.includes('auditor'))).toEqual([]);
  });

  it('asks what happened instead of sending an empty reply', async () => {
    backend.answer('getCompany', repView({ findings: [replyable] }));
    const card = await openCard();

    click(button(card, 'Send reply'));
    await card.waitFor(() => {
      expect(card.find(ToggleGroup).props.validationMessage).toBe('Choose what happened.');
    });

    expect(backend.sent('replyToFinding')).toEqual([]);
  });

  it('asks for the record where the rep says there is one', async () => {
    backend.answer('getCompany', repView({ findings: [replyable] }));
    const card = await openCard();

    card.find(ToggleGroup).trigger('onChange', 'EVIDENCE' as never);
    click(button(card, 'Send reply'));
    await card.waitFor(() => {
      expect(card.find(Select, { name: 'record' }).props.error).toBe(true);
    });

    expect(backend.sent('replyToFinding')).toEqual([]);
  });

  it('shows the announcement until it is acknowledged, as the one thing to do', async () => {
    const waiting = gate({
      state: 'needsAcknowledgement',
      announcementText: 'Starting Nov 19, I will call.',
    });
    backend.answer('getCompany', repView({ gate: waiting, findings: [replyable], promises: [promise()] }));
    backend.answer('acknowledge', { gate: gate({ state: 'waiting', opensOn: '2026-11-26' }) });
    const card = await openCard();
    backend.answer('getCompany', repView({ gate: gate({ state: 'waiting', opensOn: '2026-11-26' }) }));

    expect(linesOf(card)).toContain('Starting Nov 19, I will call.');
    expect(primaryButtons(card).filter((label) => label !== 'Send reply')).toEqual(['I have read this']);
    click(button(card, 'I have read this'));

    await card.waitFor(() => {
      expect(linesOf(card)).toContain('From Thu, Nov 26 answers may be compared with the log.');
    });
  });
});

describe('the viewer’s card', () => {
  it('shows the last check-in and the open issues, and nothing to press', async () => {
    backend.answer('getCompany', viewerView());

    const card = await openCard();

    expect(card.find(StatusTag).text).toBe('Last check-in Nov 11');
    expect(card.find(Text).text).toBe('2 open issues');
    expect(primaryButtons(card)).toEqual([]);
  });

  it('says when there was none', async () => {
    backend.answer('getCompany', viewerView(null));

    const card = await openCard();

    expect(card.find(StatusTag).text).toBe('No check-in yet');
  });
});

describe('a finding that weighs more than when its rep replied', () => {
  const replied = { ...replyable, replies: [replyOf('noted')] };
  const feedbackSeen = [feedback({ isNew: false })];

  it('asks for a reply again on the card, and says why', async () => {
    backend.answer('getCompany', repView({ findings: [replied], askedAnew: [replied.findingId] }));

    const card = await openCard();

    expect(button(card, 'Reply').props.variant).toBe('primary');
    expect(linesOf(card)).toContain('This looks different from when you replied. You can reply again.');
  });

  it('asks for none while it weighs what it did', async () => {
    backend.answer('getCompany', repView({ findings: [replied] }));

    const card = await openCard();

    expect(button(card, 'Reply').props.variant).toBe('secondary');
    expect(textOf(card)).not.toContain('This looks different');
  });

  it('is told of in the sidebar again', async () => {
    const anew = { findings: [replied], askedAnew: [replied.findingId], feedback: feedbackSeen };
    backend.answer('getCompany', repView(anew));

    const card = await openCard('crm.record.sidebar');

    expect(linesOf(card)).toContain('You can reply until Nov 19');
  });
});

describe('the sidebar card', () => {
  it('shows the manager one line and opens the same form in a panel', async () => {
    backend.answer('getCompany', managerView());

    const card = await openCard('crm.record.sidebar');

    expect(linesOf(card)[0]).toBe('Ask Dana Ruiz');
    expect(hasButton(card, 'Start check-in')).toBe(true);
    expect(card.find(Panel).find(TextArea, { name: 'words' }).props.label).toBe('In Dana’s words');
  });

  it.each([
    ['the manager', managerView()],
    ['the rep', repView({ findings: [replyable] })],
  ])('leaves the one primary button of the record to the tab: %s', async (_who, view) => {
    backend.answer('getCompany', view);

    const card = await openCard('crm.record.sidebar');

    const opener = button(card, view.role === 'rep' ? 'Read' : 'Start check-in');
    expect(opener.props.variant).toBe('secondary');
  });

  it('names a missing answer', async () => {
    backend.answer('getCompany', managerView({ state: 'answerMissing', touch: touch({ state: 'done' }) }));

    const card = await openCard('crm.record.sidebar');

    expect(linesOf(card)[0]).toBe('The task is done, the answer is missing.');
  });

  it('tells the rep that words are waiting', async () => {
    backend.answer('getCompany', repView());

    const card = await openCard('crm.record.sidebar');

    expect(linesOf(card)[0]).toBe('Dana left you words');
    expect(hasButton(card, 'Read')).toBe(true);
  });

  it('tells the rep until when a difference waits for a reply, and no more once they have replied', async () => {
    const read = [feedback({ isNew: false })];
    backend.answer('getCompany', repView({ feedback: read, findings: [replyable] }));
    const waiting = await openCard('crm.record.sidebar');
    const replied = { ...replyable, replies: [replyOf('open')] };
    backend.answer('getCompany', repView({ feedback: read, findings: [replied] }));

    const answered = await openCard('crm.record.sidebar');

    expect(linesOf(waiting)[0]).toBe('You can reply until Nov 19');
    expect(textOf(answered).split('Panel')[0]).not.toContain('You can reply');
  });

  it('has no button for a viewer', async () => {
    backend.answer('getCompany', viewerView());

    const card = await openCard('crm.record.sidebar');

    expect(card.find(StatusTag).text).toBe('Last check-in Nov 11');
    expect(primaryButtons(card)).toEqual([]);
  });
});

describe('a card that cannot be loaded', () => {
  const disconnected = { status: 409, body: { code: 'not_installed', message: 'Reconnect.' } };

  it('sends a reader without rights to the admin, without a button', async () => {
    backend.react('getCompany', () => disconnected);

    const card = await openCard();

    expect(linesOf(card)).toEqual(['Ask your HubSpot admin to reconnect. Nothing that was said is lost.']);
    expect(hasButton(card, 'Reconnect')).toBe(false);
  });

  it('shows those who may connect apps the way back', async () => {
    backend.react('getCompany', () => disconnected);

    const card = await openCard('crm.record.tab', true);

    expect(button(card, 'Reconnect').props.href).toMatchObject({
      url: 'https://checkin.example.com/oauth/install',
    });
  });

  it('says one quiet line where the company is none of the program’s', async () => {
    backend.react('getCompany', () => ({
      status: 404,
      body: { code: 'not_found', message: 'Nothing here.' },
    }));

    const card = await openCard();

    expect(linesOf(card)).toEqual(['No check-ins here: this company is not in the program.']);
    expect(hasButton(card, 'Try again')).toBe(false);
  });

  it.each<[string, 'rejects' | { status: number; body: unknown }]>([
    ['nothing comes back', 'rejects'],
    ['the backend fails', { status: 500, body: { code: 'internal', message: 'Something went wrong.' } }],
  ])('loads on the second try after: %s', async (_why, reaction) => {
    backend.react('getCompany', () => reaction);
    const card = await openCard();
    expect(card.find(ErrorState).props.title).toBe('This could not be loaded');
    backend.answer('getCompany', viewerView());

    click(button(card, 'Try again'));

    await card.waitFor(() => {
      expect(card.find(StatusTag).text).toBe('Last check-in Nov 11');
    });
    expect(card.maybeFind(Alert)).toBeNull();
  });
});
