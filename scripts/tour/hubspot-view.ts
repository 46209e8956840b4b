import assert from 'node:assert/strict';
import type { JournalLine, RecordView } from './control.ts';
import type { World } from './world.ts';

/** The properties that the product keeps on a company, and no others. */
export const OWN_PROPERTIES = [
  'sci_last_check_in',
  'sci_last_no_agenda_touch',
  'sci_next_due',
  'sci_open_issues',
  'sci_wave',
] as const;

export const REP_NOTICE = 'Customer words are waiting';

/** Requests that change something in the account: reads are GETs, searches and batch reads. */
export function writesIn(journal: readonly JournalLine[]): readonly JournalLine[] {
  const isRead = ({ method, path }: JournalLine) =>
    method === 'GET' || /\/(search|batch\/read|token|introspect)$/.test(path.replace(/\?.*$/, ''));
  return journal.filter((line) => !isRead(line));
}

/** The live tasks of a company, the oldest first. */
export async function tasksOf(world: World, portalId: number, companyId: string) {
  const tasks = await world.control.objects(portalId, 'tasks');
  return tasks.filter(({ associations }) => (associations['companies'] ?? []).includes(companyId));
}

export async function openTasksOf(world: World, portalId: number, companyId: string) {
  return (await tasksOf(world, portalId, companyId)).filter(isOpen);
}

export function isOpen({ properties }: RecordView): boolean {
  return properties['hs_task_status'] !== 'COMPLETED';
}

export async function notesOf(world: World, portalId: number, companyId: string) {
  const notes = await world.control.objects(portalId, 'notes');
  return notes.filter(({ associations }) => (associations['companies'] ?? []).includes(companyId));
}

/** Tasks that tell a rep of waiting words. */
export async function noticesOf(world: World, portalId: number, ownerId: string) {
  const tasks = await world.control.objects(portalId, 'tasks');
  return tasks.filter(
    ({ properties }) =>
      properties['hs_task_subject'] === REP_NOTICE && properties['hubspot_owner_id'] === ownerId,
  );
}

/** The product's own properties of a company, by name; null where one is empty. */
export async function ownProperties(world: World, portalId: number, companyId: string) {
  const { properties } = await world.control.object(portalId, 'companies', companyId);
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => name.startsWith('sci_'))
      .map(([name, value]) => [name, value === '' ? null : value]),
  );
}

/** Words that would tell, in HubSpot, that something was compared or how it came out. */
const TELLING =
  /differ|match|verdict|finding|compar|recall|evidence|severity|second contact|worth a look|never|logged/i;

/**
 * Nothing the product wrote into the account hints at a finding or repeats the customer.
 * @param secrets what was said and must not be there
 */
export async function assertNothingTold(world: World, portalId: number, secrets: readonly string[]) {
  for (const type of ['tasks', 'notes'] as const) {
    for (const { id, properties } of await world.control.objects(portalId, type, 'any')) {
      const text = [
        properties['hs_task_subject'],
        properties['hs_task_body'],
        properties['hs_note_body'],
      ].join('\n');
      assert.doesNotMatch(text, TELLING, `${type} ${id} hints at a finding: ${text}`);
      for (const secret of secrets)
        assert.ok(!text.includes(secret), `${type} ${id} repeats the customer: ${secret}`);
    }
  }
  for (const { id, properties } of await world.control.objects(portalId, 'companies')) {
    const own = Object.keys(properties).filter((name) => name.startsWith('sci_'));
    const foreign = own.filter((name) => !(OWN_PROPERTIES as readonly string[]).includes(name));
    assert.deepEqual(foreign, [], `company ${id} has properties that nobody announced`);
  }
}
