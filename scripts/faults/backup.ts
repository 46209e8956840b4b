import type { World } from './world.ts';

/** Where the copy of what one account had at one instant lies. */
export type Backup = { readonly schema: string };

/** Copies every row of the account, as of one instant. */
export async function takeBackup(world: World, portalId: number): Promise<Backup> {
  const schema = `backup_${portalId}`;
  const tables = await tenantTables(world);
  const client = await world.owner.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await client.query(`CREATE SCHEMA ${schema}`);
    for (const { name } of tables) {
      await client.query(
        `CREATE TABLE ${schema}.${name} AS SELECT * FROM ${name} WHERE portal_id = ${portalId}`,
      );
    }
    await client.query('COMMIT');
  } finally {
    client.release();
  }
  return { schema };
}

/** Throws away what the account has and brings back the backup, as a restored database would. */
export async function restoreBackup(world: World, portalId: number, { schema }: Backup): Promise<void> {
  const tables = await tenantTables(world);
  const client = await world.owner.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT forget_portal($1)', [portalId]);
    // Rows come back as they were: no trigger, no order of foreign keys.
    await client.query('SET LOCAL session_replication_role = replica');
    for (const { name, columns } of tables) {
      await client.query(
        `INSERT INTO ${name} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM ${schema}.${name}`,
      );
    }
    await client.query(`DROP SCHEMA ${schema} CASCADE`);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

type TenantTable = { readonly name: string; readonly columns: string };

/** Every table with rows of accounts, and its columns that can be written. */
export async function tenantTables(world: Pick<World, 'owner'>): Promise<readonly TenantTable[]> {
  const { rows } = await world.owner.query<TenantTable>(
    `SELECT quote_ident(c.relname) AS name,
            string_agg(quote_ident(a.attname), ', ') FILTER (WHERE a.attgenerated = '') AS columns
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
      GROUP BY c.oid, c.relname HAVING bool_or(a.attname = 'portal_id')`,
  );
  return rows;
}
