/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- the README passes plain objects, and so does this */
/**
 * What a developer writes with HubSpot's own client, as its README teaches (@hubspot/api-client 14.0.1): its limiter at its default
 * settings, its retries at the README's three, both unmodified. In a process of its own: both are one for the whole process.
 */
import { Client, DEFAULT_LIMITER_OPTIONS } from '@hubspot/api-client';
import type { SimplePublicObjectInputForCreate } from '@hubspot/api-client/lib/codegen/crm/objects/tasks/index.js';
import { answerParent } from './support/answer.ts';

export type PeerStyle = 'oneByOne' | 'batched';
export type PeerRun = {
  readonly style: PeerStyle;
  readonly hubspotUrl: string;
  readonly accessToken: string;
};
export type PeerReport = {
  readonly seconds: number;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly created: number;
  /** Calls that failed for good, after the client's own retries. */
  readonly failed: number;
  readonly peakRssBytes: number;
};

const TASK_TO_COMPANY = 192;
const README_PAGE = 100;
const LARGEST_PAGE = 200;
const BATCH = 100;

async function run({ style, hubspotUrl, accessToken }: PeerRun): Promise<PeerReport> {
  const client = new Client({
    basePath: hubspotUrl,
    accessToken,
    limiterOptions: DEFAULT_LIMITER_OPTIONS,
    numberOfApiCallRetries: 3,
  });
  const startedMs = Date.now();
  const ids = await readCustomers(client, style === 'oneByOne' ? README_PAGE : LARGEST_PAGE);
  const { created, failed } =
    style === 'oneByOne' ? await createOneByOne(client, ids) : await createBatched(client, ids);
  const endedMs = Date.now();
  const peakRssBytes = process.resourceUsage().maxRSS * 1_024;
  return { seconds: (endedMs - startedMs) / 1_000, startedMs, endedMs, created, failed, peakRssBytes };
}

/** Page after page, since each names the next. */
async function readCustomers(client: Client, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | undefined = '0'; after !== undefined;) {
    const page = await client.crm.companies.searchApi.doSearch({
      filterGroups: [
        { filters: [{ propertyName: 'lifecyclestage', operator: 'EQ' as never, value: 'customer' }] },
      ],
      sorts: ['hs_object_id'],
      properties: ['name', 'hubspot_owner_id'],
      limit,
      after,
    });
    ids.push(...page.results.map(({ id }) => id));
    after = page.paging?.next?.after;
  }
  return ids;
}

async function createOneByOne(client: Client, ids: readonly string[]) {
  let failed = 0;
  for (const id of ids) {
    await client.crm.objects.tasks.basicApi.create(taskOf(id)).catch(() => {
      failed += 1;
    });
  }
  return { created: ids.length - failed, failed };
}

/** All batches at once: the client's limiter lets six go at a time, nine a second. Awaiting each in turn would be slower. */
async function createBatched(client: Client, ids: readonly string[]) {
  const batches: string[][] = [];
  for (let from = 0; from < ids.length; from += BATCH) batches.push(ids.slice(from, from + BATCH));
  let failed = 0;
  await Promise.all(
    batches.map((batch) =>
      client.crm.objects.tasks.batchApi.create({ inputs: batch.map(taskOf) }).catch(() => {
        failed += batch.length;
      }),
    ),
  );
  return { created: ids.length - failed, failed };
}

function taskOf(companyId: string): SimplePublicObjectInputForCreate {
  return {
    properties: {
      hs_timestamp: new Date(Date.now() + 86_400_000).toISOString(),
      hs_task_subject: 'Service check-in',
      hs_task_status: 'NOT_STARTED',
      hs_task_type: 'CALL',
    },
    associations: [
      {
        to: { id: companyId },
        types: [{ associationCategory: 'HUBSPOT_DEFINED' as never, associationTypeId: TASK_TO_COMPANY }],
      },
    ],
  };
}

answerParent({ run }, () => Promise.resolve());
