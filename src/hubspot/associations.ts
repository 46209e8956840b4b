import type { PortalId } from '../core/model.ts';
import type { Priority } from '../usecases/ports.ts';
import { associationPath, type ObjectTypeName } from './api-version.ts';
import { parseErrorBody } from './error-body.ts';
import { isTooLarge, unreadable } from './outcome.ts';
import type { PortalClient } from './portal-client.ts';
import { associationsSchema } from './schemas.ts';
import { chunksOf } from './values.ts';

export type AssociationTarget = { readonly id: string; readonly typeIds: readonly number[] };

/** Inputs of one call. HubSpot takes 1,000; fewer keep a reply below our 5 MB where every record may have many links. */
const MOST_INPUTS = 1_000;
const INPUTS_WITH_MANY_LINKS = 250;
/** 500 targets a page, so this is far beyond any real record; it ends a cursor that never ends. */
const MOST_PAGES = 200;

type Reader = {
  readonly client: PortalClient;
  readonly portalId: PortalId;
  readonly pair: readonly [ObjectTypeName, ObjectTypeName];
  readonly priority: Priority;
};
type Input = { readonly id: string; readonly after?: string };

/**
 * What each record is linked to, by the id asked for; every page of every record is read. A record that a reply says nothing
 * about is asked for a second time, and has no links where that is silent too. Where a reply is too large to read, fewer
 * records are asked for at once. Throws like `PortalClient.read`.
 */
export async function readAssociations(
  client: PortalClient,
  portalId: PortalId,
  from: ObjectTypeName,
  to: ObjectTypeName,
  ids: readonly string[],
  priority: Priority = 'card',
): Promise<ReadonlyMap<string, readonly AssociationTarget[]>> {
  const targets = new Map<string, Map<string, AssociationTarget>>();
  const pair = [from, to] as const;
  for (const chunk of chunksOf([...new Set(ids)], inputsOf(pair))) {
    for (const id of chunk) targets.set(id, new Map());
    await readChunk({ client, portalId, pair, priority }, chunk, targets);
  }
  return new Map([...targets].map(([id, byId]) => [id, [...byId.values()]]));
}

/** A company may have thousands of activities and contacts; an activity or a contact belongs to a few records. */
function inputsOf([from, to]: Reader['pair']): number {
  const hasFewLinks = from !== 'companies' && (from !== 'contacts' || to === 'companies');
  return hasFewLinks ? MOST_INPUTS : INPUTS_WITH_MANY_LINKS;
}

async function readChunk(
  reader: Reader,
  ids: readonly string[],
  targets: ReadonlyMap<string, Map<string, AssociationTarget>>,
): Promise<void> {
  try {
    const silent = await readPages(reader, ids, targets);
    if (silent.length > 0) await readPages(reader, silent, targets);
  } catch (error) {
    if (!isTooLarge(error) || ids.length === 1) throw error;
    for (const half of chunksOf(ids, Math.ceil(ids.length / 2))) await readChunk(reader, half, targets);
  }
}

/** Reads until no record has a further page. Returns the ids the first reply said nothing about. */
async function readPages(
  reader: Reader,
  ids: readonly string[],
  targets: ReadonlyMap<string, Map<string, AssociationTarget>>,
): Promise<readonly string[]> {
  const heard = new Set<string>();
  let inputs: readonly Input[] = ids.map((id) => ({ id }));
  for (let page = 0; inputs.length > 0; page += 1) {
    if (page >= MOST_PAGES) throw unreadable(what(reader.pair), 'the pages do not end');
    inputs = await readPage(reader, inputs, targets, heard);
  }
  return ids.filter((id) => !heard.has(id));
}

async function readPage(
  { client, portalId, pair, priority }: Reader,
  inputs: readonly Input[],
  targets: ReadonlyMap<string, Map<string, AssociationTarget>>,
  heard: Set<string>,
): Promise<readonly Input[]> {
  const request = {
    what: what(pair),
    method: 'POST',
    path: associationPath(...pair),
    json: { inputs },
    priority,
  } as const;
  const reply = await client.read(portalId, request, associationsSchema);
  for (const id of withoutLinks(reply.errors ?? [], what(pair))) heard.add(id);
  const asked = new Map(inputs.map((input) => [input.id, input]));
  const further: Input[] = [];
  for (const result of reply.results) {
    const input = asked.get(result.from.id);
    const known = targets.get(result.from.id);
    if (input === undefined || known === undefined) continue;
    heard.add(input.id);
    for (const target of result.to) addTarget(known, target);
    const after = result.paging?.next?.after;
    if (after !== undefined && after === input.after) throw unreadable(what(pair), 'a page points to itself');
    if (after !== undefined) further.push({ id: input.id, after });
  }
  // A further page that did not come would make a log look shorter than it is.
  const lost = inputs.find(
    (input) => input.after !== undefined && !reply.results.some((one) => one.from.id === input.id),
  );
  if (lost !== undefined) throw unreadable(what(pair), 'a page is missing');
  return further;
}

function addTarget(
  known: Map<string, AssociationTarget>,
  target: { toObjectId: string; associationTypes?: readonly { typeId: number }[] | null | undefined },
): void {
  const typeIds = (target.associationTypes ?? []).map((type) => type.typeId);
  const before = known.get(target.toObjectId)?.typeIds ?? [];
  known.set(target.toObjectId, { id: target.toObjectId, typeIds: [...new Set([...before, ...typeIds])] });
}

/** "No associations" is reported as an error of the record, and is normal; any other error makes the read fail. */
function withoutLinks(errors: readonly Record<string, unknown>[], name: string): readonly string[] {
  return errors.flatMap((item) => {
    const error = parseErrorBody(item);
    const isNormal =
      error !== null &&
      (error.subCategory.endsWith('NO_ASSOCIATIONS_FOUND') || error.category === 'OBJECT_NOT_FOUND');
    if (!isNormal) throw unreadable(name, error?.reason ?? 'an item failed');
    return error.context['fromObjectId'] ?? error.context['ids'] ?? [];
  });
}

function what([from, to]: readonly [ObjectTypeName, ObjectTypeName]): string {
  return `links of ${from} to ${to}`;
}
