import { sql } from 'kysely';
import { AppError } from '../errors.ts';
import type { Database } from './database.ts';

const OLDEST_POSTGRES = 150_000;
/** Tables that belong to no portal. Any other table without portal_id is a fault. */
const SHARED_TABLES: ReadonlySet<string> = new Set(['migrations', 'oauth_states']);
const ROLES = ['sci_app', 'sci_system'] as const;

/**
 * Checks that the database itself keeps portals apart, whatever the code above it does. On the embedded database the process
 * is the owner; there only the tables are checked.
 * @throws AppError `internal` naming every fault found
 */
export async function assertTenancy(database: Database): Promise<void> {
  const faults = [
    ...(await tableFaults(database)),
    ...(database.engine.kind === 'postgres' ? await serverFaults(database) : []),
  ];
  if (faults.length === 0) return;
  throw new AppError(
    'internal',
    `The database does not keep HubSpot accounts apart:\n- ${faults.join('\n- ')}`,
    {
      hint: 'Run the migrations as the owner, and connect as a login that owns nothing and only belongs to sci_app and sci_system.',
    },
  );
}

type TableRow = {
  readonly name: string;
  readonly hasPortal: boolean;
  readonly enabled: boolean;
  readonly forced: boolean;
  readonly policies: readonly string[] | null;
};

async function tableFaults({ kysely }: Database): Promise<readonly string[]> {
  const tables = await sql<TableRow>`
    SELECT c.relname::text AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
      EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'portal_id' AND NOT a.attisdropped)
        AS has_portal,
      (SELECT array_agg(p.policyname::text || ' ' || p.cmd || ' ' || array_to_string(p.roles, ',') || ' ' ||
          coalesce(p.qual, '') || ' / ' || coalesce(p.with_check, ''))
        FROM pg_policies p WHERE p.schemaname = current_schema() AND p.tablename = c.relname) AS policies
    FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
    ORDER BY 1`.execute(kysely);
  if (tables.rows.length === 0) return ['there are no tables: the migrations have not run'];
  return tables.rows.flatMap(faultsOf);
}

function faultsOf(table: TableRow): readonly string[] {
  if (!table.hasPortal) {
    return SHARED_TABLES.has(table.name)
      ? []
      : [`table ${table.name} has no portal_id and is not on the list of shared ones`];
  }
  const policies = table.policies ?? [];
  const isTenantPolicy = (policy: string) =>
    policy.startsWith('tenant ALL sci_app ') && policy.split('sci.portal_id').length === 3;
  const isClockPolicy = (policy: string) => policy.startsWith('clock SELECT sci_system ');
  return [
    ...(table.enabled ? [] : [`table ${table.name} has row-level security switched off`]),
    ...(table.forced ? [] : [`table ${table.name} does not force row-level security on its owner`]),
    ...(policies.some(isTenantPolicy) ? [] : [`table ${table.name} has no policy on sci.portal_id`]),
    ...policies
      .filter((policy) => !isTenantPolicy(policy) && !isClockPolicy(policy))
      .map((policy) => `table ${table.name} has a policy of unknown purpose: ${policy.split(' ')[0] ?? ''}`),
  ];
}

type ServerRow = {
  readonly version: number;
  readonly login: string;
  readonly superuser: boolean;
  readonly bypass: boolean;
  readonly owned: number;
  readonly injectable: boolean;
};

async function serverFaults(database: Database): Promise<readonly string[]> {
  const found = await sql<ServerRow>`
    SELECT current_setting('server_version_num')::integer AS version, session_user::text AS login,
      (SELECT rolsuper FROM pg_roles WHERE rolname = session_user) AS superuser,
      (SELECT rolbypassrls FROM pg_roles WHERE rolname = session_user) AS bypass,
      (SELECT count(*) FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
        AND pg_has_role(session_user, c.relowner, 'MEMBER')) AS owned,
      EXISTS (SELECT FROM pg_proc WHERE proname = 'app_now' AND prosrc LIKE '%sci.now%') AS injectable`.execute(
    database.kysely,
  );
  const server = found.rows[0];
  if (server === undefined) return ['the server does not say who we are'];
  return [
    ...(server.version >= OLDEST_POSTGRES ? [] : [`Postgres ${server.version} is older than 15`]),
    ...(server.superuser ? [`the login ${server.login} is a superuser`] : []),
    ...(server.bypass ? [`the login ${server.login} bypasses row-level security`] : []),
    ...(server.owned > 0 && !server.superuser ? [`the login ${server.login} owns tables`] : []),
    ...(server.injectable && database.clock === null
      ? ['app_now() can be set by a session: made for tests']
      : []),
    ...(await roleFaults(database, server)),
  ];
}

/** The login may become one of our roles for a transaction, but has none of their rights by itself. */
async function roleFaults({ kysely }: Database, server: ServerRow): Promise<readonly string[]> {
  const roles = await sql<{ name: string; strong: boolean; member: boolean; inherits: boolean }>`
    SELECT rolname::text AS name, rolsuper OR rolbypassrls AS strong, pg_has_role(session_user, oid, 'MEMBER') AS member,
      pg_has_role(session_user, oid, 'USAGE') AS inherits
    FROM pg_roles WHERE rolname = ANY(${[...ROLES]}::text[])`.execute(kysely);
  return ROLES.flatMap((name) => {
    const role = roles.rows.find((row) => row.name === name);
    if (role === undefined) return [`the role ${name} does not exist`];
    return [
      ...(role.strong ? [`the role ${name} is a superuser or bypasses row-level security`] : []),
      ...(role.member ? [] : [`the login ${server.login} does not belong to ${name}`]),
      ...(role.inherits && !server.superuser
        ? [`the login ${server.login} inherits ${name}: make it NOINHERIT`]
        : []),
    ];
  });
}
