import nock from 'nock';
import { API, V } from './harness.ts';

export type SearchBody = {
  filterGroups: {
    filters: { propertyName: string; operator: string; value?: string; highValue?: string }[];
  }[];
  after?: string;
  limit: number;
};
type Found = { id: string; properties: Record<string, string | null> };
type Reply = readonly [status: number, body: unknown];

export type SearchRoute = {
  /** Each request's floor and offset. */
  readonly asked: { readonly above: string; readonly offset: number }[];
  /** The most requests that waited for a reply at the same time. */
  most: number;
};

/** Answers the searches of one type as HubSpot does; `change` may alter a reply, by its number from 0. */
export function onEverySearch(
  type: string,
  records: () => readonly Found[],
  change: (reply: Reply, request: number) => Reply = (reply) => reply,
): SearchRoute {
  const route: SearchRoute = { asked: [], most: 0 };
  let waiting = 0;
  nock(API)
    .persist()
    .post(`/crm/objects/${V}/${type}/search`)
    .reply(async (request: Request) => {
      const body = (await request.json()) as SearchBody;
      const filters = body.filterGroups[0]?.filters ?? [];
      const above = filters.find((filter) => filter.operator === 'GT')?.value ?? '0';
      const offset = Number(body.after ?? 0);
      const number = route.asked.push({ above, offset }) - 1;
      const reply = change(replyTo(records(), filters, above, offset, body.limit), number);
      waiting += 1;
      route.most = Math.max(route.most, waiting);
      await new Promise((resolve) => setTimeout(resolve, 2));
      waiting -= 1;
      return [reply[0], reply[1] as nock.Body];
    });
  return route;
}

function replyTo(
  records: readonly Found[],
  filters: SearchBody['filterGroups'][number]['filters'],
  above: string,
  offset: number,
  limit: number,
): Reply {
  const between = filters.find((filter) => filter.operator === 'BETWEEN');
  const hits = records
    .filter((record) => Number(record.id) > Number(above))
    .filter((record) => {
      if (between === undefined) return true;
      const atMs = Date.parse(record.properties[between.propertyName] ?? '');
      return atMs >= Number(between.value) && atMs <= Number(between.highValue);
    })
    .sort((left, right) => Number(left.id) - Number(right.id));
  const results = hits.slice(offset, offset + limit);
  const end = offset + results.length;
  return [
    200,
    {
      total: hits.length,
      results,
      ...(end < hits.length ? { paging: { next: { after: String(end) } } } : {}),
    },
  ];
}
