import { Button, Heading, TableCell, TableRow, Text } from '@hubspot/ui-extensions';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  finding,
  homeView,
  id,
  managerHome,
  managerView,
  promise,
  repHome,
  repView,
  savedCheckIn,
} from '../../sandbox/gallery/views.ts';
import { fakeBackend, type FakeBackend } from './support/fake-backend.ts';
import { openHome } from './support/home.tsx';
import {
  button,
  click,
  hasButton,
  linesOf,
  openCard,
  primaryButtons,
  textOf,
  type CardRenderer,
} from './support/surface.tsx';

let backend: FakeBackend;

beforeEach(() => {
  backend = fakeBackend();
  backend.answer('getFinding', { finding: finding() });
});

type Surface = Pick<CardRenderer, 'find' | 'findAll' | 'getRootNode' | 'waitFor'>;

const visit = promise();
const list = promise({ promiseId: id(8), what: 'Send the list', dueOn: '2026-12-20' });
const notKept = promise({
  promiseId: id(7),
  what: 'Call them back',
  dueOn: '2026-11-02',
  state: 'broken',
  settled: true,
  settledOn: '2026-11-05',
  choices: ['kept', 'closeIssue', 'open'],
});
const kept = promise({
  promiseId: id(9),
  what: 'Credit the invoice',
  state: 'kept',
  settled: true,
  settledOn: '2026-11-10',
  choices: ['open'],
});
const saved = savedCheckIn({ undoUntil: null, findingId: null });
const done = { state: 'done' as const, saved };

/** What each promise's row says first, where it stands, and whether it can be changed there. */
const rowsOf = (surface: Surface) =>
  surface
    .findAll(TableRow)
    .slice(1)
    .map((row) => {
      const cells = row.findAll(TableCell);
      const state = cells.at(-1);
      const change = row.findAll(Button).map(({ text }) => text);
      return { what: cells[0]?.text, state: state?.text ?? state?.find(Text).text, change };
    });

function choose(surface: Surface, what: string): void {
  const row = surface.findAll(TableRow).find((one) => one.findAll(TableCell)[0]?.text === what);
  if (row === undefined) throw new Error(`no promise "${what}"`);
  row.find(Button, (item) => item.text === 'Change').trigger('onClick');
}

const sentOf = () => backend.calls.filter(({ name }) => name === 'settlePromise');

describe('each promise', () => {
  it('is settled where it stands: the nearest by its button, the others in their rows', async () => {
    backend.answer('getCompany', managerView({ ...done, openPromises: [visit, list] }));
    backend.answer('settlePromise', { promise: { ...list, state: 'kept', settled: true } });
    const card = await openCard();

    const rows = rowsOf(card);
    const primaries = primaryButtons(card);
    choose(card, 'Send the list');
    click(button(card, 'Not kept: Send the list'));
    await card.waitFor(() => {
      expect(sentOf()).toHaveLength(1);
    });

    expect(rows).toMatchObject([
      { what: 'Visit the plant', change: [] },
      { what: 'Send the list', change: ['Change'] },
    ]);
    expect(primaries).toEqual(['Mark kept: Visit the plant']);
    expect(primaryButtons(card)).toEqual(['Mark kept: Send the list']);
    expect(sentOf()).toMatchObject([{ params: { id: list.promiseId }, request: { outcome: 'broken' } }]);
  });

  it('stands under one heading with its button, above the thanks', async () => {
    backend.answer('getCompany', managerView({ ...done, openPromises: [visit] }));

    const card = await openCard();

    expect(card.findAll(Heading).map(({ text }) => text)).toContain('Promises');
    expect(card.findAll(Heading).filter(({ text }) => text === 'Promises')).toHaveLength(1);
  });

  it('is sent under an id of its own after another one failed', async () => {
    const third = promise({ promiseId: id(6), what: 'Write to them', dueOn: '2026-12-21' });
    backend.answer('getCompany', managerView({ ...done, openPromises: [visit, list, third] }));
    backend.react('settlePromise', () => 'rejects');
    const card = await openCard();

    choose(card, 'Send the list');
    click(button(card, 'Mark kept: Send the list'));
    await card.waitFor(() => {
      expect(textOf(card)).toContain('No answer came back.');
    });
    click(button(card, 'Mark kept: Send the list'));
    await card.waitFor(() => {
      expect(sentOf()).toHaveLength(2);
      expect(textOf(card)).toContain('No answer came back.');
    });
    choose(card, 'Write to them');
    click(button(card, 'Mark kept: Write to them'));
    await card.waitFor(() => {
      expect(sentOf()).toHaveLength(3);
    });

    const [first, again, other] = backend.sent('settlePromise') as { submissionId: string }[];
    expect(again?.submissionId).toBe(first?.submissionId);
    expect(other?.submissionId).not.toBe(first?.submissionId);
  });
});

describe('a promise that was not kept', () => {
  it('stays on the card behind the open ones, and can be kept, closed with its issue, or opened again', async () => {
    backend.answer('getCompany', managerView({ ...done, openPromises: [notKept, visit] }));

    const card = await openCard();

    expect(rowsOf(card)).toMatchObject([
      { what: 'Visit the plant' },
      { what: 'Call them back', state: 'Not kept', change: ['Change'] },
    ]);
    choose(card, 'Call them back');
    const labels = ['Mark kept', 'Close the issue without it', 'Mark open again'];
    await card.waitFor(() => {
      expect(labels.every((label) => hasButton(card, `${label}: Call them back`))).toBe(true);
    });
    expect(primaryButtons(card)).toEqual([]);
  });

  it('takes the place of the one thing to do from no button', async () => {
    backend.answer('getCompany', managerView({ ...done, openPromises: [notKept] }));

    const card = await openCard();

    expect(primaryButtons(card)).toEqual(['Record another conversation']);
  });

  it('says so in the call’s fold, where it still counts', async () => {
    backend.answer('getCompany', managerView({ openPromises: [notKept] }));

    const card = await openCard();

    expect(linesOf(card)).toContain('Call them back · Ana Lopez · Nov 2 · Not kept');
  });
});

describe('a promise that was kept', () => {
  it('says when, on the rep’s card and the manager’s, and can be opened again', async () => {
    backend.answer('getCompany', repView({ promises: [kept] }));
    const rep = await openCard();
    backend.answer('getCompany', managerView({ ...done, openPromises: [], settledPromises: [kept] }));
    const manager = await openCard();

    const row = { what: 'Credit the invoice', state: 'Kept on Nov 10', change: ['Change'] };
    expect(rowsOf(rep)).toEqual([row]);
    expect(rowsOf(manager)).toEqual([row]);
    choose(rep, 'Credit the invoice');
    await rep.waitFor(() => {
      expect(hasButton(rep, 'Mark open again: Credit the invoice')).toBe(true);
    });
  });

  it('leaves the home page with a way back', async () => {
    const view = (promisesDue: (typeof visit)[]) =>
      homeView({ manager: { ...managerHome(), promisesDue, promiseCounts: { due: 0, open: 0 } } });
    backend.answer('getHome', view([visit]));
    backend.answer('settlePromise', {
      promise: { ...visit, state: 'kept', settled: true, settledOn: '2026-11-12', choices: ['open'] },
    });
    const home = await openHome();
    backend.answer('getHome', view([]));

    click(button(home, 'Mark kept: Visit the plant'));
    await home.waitFor(() => {
      expect(linesOf(home)).toContain('Marked as kept: Visit the plant');
    });
    backend.answer('settlePromise', { promise: visit });
    backend.answer('getHome', view([visit]));
    click(button(home, 'Mark open again'));
    await home.waitFor(() => {
      expect(hasButton(home, 'Mark kept: Visit the plant')).toBe(true);
    });

    expect(backend.sent('settlePromise')).toMatchObject([{ outcome: 'kept' }, { outcome: 'open' }]);
    expect(textOf(home)).not.toContain('Marked as kept');
  });
});

describe('the home page of a manager who is a rep, too', () => {
  it('lists the promises once', async () => {
    backend.answer(
      'getHome',
      homeView({
        manager: { ...managerHome(), promisesDue: [visit] },
        rep: { ...repHome(), promises: [visit] },
      }),
    );

    const home = await openHome();

    expect(linesOf(home).filter((line) => line === 'Visit the plant')).toHaveLength(1);
    expect(home.findAll(Heading).map(({ text }) => text)).not.toContain('Your promises');
  });
});

describe('what was noted beside the words', () => {
  it('stands under them once they are saved, and among the earlier answers', async () => {
    const noted = { liked: 'The driver', inConfidence: 'They talk with a competitor.' };
    const past = {
      checkInId: id(50),
      respondentName: 'Luis Ortega',
      words: 'All fine.',
      callerName: 'Ana Lopez',
    };
    const earlier = { ...past, ...noted, liked: 'The prices', happenedOn: '2026-08-11' };
    backend.answer(
      'getCompany',
      managerView({ ...done, saved: { ...saved, ...noted }, earlierAnswers: [earlier] }),
    );

    const card = await openCard();

    expect(linesOf(card)).toEqual(
      expect.arrayContaining([
        'What they liked: “The driver”',
        'What they liked: “The prices”',
        'In confidence, for you alone: They talk with a competitor.',
      ]),
    );
  });
});
