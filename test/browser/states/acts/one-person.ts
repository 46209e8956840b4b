import { randomUUID } from 'node:crypto';
import type { Act, Scene, Stage } from '../stage.ts';

const settings = (step: string | null): Scene['show'] => {
  return async (stage, width) => {
    const { portalId, userId } = stage.owner;
    const opened = await stage.openAt(`/settings/${portalId}`, { as: userId, width });
    if (step !== null) await opened.page.getByRole('button', { name: step }).first().click();
    return opened;
  };
};
const record: Scene['show'] = (stage, width) => {
  const { portalId, companyId, userId } = stage.owner;
  return stage.openAt(`/record/${portalId}/company/${companyId}?tab=check-in`, { as: userId, width });
};
const home: Scene['show'] = (stage, width) =>
  stage.openAt(`/home/${stage.owner.portalId}`, { as: stage.owner.userId, width });

/** An account that installed the app a minute ago: nothing is decided, nothing is written. */
export const installed: Act = {
  title: 'right after the install',
  prepare: (stage) => stage.owner.install(),
  scenes: [
    { name: 'home-admin-checklist', show: home, expects: /What is left to do/ },
    { name: 'card-not-started', show: record, expects: /have not started yet/ },
    { name: 'settings-open', show: settings(null), expects: /Compare answers with the log\?/ },
    { name: 'settings-who-calls', show: settings('1. Who calls whom'), expects: /Who calls .* customers\?/ },
    { name: 'settings-customers', show: settings('2. Who is a customer'), expects: /60 customers now/ },
    { name: 'settings-how-often', show: settings('3. How often'), expects: /How many check-ins/ },
    {
      name: 'settings-dry-run',
      show: settings('5. Look before start'),
      expects: /Nothing has been written to HubSpot yet/,
    },
  ],
};

async function startListening(stage: Stage): Promise<void> {
  const { portalId, userId } = stage.owner;
  const { version, settings: current } = (await stage.ask(
    userId,
    'GET /api/program',
    undefined,
    portalId,
  )) as {
    version: number;
    settings: object;
  };
  await stage.ask(
    userId,
    'PUT /api/program',
    {
      submissionId: randomUUID(),
      expectedVersion: version,
      settings: { ...current, openness: 'listeningOnly' },
    },
    portalId,
  );
  await stage.ask(userId, 'POST /api/program/start', { submissionId: randomUUID() }, portalId);
  await stage.sandbox.settle();
}

/** The same account once it has chosen to listen only. */
export const listening: Act = {
  title: 'listening only',
  prepare: startListening,
  scenes: [
    { name: 'card-listening', show: record, expects: /What can we do to provide you with better service/ },
    { name: 'home-listening', show: home, expects: /calls? today/ },
  ],
};
