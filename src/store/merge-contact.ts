import { sql } from 'kysely';
import type { CompanyId, ContactId } from '../core/model.ts';
import type { TenantScope } from '../usecases/records.ts';
import type { CompanyStore } from '../usecases/store-port.ts';
import { shareLock, takeLock } from './account-lock.ts';
import { contactHash } from './contacts.ts';
import { mergePreferences } from './preferences.ts';
import { txOf } from './transact.ts';

type Ids = { readonly contactId: string; readonly intoContactId: ContactId | null };

export const mergedContactMethods: Pick<
  CompanyStore,
  'mergeContact' | 'knownContacts' | 'companiesOfContacts' | 'contactsNow' | 'holdPeople' | 'lockPeople'
> = {
  mergeContact,
  holdPeople: (scope) => shareLock(scope, 'people'),
  lockPeople: (scope) => takeLock(scope, 'people'),
  companiesOfContacts: async (scope, contactIds) => {
    const ids = sql`ANY(${[...contactIds]}::text[])`;
    const portal = sql`portal_id = ${scope.portalId}::bigint`;
    const found = await sql<{ companyId: CompanyId }>`
      SELECT company_id FROM contacts WHERE ${portal} AND contact_id = ${ids}
      UNION SELECT company_id FROM check_ins WHERE ${portal} AND respondent_contact_id = ${ids}
      UNION SELECT company_id FROM findings WHERE ${portal} AND second_contact_id = ${ids}
      ORDER BY 1`.execute(txOf(scope));
    return found.rows.map(({ companyId }) => companyId);
  },
  knownContacts: async (scope, contactIds) => {
    if (contactIds.length === 0) return new Set();
    const ids = sql`ANY(${[...contactIds]}::text[])`;
    const portal = sql`portal_id = ${scope.portalId}::bigint`;
    const found = await sql<{ contactId: ContactId }>`
      SELECT contact_id FROM contacts WHERE ${portal} AND contact_id = ${ids}
      UNION SELECT respondent_contact_id FROM check_ins WHERE ${portal} AND respondent_contact_id = ${ids}
      UNION SELECT contact_id FROM preferences WHERE ${portal} AND contact_id = ${ids}
      UNION SELECT talk_to_contact_id FROM preferences WHERE ${portal} AND talk_to_contact_id = ${ids}`.execute(
      txOf(scope),
    );
    return new Set(found.rows.map(({ contactId }) => contactId));
  },
  contactsNow: async (scope, contactIds) => {
    if (contactIds.length === 0) return new Map();
    await shareLock(scope, 'people');
    const found = await sql<Ids>`
      SELECT asked.contact_id, CASE WHEN e.contact_hash IS NULL THEN m.into_contact_id END AS into_contact_id
      FROM unnest(${[...contactIds]}::text[]) AS asked(contact_id)
      LEFT JOIN merged_contacts m ON m.portal_id = ${scope.portalId}::bigint AND m.contact_id = asked.contact_id
      LEFT JOIN erasures e ON e.portal_id = ${scope.portalId}::bigint
        AND e.contact_hash = ${contactHash(sql`asked.contact_id`)}
      WHERE m.contact_id IS NOT NULL OR e.contact_hash IS NOT NULL`.execute(txOf(scope));
    return new Map(found.rows.map(({ contactId, intoContactId }) => [contactId, intoContactId]));
  },
};

async function mergeContact(scope: TenantScope, from: ContactId, into: ContactId): Promise<void> {
  await remember(scope, from, into);
  await moveAnswers(scope, from, into);
  await moveContacts(scope, from, into);
  await mergePreferences(scope, from, into);
}

/** What was merged before into the one that is gone now leads to the one that stays, too. */
async function remember(scope: TenantScope, from: ContactId, into: ContactId): Promise<void> {
  const tx = txOf(scope);
  await sql`DELETE FROM merged_contacts WHERE portal_id = ${scope.portalId}::bigint AND contact_id = ${into}`.execute(
    tx,
  );
  await sql`UPDATE merged_contacts SET into_contact_id = ${into}
    WHERE portal_id = ${scope.portalId}::bigint AND into_contact_id = ${from}`.execute(tx);
  await sql`INSERT INTO merged_contacts (portal_id, contact_id, into_contact_id)
    VALUES (${scope.portalId}::bigint, ${from}, ${into})
    ON CONFLICT (portal_id, contact_id) DO UPDATE SET into_contact_id = ${into}`.execute(tx);
}

async function moveAnswers(scope: TenantScope, from: ContactId, into: ContactId): Promise<void> {
  const tx = txOf(scope);
  await sql`UPDATE check_ins
    SET heard_as_contact_id = coalesce(heard_as_contact_id, respondent_contact_id), respondent_contact_id = ${into}
    WHERE portal_id = ${scope.portalId}::bigint AND respondent_contact_id = ${from}`.execute(tx);
  // Whose log nobody has read yet: the one that stays may stand in it with the touches of the one that went.
  await sql`UPDATE check_ins c SET heard_as_contact_id = c.respondent_contact_id
    WHERE c.portal_id = ${scope.portalId}::bigint AND c.respondent_contact_id = ${into} AND c.heard_as_contact_id IS NULL
      AND EXISTS (SELECT FROM findings f
        WHERE f.portal_id = c.portal_id AND f.check_in_id = c.check_in_id AND f.result IS NULL)`.execute(tx);
  // Nobody is to be asked a second time as somebody else.
  await sql`UPDATE findings f
    SET second_contact_id = CASE WHEN c.respondent_contact_id = ${into} THEN NULL ELSE ${into} END
    FROM check_ins c
    WHERE f.portal_id = ${scope.portalId}::bigint AND c.portal_id = f.portal_id AND c.check_in_id = f.check_in_id
      AND (f.second_contact_id = ${from} OR (f.second_contact_id = ${into} AND c.respondent_contact_id = ${into}))`.execute(
    tx,
  );
}

/** Until its company's contacts are read again, the one that stays has the name of the one that went. */
async function moveContacts(scope: TenantScope, from: ContactId, into: ContactId): Promise<void> {
  const tx = txOf(scope);
  // A touch names nobody: whom to ask is chosen when its task is made.
  await sql`UPDATE attempts SET contact_id = ${into}
    WHERE portal_id = ${scope.portalId}::bigint AND contact_id = ${from}`.execute(tx);
  await sql`DELETE FROM contacts c
    WHERE c.portal_id = ${scope.portalId}::bigint AND c.contact_id = ${from}
      AND EXISTS (SELECT FROM contacts o
        WHERE o.portal_id = c.portal_id AND o.company_id = c.company_id AND o.contact_id = ${into})`.execute(
    tx,
  );
  await sql`UPDATE contacts SET contact_id = ${into}
    WHERE portal_id = ${scope.portalId}::bigint AND contact_id = ${from}`.execute(tx);
}
