import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { installApp } from '../../../sandbox/install-app.ts';
import type { AccountTruth } from '../../../sandbox/portals/portal-truth.ts';
import { seedOwner } from '../../../sandbox/portals/seed-owner.ts';
import { installerOf } from '../../../sandbox/seed-program.ts';
import { cardOf } from '../support/card-page.ts';
import { NOW, startSandboxSession, type SandboxSession } from '../support/sandbox-session.ts';

/** One state of one surface: how to get there, and what must be read there. */
export interface Scene {
  name: string;
  /** A page that shows the state; whoever asked closes it. */
  show: (stage: Stage, width: number) => Promise<OpenPage>;
  expects: RegExp;
}

/** What happens in the sandbox before the scenes of an act can be seen. */
export interface Act {
  title: string;
  prepare: (stage: Stage) => Promise<void>;
  scenes: Scene[];
}

export type OpenPage = Awaited<ReturnType<SandboxSession['openAt']>>;
type Reply = { status: number; body: unknown };

/** The sandbox as the acts use it: the seeded team, a business with one person, and shortcuts past the mouse. */
export type Stage = Awaited<ReturnType<typeof openStage>>;

/** Starts the sandbox; close the stage when all is seen. */
export async function openStage() {
  const session = await startSandboxSession();
  const { sandbox, portalId, seeded } = session;
  const control = async (path: string, body?: unknown): Promise<unknown> => {
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${sandbox.url}/_control/${path}`, {
      ...sent,
      headers: { 'content-type': 'application/json' },
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  /** What a card would send for this user; throws on a refusal, because scenes are built of what succeeds. */
  const ask = async (userId: number, route: string, body?: object, portal = portalId): Promise<unknown> => {
    const [method = 'GET', path = ''] = route.split(' ');
    const request = { portalId: portal, userId, method, path, ...(body === undefined ? {} : { body }) };
    const reply = (await control('fetch', request)) as Reply;
    if (reply.status !== 200)
      throw new Error(`${route} answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    return reply.body;
  };
  const openTab = async (companyId: string, as: number, width: number) => {
    const opened = await session.openRecord(companyId, { as, width });
    await cardOf(opened.page).waitFor();
    return opened;
  };
  /** Lets time pass in the sandbox, with all work that becomes due. */
  const pass = (ms: number) => sandbox.advanceTo(new Date(sandbox.clock.now().getTime() + ms));
  return {
    ...session,
    control,
    ask,
    openTab,
    pass,
    accounts: seeded.truth.accounts,
    owner: openOwner(session),
  };
}

/** Everything `POST /api/check-ins` wants, from what the seeded truth says of the customer. */
export function answerOf(
  { seeded }: Pick<Stage, 'seeded'>,
  account: AccountTruth,
  liked: string | null = null,
) {
  const { answer } = account;
  const contact = seeded.document.objects['contacts']?.find(({ id }) => id === answer.contactId)?.properties;
  const name = `${contact?.['firstname'] ?? ''} ${contact?.['lastname'] ?? ''}`;
  return {
    submissionId: randomUUID(),
    companyId: account.companyId,
    respondent: { contactId: answer.contactId, name },
    asked: true,
    words: answer.words,
    liked,
    inConfidence: null,
    happenedOn: '2026-11-10',
    channel: 'phone',
    recall: {
      recency: answer.recency,
      count: answer.count,
      unsure: answer.unsure,
      colleague: false,
      named: false,
      stale: answer.stale,
    },
  };
}

/** The second account: installed, and nothing decided yet. */
function openOwner(session: SandboxSession) {
  const { document, truth } = seedOwner({ now: NOW });
  return {
    portalId: document.portalId,
    userId: installerOf(document),
    companyId: truth.accounts[0]?.companyId ?? '',
    install: async () => {
      await session.sandbox.simulator.loadPortal(document, {
        reference: { seed: 'seed-owner', now: NOW.toISOString() },
      });
      await installApp({
        backendUrl: session.sandbox.backend.url,
        portalId: document.portalId,
        userId: installerOf(document),
      });
      await session.sandbox.settle();
    },
  };
}

/** Answers the card's calls to these paths in the backend's place; everything else still goes to the backend. */
export async function intercept(
  page: Page,
  path: RegExp,
  reply: { status: number; body: unknown } | 'silence' | 'reset',
): Promise<void> {
  await page.route('**/host/control/fetch', async (route) => {
    const sent = route.request().postDataJSON() as { url: string };
    if (!path.test(new URL(sent.url).pathname)) return route.fallback();
    if (reply === 'silence') return undefined;
    if (reply === 'reset') return route.abort('connectionreset');
    const headers = { 'content-type': 'application/json' };
    return route.fulfill({ json: { ...reply, headers, attempts: 1 } });
  });
}
