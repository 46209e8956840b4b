import { randomUUID } from 'node:crypto';
import type { AccountTruth } from '../../../../sandbox/portals/portal-truth.ts';
import { cardOf } from '../../support/card-page.ts';
import { PEOPLE } from '../../support/sandbox-session.ts';
import { answerOf, type Act, type Scene, type Stage } from '../stage.ts';

type Task = { id: string; properties: Record<string, string | null> };

/** Accounts of the seeded stories by what their customers remember, and two that are due today and still untouched. */
const STORY = { firm: 0, memory: 1, differentContact: 2 };

function account(stage: Stage, place: number): AccountTruth {
  const found = stage.accounts[place];
  if (found === undefined) throw new Error(`The team has no account ${place}.`);
  return found;
}

/** An ordinary account of this kind whose answer is saved by one act and looked at by the next. */
function ordinary(stage: Stage, kind: AccountTruth['kind']): AccountTruth {
  const found = stage.accounts.find((one) => one.kind === kind && one.story === null);
  if (found === undefined) throw new Error(`The team has no account of the kind ${kind}.`);
  return found;
}

/** The company's own open touch, as the manager's card is told of it. */
async function touchOf(stage: Stage, companyId: string): Promise<string> {
  const view = (await stage.ask(PEOPLE.manager, `GET /api/companies/${companyId}`)) as {
    touch: { touchId: string } | null;
  };
  if (view.touch === null) throw new Error(`Company ${companyId} has no touch.`);
  return view.touch.touchId;
}

const tried = (stage: Stage): AccountTruth => account(stage, 7);
/** A company that is due today and that no other scene touches. */
async function dueToday(stage: Stage): Promise<string> {
  const home = (await stage.ask(PEOPLE.manager, 'GET /api/home')) as {
    manager: { today: { companyId: string }[] };
  };
  const used = [...Object.values(STORY).map((place) => account(stage, place)), tried(stage)];
  const free = home.manager.today.find(({ companyId }) => used.every((one) => one.companyId !== companyId));
  if (free === undefined) throw new Error('No other company is due today.');
  return free.companyId;
}
let tickedCompany = '';

/** Ticks the company's task off as a person does in HubSpot's own task list. */
async function tickOff(stage: Stage, companyId: string): Promise<void> {
  const record = (await stage.control(`record/${stage.portalId}/companies/${companyId}`)) as {
    associated: { tasks: Task[] };
  };
  const task = record.associated.tasks.find(({ properties }) =>
    properties['hs_task_subject']?.startsWith('Service check-in'),
  );
  if (task === undefined) throw new Error('The company has no touch task.');
  await stage.control(`objects/${stage.portalId}/tasks/${task.id}`, {
    asUserId: PEOPLE.manager,
    properties: { hs_task_status: 'COMPLETED' },
  });
}

const saved = (pick: (stage: Stage) => AccountTruth): Scene['show'] => {
  return async (stage, width) => {
    const opened = await stage.openTab(pick(stage).companyId, PEOPLE.manager, width);
    await cardOf(opened.page).getByRole('button', { name: 'How we compared' }).waitFor({ timeout: 30_000 });
    return opened;
  };
};

/** The manager has called: what the card says in the quarter of an hour after each answer. */
export const calls: Act = {
  title: 'within the quarter of an hour after a call',
  prepare: async (stage) => {
    for (const place of Object.values(STORY)) {
      await stage.ask(PEOPLE.manager, 'POST /api/check-ins', answerOf(stage, account(stage, place)));
    }
    for (const kind of ['wellServed', 'unsure'] as const) {
      const praise = kind === 'wellServed' ? 'Your driver helped us unload. That was kind.' : null;
      await stage.ask(PEOPLE.manager, 'POST /api/check-ins', answerOf(stage, ordinary(stage, kind), praise));
    }
    const touchId = await touchOf(stage, tried(stage).companyId);
    await stage.ask(PEOPLE.manager, `POST /api/touches/${touchId}/attempts`, {
      submissionId: randomUUID(),
      outcome: 'noAnswer',
      contactId: null,
    });
    tickedCompany = await dueToday(stage);
    await tickOff(stage, tickedCompany);
    await stage.pass(60_000); // HubSpot tells of changes within a minute
  },
  scenes: [
    {
      name: 'card-attempted',
      show: (stage, width) => stage.openTab(tried(stage).companyId, PEOPLE.manager, width),
      expects: /Tried once · next try/,
    },
    {
      name: 'card-answer-missing',
      show: (stage, width) => stage.openTab(tickedCompany, PEOPLE.manager, width),
      expects: /The task is done, the answer is missing/,
    },
    {
      name: 'card-saved-firm',
      show: saved((stage) => account(stage, STORY.firm)),
      expects: /Two answers differ from the log/,
    },
    {
      name: 'card-saved-how-compared',
      show: async (stage, width) => {
        const opened = await saved((one) => account(one, STORY.firm))(stage, width);
        await cardOf(opened.page).getByRole('button', { name: 'How we compared' }).click();
        return opened;
      },
      expects: /Not considered/,
    },
    {
      name: 'card-saved-memory',
      show: saved((stage) => account(stage, STORY.memory)),
      expects: /Records show contact/,
    },
    {
      name: 'card-saved-different-contact',
      show: saved((stage) => account(stage, STORY.differentContact)),
      expects: /Ask someone else there/,
    },
    {
      name: 'card-saved-confirmed',
      show: saved((stage) => ordinary(stage, 'wellServed')),
      expects: /Customer remembers contact/,
    },
    {
      name: 'card-saved-unsure',
      show: saved((stage) => ordinary(stage, 'unsure')),
      expects: /Customer not sure/,
    },
  ],
};
