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

/** A request's ids and offset; `upTo` is null where it names no highest id. */
export type Asked = { readonly above: string; readonly upTo: string | null; readonly offset: number };

export type SearchRoute = {
  readonly asked: Asked[];
  /** The most requests that waited for a reply at the same time. */
  most: number;
};

/** Answers the searches of one type as HubSpot does; `change` may alter a reply, by its number from 0 and its request. */
export function onEverySearch(
  type: string,
  records: () => readonly Found[],
  change: (reply: Reply, request: number, asked: Asked) => Reply = (reply) => reply,
): SearchRoute {
  const route: SearchRoute = { asked: [], most: 0 };
  let waiting = 0;
  nock(API)
    .persist()
    .post(`/crm/objects/${V}/${type}/search`)
    .reply(async (request: Request) => {
      const body = (await request.json()) as SearchBody;
      const filters = body.filterGroups[0]?.filters ?? [];
      const span = filters.find(({ propertyName }) => propertyName === 'hs_object_id');
      const above = span?.operator === 'BETWEEN' ? String(Number(span.value) - 1) : (span?.value ?? '0');
      const offset = Number(body.after ?? 0);
      const asked = { above, upTo: span?.highValue ?? null, offset };
      const number = route.asked.push(asked) - 1;
      const reply = change(replyTo(records(), filters, asked, body.limit), number, asked);
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
  { above, upTo, offset }: Asked,
  limit: number,
): Reply {
  const between = filters.find(
    ({ propertyName, operator }) => operator === 'BETWEEN' && propertyName !== 'hs_object_id',
  );
  const hits = records
    .filter((record) => Number(record.id) > Number(above) && Number(record.id) <= Number(upTo ?? Infinity))
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
