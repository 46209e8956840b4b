import { randomUUID } from 'node:crypto';
import { cardOf } from '../../support/card-page.ts';
import { PEOPLE } from '../../support/sandbox-session.ts';
import type { Act, OpenPage, Stage } from '../stage.ts';

const QUARTER_HOUR_MS = 15 * 60_000;
const SENTENCE = 'I logged the calls I meant to make. I visit Dana this week.';

const first = (stage: Stage): string => stage.accounts[0]?.companyId ?? '';

/** The saved answer of the first account, as its manager's card is told of it. */
async function savedOf(stage: Stage): Promise<{ checkInId: string; findingId: string }> {
  const view = (await stage.ask(PEOPLE.manager, `GET /api/companies/${first(stage)}`)) as {
    saved: { checkInId: string; findingId: string };
  };
  return view.saved;
}

async function replyPanel(stage: Stage, width: number): Promise<OpenPage> {
  const opened = await stage.openTab(first(stage), PEOPLE.rep, width);
  await cardOf(opened.page).getByRole('button', { name: 'Reply', exact: true }).click();
  const panel = opened.page.getByRole('dialog', { name: 'Your reply' });
  await panel.getByLabel('I have a record').check();
  await panel.getByLabel('Which record?').waitFor();
  return opened;
}

/** The words are with the rep. */
export const later: Act = {
  title: 'a quarter of an hour later',
  prepare: async (stage) => {
    const { checkInId } = await savedOf(stage);
    await stage.ask(PEOPLE.manager, 'POST /api/issues', {
      submissionId: randomUUID(),
      companyId: first(stage),
      checkInId,
      title: 'Visit requested',
      promise: { what: 'Visit the plant', ownerId: null, dueOn: '2026-11-24' },
    });
    await stage.pass(QUARTER_HOUR_MS);
  },
  scenes: [
    {
      name: 'rep-new-words',
      show: (stage, width) => stage.openTab(first(stage), PEOPLE.rep, width),
      expects: /Two answers differ from the log/,
    },
    { name: 'rep-reply-panel', show: replyPanel, expects: /What happened\?/ },
    {
      name: 'card-done',
      show: async (stage, width) => {
        const opened = await stage.openTab(first(stage), PEOPLE.manager, width);
        await cardOf(opened.page).getByText('How we compared').waitFor();
        return opened;
      },
      expects: /Done Nov 10 · next in/,
    },
    {
      name: 'viewer-after',
      show: (stage, width) => stage.openTab(first(stage), PEOPLE.viewer, width),
      expects: /1 open issue/,
    },
    {
      name: 'home-rep',
      show: (stage, width) => stage.openAt(`/home/${stage.portalId}`, { as: PEOPLE.rep, width }),
      expects: /Waiting for your reply/,
    },
    {
      name: 'home-manager-after',
      show: (stage, width) => stage.openAt(`/home/${stage.portalId}`, { as: PEOPLE.manager, width }),
      expects: /Promises due/,
    },
  ],
};

/** The rep has answered. */
export const replied: Act = {
  title: 'after the rep’s reply',
  prepare: async (stage) => {
    const { findingId } = await savedOf(stage);
    await stage.ask(PEOPLE.rep, `POST /api/findings/${findingId}/replies`, {
      submissionId: randomUUID(),
      kind: 'WRONG_RECORD',
      sentence: SENTENCE,
      activityId: null,
    });
    await stage.sandbox.settle();
  },
  scenes: [
    {
      name: 'rep-replied',
      show: (stage, width) => stage.openTab(first(stage), PEOPLE.rep, width),
      expects: /I visit Dana this week/,
    },
    {
      name: 'card-reply-to-decide',
      show: async (stage, width) => {
        const opened = await stage.openTab(first(stage), PEOPLE.manager, width);
        await cardOf(opened.page).getByRole('button', { name: 'Accept the reply' }).waitFor();
        return opened;
      },
      expects: /I visit Dana this week/,
    },
  ],
};
