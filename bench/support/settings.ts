import { SANDBOX_APP_ID, SANDBOX_CLIENT_ID, SANDBOX_CLIENT_SECRET, sandboxApp } from '../../sandbox/app.ts';
import type { BenchDatabase } from './databases.ts';

/** Opens nothing but the tokens of a bench. */
const BENCH_MASTER_KEY = Buffer.from(
  Array.from({ length: 32 }, (_, place) => (place * 37 + 11) % 256),
).toString('base64');

export type BackendRole = 'web' | 'worker' | 'all';

/** The environment of a backend that talks to the local HubSpot, as its process reads it. */
export function backendEnvironment(options: {
  readonly hubspotUrl: string;
  readonly database: BenchDatabase;
  readonly role: BackendRole;
  readonly port?: number;
}): Record<string, string> {
  const { hubspotUrl, database, role, port = 0 } = options;
  return {
    NODE_ENV: 'development',
    PORT: String(port),
    PUBLIC_BASE_URL: sandboxApp('').publicBaseUrl,
    HUBSPOT_APP_ID: String(SANDBOX_APP_ID),
    HUBSPOT_CLIENT_ID: SANDBOX_CLIENT_ID,
    HUBSPOT_CLIENT_SECRET: SANDBOX_CLIENT_SECRET,
    OAUTH_REDIRECT_URL: 'http://localhost:3000/oauth/callback',
    MASTER_KEY: BENCH_MASTER_KEY,
    HUBSPOT_API_URL: hubspotUrl,
    HUBSPOT_AUTHORIZE_URL: `${hubspotUrl}/oauth/authorize`,
    LOG_LEVEL: 'warn',
    // The embedded database allows one process, whose role is both.
    ...(database.kind === 'embedded'
      ? { EMBEDDED_DATABASE_DIR: database.folder }
      : { ROLE: role, DATABASE_URL: database.url, MIGRATION_DATABASE_URL: database.ownerUrl }),
  };
}
