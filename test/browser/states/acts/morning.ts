import { cardOf, sidebarOf } from '../../support/card-page.ts';
import { PEOPLE } from '../../support/sandbox-session.ts';
import { intercept, type Act, type OpenPage, type Scene, type Stage } from '../stage.ts';

const COMPANY_PATH = /^\/api\/companies\//;
const WORDS =
  'Honestly, the product is fine. Somebody should call before the delivery comes, so that dock 2 is free.';

const first = (stage: Stage): string => stage.accounts[0]?.companyId ?? '';

/** A company whose next check-in is due after today but soon enough to be a task already. */
async function dueSoon(stage: Stage): Promise<string> {
  const companies = await stage.objects('companies');
  const soon = companies.find(({ properties }) => (properties['sci_next_due'] ?? '') > '2026-11-13');
  if (soon === undefined) throw new Error('No company is due later this month.');
  return soon.id;
}

async function prospect(stage: Stage): Promise<string> {
  const companies = await stage.objects('companies');
  const found = companies.find(({ properties }) => properties['lifecyclestage'] !== 'customer');
  if (found === undefined) throw new Error('The team has no prospects.');
  return found.id;
}

/** The manager's form with words typed and both recall questions open. */
async function filledForm(stage: Stage, width: number): Promise<OpenPage> {
  const opened = await stage.openTab(first(stage), PEOPLE.manager, width);
  const card = cardOf(opened.page);
  await card.getByLabel('In Dana’s words').fill(WORDS);
  await card.getByRole('button', { name: 'If they have a minute' }).click();
  await card.getByRole('button', { name: 'More to note (optional)' }).click();
  await card.getByRole('button', { name: 'What they liked · in confidence · date · how' }).click();
  return opened;
}

/** The card with its first reading answered in the backend's place. */
function insteadOfReading(reply: Parameters<typeof intercept>[2], as = PEOPLE.manager): Scene['show'] {
  return async (stage, width) => {
    const opened = await stage.openAt('/', { as, width });
    await intercept(opened.page, COMPANY_PATH, reply);
    await opened.page.goto(
      `${stage.sandbox.url}/record/${stage.portalId}/company/${first(stage)}?tab=check-in&as=${as}`,
    );
    return opened;
  };
}

type Home = { readonly manager: { readonly run: object; readonly attention: readonly object[] } };

/** The manager's page while a large run goes on and one task of it is in doubt. */
const homeDuringRun: Scene['show'] = async (stage, width) => {
  const home = (await stage.ask(PEOPLE.manager, 'GET /api/home')) as Home;
  const run = { ...home.manager.run, state: 'creating', done: 4_200, leftNow: 5_800, ratePerMinute: 2_000 };
  const inDoubt = {
    touchId: '00000000-0000-4000-8000-000000000001',
    companyId: first(stage),
    companyName: 'Quiet Pumps',
    companyUrl: `https://app.hubspot.com/contacts/${stage.portalId}/record/0-2/${first(stage)}`,
    explanation: 'HubSpot did not say whether this task was made, and we could not find it.',
    choices: ['itExists', 'createAnyway', 'leaveOut'],
  };
  const opened = await stage.openAt('/', { as: PEOPLE.manager, width });
  await intercept(opened.page, /^\/api\/home/, {
    status: 200,
    body: { ...home, manager: { ...home.manager, run, attention: [inDoubt] } },
  });
  await opened.page.goto(`${stage.sandbox.url}/home/${stage.portalId}?as=${PEOPLE.manager}`);
  return opened;
};

const disconnected = {
  status: 409,
  body: {
    code: 'not_installed',
    message: 'Service check-in is disconnected.',
    requestId: '1',
    hint: 'Ask your HubSpot admin to reconnect.',
  },
};
const broken = {
  status: 500,
  body: {
    code: 'internal',
    message: 'Something went wrong on our side.',
    requestId: '2',
    hint: 'Please try again in a minute.',
  },
};

/** Before the first call of the day. */
export const morning: Act = {
  title: 'in the morning',
  prepare: () => Promise.resolve(),
  scenes: [
    {
      name: 'card-due',
      show: (stage, width) => stage.openTab(first(stage), PEOPLE.manager, width),
      expects: /Due Tue, Nov 10/,
    },
    {
      name: 'card-due-written',
      show: async (stage, width) => {
        const opened = await stage.openTab(first(stage), PEOPLE.manager, width);
        await cardOf(opened.page).getByLabel('In Dana’s words').fill(WORDS);
        return opened;
      },
      expects: /What can we do to provide you with better service/,
    },
    { name: 'card-due-filled', show: filledForm, expects: /I ask everyone the next two/ },
    {
      name: 'card-words-missing',
      show: async (stage, width) => {
        const opened = await stage.openTab(stage.accounts[1]?.companyId ?? '', PEOPLE.manager, width);
        await cardOf(opened.page).getByRole('button', { name: 'I asked. Save' }).click();
        return opened;
      },
      expects: /Write what they said/,
    },
    {
      name: 'card-due-soon',
      show: async (stage, width) => stage.openTab(await dueSoon(stage), PEOPLE.manager, width),
      expects: /Due \w{3}, (Nov|Dec) \d+/,
    },
    {
      name: 'card-not-in-program',
      show: async (stage, width) => stage.openTab(await prospect(stage), PEOPLE.manager, width),
      expects: /not in the program/,
    },
    {
      name: 'sidebar-panel',
      show: async (stage, width) => {
        const opened = await stage.openTab(first(stage), PEOPLE.manager, width);
        await sidebarOf(opened.page).getByRole('button', { name: 'Start check-in' }).click();
        await opened.page.getByRole('dialog', { name: 'Service check-in' }).waitFor();
        return opened;
      },
      expects: /What can we do to provide you with better service/,
    },
    {
      name: 'rep-before',
      show: (stage, width) => stage.openTab(first(stage), PEOPLE.rep, width),
      expects: /Dana said/,
    },
    {
      name: 'viewer',
      show: (stage, width) => stage.openTab(first(stage), PEOPLE.viewer, width),
      expects: /Last check-in Aug 2/,
    },
    { name: 'card-loading', show: insteadOfReading('silence'), expects: /Loading the check-in/ },
    { name: 'card-error', show: insteadOfReading(broken), expects: /could not be loaded/ },
    {
      name: 'card-disconnected-admin',
      show: insteadOfReading(disconnected),
      expects: /Reconnect to go on/,
    },
    {
      name: 'card-disconnected',
      show: insteadOfReading(disconnected, PEOPLE.otherRep),
      expects: /Ask your HubSpot admin/,
    },
    {
      name: 'home-manager',
      show: (stage, width) => stage.openAt(`/home/${stage.portalId}`, { as: PEOPLE.manager, width }),
      expects: /calls today/,
    },
    {
      name: 'home-run',
      show: homeDuringRun,
      expects: /4,200 of 10,000 tasks made, about 3 minutes left/,
    },
    {
      name: 'home-viewer',
      show: (stage, width) => stage.openAt(`/home/${stage.portalId}`, { as: PEOPLE.viewer, width }),
      expects: /Nothing is waiting for you/,
    },
    {
      name: 'settings-running',
      show: (stage, width) => stage.openAt(`/settings/${stage.portalId}`, { as: PEOPLE.manager, width }),
      expects: /Check-ins are running/,
    },
    {
      name: 'settings-refused',
      show: (stage, width) => stage.openAt(`/settings/${stage.portalId}`, { as: PEOPLE.rep, width }),
      expects: /Only admins open the settings/,
    },
  ],
};
