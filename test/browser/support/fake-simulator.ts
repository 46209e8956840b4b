import type { AddressInfo } from 'node:net';
import express from 'express';
import type { ExtensionBundles } from '../../../sandbox/host/bundles.ts';
import { createHostRoutes } from '../../../sandbox/host/host.ts';

export interface FakeReply {
  status: number;
  body: unknown;
}

/** The part of the simulator's control API that the pages use, with one account, as plain data. */
export interface FakeSimulator {
  url: string;
  /** Bodies of `POST /_control/fetch`, oldest first. */
  fetched: Record<string, unknown>[];
  properties: Record<string, string | null>;
  tasks: { id: string; properties: Record<string, string | null> }[];
  answer: (request: Record<string, unknown>) => FakeReply;
  close: () => Promise<void>;
}

export const PORTAL_ID = 4100001;
export const COMPANY_ID = '9100000001';
export const MANAGER_ID = 71;
export const REP_ID = 72;
const COMPANY_COUNT = 120;

const TEAM = [{ id: '1', name: 'Midwest', primary: true }];
const OWNERS = [
  {
    id: '501',
    email: 'ana.keller@example.com',
    firstName: 'Ana',
    lastName: 'Keller',
    userId: MANAGER_ID,
    superAdmin: true,
  },
  {
    id: '502',
    email: 'tom.baker@example.com',
    firstName: 'Tom',
    lastName: 'Baker',
    userId: REP_ID,
    superAdmin: false,
  },
  {
    id: '503',
    email: 'gone@example.com',
    firstName: 'Gus',
    lastName: 'Gone',
    userId: null,
    superAdmin: false,
  },
].map((owner) => ({ ...owner, teams: TEAM, locale: 'en-US' }));

/** Listens on a free port; the pages of the host are mounted on the same port. */
export async function startFakeSimulator(bundles: ExtensionBundles): Promise<FakeSimulator> {
  const state = createState();
  const app = express();
  app.use(express.json());
  app.use('/_control', controlRoutes(state));
  let url = '';
  app.use(createHostRoutes({ simulatorUrl: () => url, bundles }));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(state, {
    url,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

type State = Omit<FakeSimulator, 'url' | 'close'> & { nowMs: number };

function createState(): State {
  return {
    nowMs: Date.parse('2031-03-10T15:00:00Z'),
    fetched: [],
    answer: () => ({ status: 200, body: { greeting: 'hello' } }),
    properties: {
      name: 'Acme Plant',
      city: 'Joliet',
      domain: 'acme-plant.example.com',
      hubspot_owner_id: '502',
      lifecyclestage: 'customer',
    },
    tasks: [
      {
        id: '801',
        properties: {
          hs_task_subject: 'Service check-in: Dana Ruiz',
          hs_task_body: '<p>What can we do to provide you with better service?</p>',
          hs_task_status: 'NOT_STARTED',
          hs_timestamp: '2031-03-12T14:00:00Z',
          hubspot_owner_id: '501',
        },
      },
    ],
  };
}

function controlRoutes(state: State) {
  const routes = express.Router();
  routes.get('/portals', (_request, response) => {
    const portal = {
      portalId: PORTAL_ID,
      name: 'Acme Industrial Supply',
      timeZone: 'America/Chicago',
      uiDomain: 'app.hubspot.com',
    };
    response.json([{ ...portal, installed: true, owners: OWNERS }]);
  });
  routes.get('/clock', (_request, response) => response.json({ now: new Date(state.nowMs).toISOString() }));
  routes.post('/clock', (request, response) => {
    state.nowMs += (request.body as { advanceMs: number }).advanceMs;
    response.json({ now: new Date(state.nowMs).toISOString() });
  });
  routes.get('/objects/:portalId/companies', (request, response) => {
    const { q = '', after = '0', limit = '100' } = request.query as Record<string, string>;
    const matching = companies(state).filter(({ properties }) =>
      properties.name?.toLowerCase().includes(q.toLowerCase()),
    );
    response.json(matching.slice(Number(after), Number(after) + Number(limit)));
  });
  routes.get('/record/:portalId/companies/:id', (request, response) => {
    if (request.params.id !== COMPANY_ID) response.status(404).json({ message: 'no such company' });
    else response.json(companyRecord(state));
  });
  routes.post('/objects/:portalId/tasks/:id', (request, response) => {
    const task = state.tasks.find((one) => one.id === request.params.id);
    Object.assign(task?.properties ?? {}, (request.body as { properties: object }).properties);
    response.json({});
  });
  routes.post('/fetch', (request, response) => {
    state.fetched.push(request.body as Record<string, unknown>);
    const headers = { 'content-type': 'application/json' };
    response.json({ ...state.answer(request.body as Record<string, unknown>), headers, attempts: 1 });
  });
  return routes;
}

function companies(state: State) {
  const others = Array.from({ length: COMPANY_COUNT - 1 }, (_, index) => ({
    id: String(9100000002 + index),
    properties: {
      name: `Customer ${String(index + 1).padStart(3, '0')}`,
      city: 'Peoria',
      lifecyclestage: 'customer',
    },
  }));
  return [{ id: COMPANY_ID, properties: state.properties }, ...others];
}

function companyRecord(state: State) {
  const call = {
    hs_call_title: 'Monthly call',
    hs_call_body: 'Talked about deliveries',
    hs_call_disposition: 'f240bbac-87c9-4f6e-bf70-924b57d47db7',
    hs_timestamp: '2031-03-03T16:00:00Z',
    hubspot_owner_id: '502',
  };
  const dana = {
    firstname: 'Dana',
    lastname: 'Ruiz',
    jobtitle: 'Plant buyer',
    email: 'dana@example.com',
    phone: '+1 815 555 0134',
  };
  return {
    object: { id: COMPANY_ID, properties: state.properties },
    associated: {
      contacts: [{ id: '9200000001', properties: dana }],
      calls: [{ id: '9300000001', properties: call }],
      meetings: [],
      emails: [],
      notes: [
        {
          id: '9400000001',
          properties: { hs_note_body: 'A neutral note', hs_timestamp: '2031-02-20T16:00:00Z' },
        },
      ],
      tasks: state.tasks,
    },
  };
}
