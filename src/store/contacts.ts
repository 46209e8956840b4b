import { sql } from 'kysely';
import type { CompanyId } from '../core/model.ts';
import type { ContactRecord } from '../usecases/hubspot-port.ts';
import type { StoredContact } from '../usecases/kudos-port.ts';
import type { TenantScope } from '../usecases/records.ts';
import type { CompanyStore } from '../usecases/store-port.ts';
import { shareLock } from './account-lock.ts';
import { slices, toJson } from './json.ts';
import { txOf } from './transact.ts';

/** The hash under which an erased contact is remembered, so that an older event does not bring it back. */
export const contactHash = (contactId: ReturnType<typeof sql>) => sql<string>`
  encode(sha256(convert_to((SELECT erasure_salt::text FROM portals
    WHERE portal_id = NULLIF(current_setting('sci.portal_id', true), '')::bigint) || ':' || ${contactId}, 'UTF8')), 'hex')`;

export const contactMethods: Pick<
  CompanyStore,
  | 'replaceContacts'
  | 'contacts'
  | 'contactsOf'
  | 'wantContacts'
  | 'wantContactsOf'
  | 'wantContactsAtOnce'
  | 'wantStaleContacts'
  | 'wantingContacts'
> = {
  replaceContacts: async (scope, contacts, readAt) => {
    await shareLock(scope, 'people');
    for (const companyIds of slices([...contacts.keys()])) {
      await clearContacts(scope, companyIds, readAt);
      const rows = companyIds.flatMap((companyId) => rowsOf(companyId, contacts.get(companyId) ?? []));
      for (const slice of slices(rows)) await insertContacts(scope, slice);
    }
  },
  contacts: async (scope, companyId) => (await stored(scope, [companyId])).get(companyId) ?? [],
  contactsOf: stored,
  wantContacts: async (scope, companyId, at) => {
    const rows = txOf(scope)
      .updateTable('companies')
      .set({ wakeAt: at })
      .where('portalId', '=', scope.portalId);
    const isLater = sql<boolean>`(wake_at IS NULL OR wake_at > ${at}::timestamptz)`;
    const asked = await rows.where('companyId', '=', companyId).where(isLater).executeTakeFirst();
    return asked.numUpdatedRows > 0n;
  },
  wantContactsOf: async (scope, companyIds, at) => {
    if (companyIds.length === 0) return;
    const rows = txOf(scope)
      .updateTable('companies')
      .set({ wakeAt: at })
      .where('portalId', '=', scope.portalId)
      .where(sql<boolean>`company_id = ANY(${[...companyIds]}::text[])`);
    await rows.where('contactsReadAt', 'is', null).where('wakeAt', 'is', null).execute();
  },
  wantContactsAtOnce: async (scope, at) => {
    const rows = txOf(scope)
      .updateTable('companies')
      .set({ wakeAt: at })
      .where('portalId', '=', scope.portalId);
    await rows.where('contactsReadAt', 'is', null).where('wakeAt', '>', at).execute();
  },
  wantStaleContacts: async (scope, { cycle, readBefore, dueBy, at }) => {
    await sql`
      UPDATE companies c SET wake_at = ${at}::timestamptz
      WHERE c.portal_id = ${scope.portalId}::bigint AND c.wake_at IS NULL
        AND c.contacts_read_at < ${readBefore}::timestamptz
        AND c.company_id IN (SELECT t.company_id FROM touches t
          WHERE t.portal_id = ${scope.portalId}::bigint AND t.cycle = ${cycle} AND t.state IN ('planned', 'created')
            AND t.due_on <= ${dueBy}::date)`.execute(txOf(scope));
  },
  wantingContacts: async (scope, now, limit) => {
    const rows = await txOf(scope)
      .selectFrom('companies')
      .select('companyId')
      .where('portalId', '=', scope.portalId)
      .where('wakeAt', '<=', now)
      .orderBy('wakeAt')
      .orderBy('companyId')
      .limit(limit)
      .execute();
    return rows.map((row) => row.companyId);
  },
};

/** With what each wishes about being asked, and whether they turned out to be the wrong person. */
async function stored(
  scope: TenantScope,
  companyIds: readonly CompanyId[],
): Promise<ReadonlyMap<CompanyId, readonly StoredContact[]>> {
  const found = await contactsAt(scope, sql`c.company_id = ANY(${[...companyIds]}::text[])`).execute(
    txOf(scope),
  );
  const byCompany = new Map<CompanyId, StoredContact[]>();
  for (const { companyId, ...contact } of found.rows)
    byCompany.set(companyId, [...(byCompany.get(companyId) ?? []), contact]);
  return byCompany;
}

export function contactsAt(scope: TenantScope, where: ReturnType<typeof sql>) {
  return sql<StoredContact & { readonly companyId: CompanyId }>`
    SELECT c.company_id, c.contact_id, c.name, c.job_title, c.phone, c.time_zone,
      CASE WHEN p.contact_id IS NOT NULL THEN jsonb_build_object('talkToContactId', p.talk_to_contact_id, 'half', p.half,
        'weekdays', p.weekdays, 'channel', p.channel, 'doNotCall', p.do_not_call) END AS preference,
      EXISTS (SELECT FROM touches t JOIN attempts a ON a.portal_id = t.portal_id AND a.touch_id = t.touch_id
        WHERE t.portal_id = c.portal_id AND t.company_id = c.company_id AND a.contact_id = c.contact_id
          AND t.state IN ('planned', 'sending', 'created', 'parked') AND a.outcome = 'wrongPerson') AS is_wrong_person
    FROM contacts c LEFT JOIN preferences p ON p.portal_id = c.portal_id AND p.contact_id = c.contact_id
    WHERE c.portal_id = ${scope.portalId}::bigint AND ${where}
    ORDER BY c.contact_id`;
}

type ContactOfCompany = ContactRecord & { readonly companyId: CompanyId };

function rowsOf(companyId: CompanyId, contacts: readonly ContactRecord[]): readonly ContactOfCompany[] {
  const unique = new Map(contacts.map((contact) => [contact.contactId, contact]));
  return [...unique.values()].map((contact) => ({ ...contact, companyId }));
}

async function clearContacts(
  scope: TenantScope,
  companyIds: readonly CompanyId[],
  readAt: Date,
): Promise<void> {
  const wanted = sql<boolean>`company_id = ANY(${[...companyIds]}::text[])`;
  const tx = txOf(scope);
  await tx.deleteFrom('contacts').where('portalId', '=', scope.portalId).where(wanted).execute();
  await tx
    .updateTable('companies')
    .set({ contactsReadAt: readAt, wakeAt: null })
    .where('portalId', '=', scope.portalId)
    .where(wanted)
    .execute();
}

async function insertContacts(scope: TenantScope, rows: readonly ContactOfCompany[]): Promise<void> {
  await sql`
    INSERT INTO contacts (portal_id, company_id, contact_id, name, job_title, phone, time_zone)
    SELECT ${scope.portalId}::bigint, r."companyId", r."contactId", r.name, r."jobTitle", r.phone, r."timeZone"
    FROM jsonb_to_recordset(${toJson(rows)}::jsonb) AS r("companyId" text, "contactId" text, name text, "jobTitle" text,
      phone text, "timeZone" text)
    WHERE NOT EXISTS (SELECT FROM erasures e WHERE e.portal_id = ${scope.portalId}::bigint
      AND e.contact_hash = ${contactHash(sql`r."contactId"`)})`.execute(txOf(scope));
}
