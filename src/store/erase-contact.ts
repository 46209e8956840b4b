import { sql } from 'kysely';
import type { CompanyId, ContactId } from '../core/model.ts';
import type { TenantScope } from '../usecases/records.ts';
import { takeLock } from './account-lock.ts';
import { contactHash } from './contacts.ts';
import { erasePreferences } from './preferences.ts';
import { txOf } from './transact.ts';

type Places = { readonly checkInIds: readonly string[]; readonly companyIds: readonly CompanyId[] };
type Erased = Places & { readonly isFirst: boolean };

/**
 * Removes a contact's name, title, phone and id from every table of the portal, and remembers a salted hash so that a later
 * read does not bring them back. The customer's words stay: they belong to the account, and have no name on them any more.
 * Who was merged out of several contacts is erased under every one of their ids, also where the merge was told of and not followed yet,
 * or could not be. Harmless when repeated.
 */
export async function eraseContact(scope: TenantScope, contactId: ContactId, at: Date): Promise<Erased> {
  await takeLock(scope, 'people');
  const ids = await idsOfPerson(scope, contactId);
  await lockFindings(scope, ids);
  const erased: Erased[] = [];
  for (const id of ids) erased.push(await eraseId(scope, id, at));
  return {
    checkInIds: [...new Set(erased.flatMap(({ checkInIds }) => checkInIds))],
    companyIds: [...new Set(erased.flatMap(({ companyIds }) => companyIds))],
    isFirst: erased.some(({ isFirst }) => isFirst),
  };
}

/**
 * This one, the one it became, and all that became the same, by what was followed and by the events themselves; then nothing is left
 * of their being one.
 */
async function idsOfPerson(scope: TenantScope, contactId: ContactId): Promise<readonly ContactId[]> {
  const merged = sql`merged_contacts WHERE portal_id = ${scope.portalId}::bigint`;
  const told = sql`webhook_inbox
    WHERE portal_id = ${scope.portalId}::bigint AND object_type = 'contact' AND merged_into IS NOT NULL`;
  const found = await sql<{ contactId: ContactId }>`
    WITH RECURSIVE person (contact_id) AS (
      SELECT ${contactId}::text
      UNION SELECT one.contact_id FROM person p CROSS JOIN LATERAL (
        SELECT into_contact_id AS contact_id FROM ${merged} AND contact_id = p.contact_id
        UNION ALL SELECT contact_id FROM ${merged} AND into_contact_id = p.contact_id
        UNION ALL SELECT merged_into FROM ${told} AND object_id = p.contact_id
        UNION ALL SELECT object_id FROM ${told} AND object_id IS NOT NULL AND merged_into = p.contact_id) one)
    SELECT contact_id FROM person`.execute(txOf(scope));
  const ids = found.rows.map((row) => row.contactId);
  await sql`DELETE FROM ${merged} AND (contact_id = ANY(${ids}::text[]) OR into_contact_id = ANY(${ids}::text[]))`.execute(
    txOf(scope),
  );
  return ids;
}

/** Newest first, as everybody does who writes more than one. */
async function lockFindings(scope: TenantScope, ids: readonly ContactId[]): Promise<void> {
  const names: string[] = [];
  for (const id of ids) names.push(...(await namesOf(scope, id)));
  await sql`SELECT FROM findings f
    JOIN check_ins c ON c.portal_id = f.portal_id AND c.check_in_id = f.check_in_id
    WHERE f.portal_id = ${scope.portalId}::bigint AND (f.second_contact_id = ANY(${[...ids]}::text[])
      OR EXISTS (SELECT FROM jsonb_array_elements(f.evidence) AS lines(line)
        WHERE line ->> 'contactId' = ANY(${[...ids]}::text[]) OR line ->> 'contactName' = ANY(${names}::text[])))
    ORDER BY c.seq DESC FOR UPDATE OF f`.execute(txOf(scope));
}

async function eraseId(scope: TenantScope, contactId: ContactId, at: Date): Promise<Erased> {
  const places = await placesOf(scope, contactId);
  const names = await namesOf(scope, contactId);
  const isFirst = await remember(scope, contactId, at);
  await eraseRows(scope, contactId);
  await erasePreferences(scope, contactId);
  await eraseDrafts(scope, contactId, names);
  await eraseEvidence(scope, contactId, names);
  return { ...places, isFirst };
}

/** The check-ins that name the contact, and the companies they are or were a respondent of. */
async function placesOf(scope: TenantScope, contactId: ContactId): Promise<Places> {
  const answered = await txOf(scope)
    .selectFrom('checkIns')
    .select(['checkInId', 'companyId'])
    .where('portalId', '=', scope.portalId)
    .where('respondentContactId', '=', contactId)
    .execute();
  const listed = await txOf(scope)
    .selectFrom('contacts')
    .select('companyId')
    .where('portalId', '=', scope.portalId)
    .where('contactId', '=', contactId)
    .execute();
  return {
    checkInIds: answered.map(({ checkInId }) => checkInId),
    companyIds: [...new Set([...answered, ...listed].map(({ companyId }) => companyId))],
  };
}

async function namesOf(scope: TenantScope, contactId: ContactId): Promise<readonly string[]> {
  const found = await sql<{ name: string }>`
    SELECT name FROM contacts WHERE portal_id = ${scope.portalId}::bigint AND contact_id = ${contactId}
    UNION SELECT respondent_name FROM check_ins
      WHERE portal_id = ${scope.portalId}::bigint AND respondent_contact_id = ${contactId}`.execute(
    txOf(scope),
  );
  return found.rows.map((row) => row.name).filter((name) => name !== '');
}

/** Returns false where this contact was erased before. */
async function remember(scope: TenantScope, contactId: ContactId, at: Date): Promise<boolean> {
  const added = await sql`
    INSERT INTO erasures (portal_id, contact_hash, erased_at)
    SELECT p.portal_id, ${contactHash(sql`${contactId}::text`)}, ${at}::timestamptz
    FROM portals p WHERE p.portal_id = ${scope.portalId}::bigint
    ON CONFLICT DO NOTHING`.execute(txOf(scope));
  return Number(added.numAffectedRows ?? 0) > 0;
}

async function eraseRows(scope: TenantScope, contactId: ContactId): Promise<void> {
  const tx = txOf(scope);
  const portal = scope.portalId;
  await tx.deleteFrom('contacts').where('portalId', '=', portal).where('contactId', '=', contactId).execute();
  await tx
    .updateTable('checkIns')
    .set({ respondentName: '', respondentContactId: null, heardAsContactId: null })
    .where('portalId', '=', portal)
    .where('respondentContactId', '=', contactId)
    .execute();
  await tx
    .updateTable('findings')
    .set({ secondContactId: null })
    .where('portalId', '=', portal)
    .where('secondContactId', '=', contactId)
    .execute();
  for (const table of ['touches', 'attempts'] as const) {
    await sql`UPDATE ${sql.table(table)} SET contact_id = NULL
      WHERE portal_id = ${portal}::bigint AND contact_id = ${contactId}`.execute(tx);
  }
  await sql`UPDATE webhook_inbox SET property_value = NULL
    WHERE portal_id = ${portal}::bigint AND object_id = ${contactId}`.execute(tx);
}

/** Drafts and stored replies repeat what someone typed: where they name the contact, they go. */
async function eraseDrafts(
  scope: TenantScope,
  contactId: ContactId,
  names: readonly string[],
): Promise<void> {
  const marks = [`"${contactId}"`, ...names.map((name) => JSON.stringify(name).slice(1, -1))];
  for (const mark of marks) {
    await sql`DELETE FROM drafts WHERE portal_id = ${scope.portalId}::bigint
      AND position(${mark} in draft::text) > 0`.execute(txOf(scope));
    await sql`UPDATE submissions SET reply = 'null' WHERE portal_id = ${scope.portalId}::bigint
      AND position(${mark} in reply) > 0`.execute(txOf(scope));
  }
}

/** By the id in the line; a line of an earlier version has the name alone. */
async function eraseEvidence(
  scope: TenantScope,
  contactId: ContactId,
  names: readonly string[],
): Promise<void> {
  const isTheirs = sql<boolean>`(line ->> 'contactId' = ${contactId}
    OR (NOT jsonb_exists(line, 'contactId') AND line ->> 'contactName' = ANY(${[...names]}::text[])))`;
  await sql`
    UPDATE findings SET evidence = (
      SELECT jsonb_agg(
        CASE WHEN ${isTheirs} THEN line || '{"contactId":null,"contactName":null}' ELSE line END
        ORDER BY place)
      FROM jsonb_array_elements(evidence) WITH ORDINALITY AS lines(line, place))
    WHERE portal_id = ${scope.portalId}::bigint
      AND EXISTS (SELECT FROM jsonb_array_elements(evidence) AS lines(line) WHERE ${isTheirs})`.execute(
    txOf(scope),
  );
}
