import { z } from 'zod';

/**
 * Settings of the process, from the environment alone. Everything that is wrong is told at once, with the remedy.
 */
export type Config = {
  readonly isProduction: boolean;
  readonly runsWeb: boolean;
  readonly runsWorker: boolean;
  readonly port: number;
  /** The origin HubSpot calls: scheme and host, no slash at the end. */
  readonly publicBaseUrl: string;
  readonly appId: number;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly previousClientSecret: string | null;
  readonly redirectUrl: string;
  /** 32 bytes, base64. */
  readonly masterKey: string;
  readonly previousMasterKey: string | null;
  /** Nobody has the key that sealed what is stored: a start that opens nothing of it is meant. */
  readonly isMasterKeyLost: boolean;
  readonly database: { readonly url: string; readonly migrationUrl: string } | { readonly folder: string };
  readonly hubspotApiUrl: string;
  readonly hubspotAuthorizeUrl: string;
  readonly acceptRawSignedForm: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
};

const KEY_BYTES = 32;
/** HubSpot's client library needs it. */
const OLDEST_NODE = [22, 20] as const;
const HUBSPOT_API = 'https://api.hubapi.com';
const HUBSPOT_AUTHORIZE = 'https://app.hubspot.com/oauth/authorize';

const httpsOrigin = z
  .string()
  .refine(
    (value) => isOrigin(value, 'https:'),
    'must be an https origin such as https://checkin.example.com, without a path',
  );
const masterKey = z
  .string()
  .refine(
    (value) => Buffer.from(value, 'base64').length === KEY_BYTES,
    'must be 32 random bytes in base64: openssl rand -base64 32',
  )
  .refine(
    (value) => new Set(Buffer.from(value, 'base64')).size > 8,
    'must be random: openssl rand -base64 32',
  );

const environmentSchema = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
  ROLE: z.enum(['web', 'worker', 'all']).default('all'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  PUBLIC_BASE_URL: httpsOrigin,
  HUBSPOT_APP_ID: z.coerce.number().int().positive(),
  HUBSPOT_CLIENT_ID: z.string().min(1),
  HUBSPOT_CLIENT_SECRET: z
    .string()
    .trim()
    .min(16, 'must be the client secret of the app, from its Auth page'),
  HUBSPOT_CLIENT_SECRET_PREVIOUS: z.string().trim().min(16).optional(),
  OAUTH_REDIRECT_URL: z.url().optional(),
  MASTER_KEY: masterKey,
  MASTER_KEY_PREVIOUS: masterKey.optional(),
  MASTER_KEY_LOST: z.literal('yes').optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  MIGRATION_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  EMBEDDED_DATABASE_DIR: z.string().min(1).optional(),
  ALLOW_EMBEDDED_DATABASE: z.literal('yes').optional(),
  HUBSPOT_API_URL: z.string().default(HUBSPOT_API),
  HUBSPOT_AUTHORIZE_URL: z.string().default(HUBSPOT_AUTHORIZE),
  SIGNED_URI_FORM: z.enum(['decoded', 'raw']).default('decoded'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});
type Environment = z.output<typeof environmentSchema>;

/** What is known of the process beside its environment. */
type Runtime = { readonly execArgv: readonly string[]; readonly nodeVersion: string };

/**
 * Reads the settings.
 * @throws Error that lists every fault at once, one a line, each with its remedy
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  { execArgv = [], nodeVersion = process.versions.node }: Partial<Runtime> = {},
): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => faultOf(issue, given));
  const guardFaults = guard(given, { execArgv, nodeVersion });
  if (!parsed.success || guardFaults.length > 0) {
    throw new Error(
      `Service check-in cannot start:\n${[...faults, ...guardFaults].map((fault) => `  - ${fault}`).join('\n')}`,
    );
  }
  return Object.freeze(toConfig(parsed.data));
}

/** Names the setting, never its value: it may be a secret. An empty setting counts as a missing one. */
function faultOf(issue: z.core.$ZodIssue, given: Readonly<Record<string, string | undefined>>): string {
  const name = issue.path.join('.');
  return `${name}: ${given[name] === undefined ? 'is missing' : issue.message}`;
}

/** What must never reach production, and settings that only make sense together. */
function guard(
  environment: Readonly<Record<string, string | undefined>>,
  { execArgv, nodeVersion }: Runtime,
): string[] {
  const faults = isNodeTooOld(nodeVersion)
    ? [`Node ${nodeVersion}: is too old. Use Node ${OLDEST_NODE.join('.')} or newer.`]
    : [];
  const has = (name: string) => environment[name] !== undefined;
  const isProduction = (environment['NODE_ENV'] ?? 'production') === 'production';
  if (!has('DATABASE_URL') && !has('EMBEDDED_DATABASE_DIR')) {
    faults.push('DATABASE_URL: is missing. Give a Postgres address, or EMBEDDED_DATABASE_DIR for a trial.');
  }
  if (has('DATABASE_URL') && has('EMBEDDED_DATABASE_DIR')) {
    faults.push(
      'EMBEDDED_DATABASE_DIR: remove it; DATABASE_URL is set too and only one database can be used.',
    );
  }
  if (has('EMBEDDED_DATABASE_DIR') && environment['ROLE'] !== undefined && environment['ROLE'] !== 'all') {
    faults.push('ROLE: the embedded database allows one process only; remove ROLE or use Postgres.');
  }
  if (!isProduction) return faults;
  if (has('EMBEDDED_DATABASE_DIR') && environment['ALLOW_EMBEDDED_DATABASE'] !== 'yes') {
    faults.push(
      'EMBEDDED_DATABASE_DIR: not for production. Set ALLOW_EMBEDDED_DATABASE=yes to use it for a trial.',
    );
  }
  if (has('HUBSPOT_API_URL') && environment['HUBSPOT_API_URL'] !== HUBSPOT_API) {
    faults.push(`HUBSPOT_API_URL: must be ${HUBSPOT_API} in production; remove it.`);
  }
  if (has('HUBSPOT_AUTHORIZE_URL') && !isHubSpotPage(environment['HUBSPOT_AUTHORIZE_URL'] ?? '')) {
    faults.push('HUBSPOT_AUTHORIZE_URL: must be a page of app.hubspot.com in production; remove it.');
  }
  if (isReadableText(environment['MASTER_KEY'] ?? '')) {
    faults.push('MASTER_KEY: is readable text, not random bytes. Make one: openssl rand -base64 32');
  }
  if (environment['SIGNED_URI_FORM'] === 'raw')
    faults.push('SIGNED_URI_FORM: "raw" is for development; remove it.');
  for (const name of Object.keys(environment)) {
    if (name.startsWith('SANDBOX_'))
      faults.push(`${name}: settings of the sandbox are refused in production; remove it.`);
  }
  const options = [...execArgv, ...(environment['NODE_OPTIONS'] ?? '').split(/\s+/)];
  if (options.some((option) => option.startsWith('--inspect'))) {
    faults.push('--inspect: a debugger shows secrets; start without it.');
  }
  return faults;
}

/** Such as the sandbox's own key: 32 random bytes are hardly ever all printable. */
function isReadableText(base64: string): boolean {
  return base64 !== '' && Buffer.from(base64, 'base64').every((byte) => byte >= 0x20 && byte < 0x7f);
}

function isNodeTooOld(nodeVersion: string): boolean {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}

function toConfig(environment: Environment): Config {
  const { DATABASE_URL: url, EMBEDDED_DATABASE_DIR: folder = '' } = environment;
  return {
    isProduction: environment.NODE_ENV === 'production',
    runsWeb: environment.ROLE !== 'worker',
    runsWorker: environment.ROLE !== 'web',
    port: environment.PORT,
    publicBaseUrl: environment.PUBLIC_BASE_URL,
    appId: environment.HUBSPOT_APP_ID,
    clientId: environment.HUBSPOT_CLIENT_ID,
    clientSecret: environment.HUBSPOT_CLIENT_SECRET,
    previousClientSecret: environment.HUBSPOT_CLIENT_SECRET_PREVIOUS ?? null,
    redirectUrl: environment.OAUTH_REDIRECT_URL ?? `${environment.PUBLIC_BASE_URL}/oauth/callback`,
    masterKey: environment.MASTER_KEY,
    previousMasterKey: environment.MASTER_KEY_PREVIOUS ?? null,
    isMasterKeyLost: environment.MASTER_KEY_LOST === 'yes',
    database:
      url === undefined ? { folder } : { url, migrationUrl: environment.MIGRATION_DATABASE_URL ?? url },
    hubspotApiUrl: environment.HUBSPOT_API_URL,
    hubspotAuthorizeUrl: environment.HUBSPOT_AUTHORIZE_URL,
    acceptRawSignedForm: environment.SIGNED_URI_FORM === 'raw',
    logLevel: environment.LOG_LEVEL,
  };
}

function isOrigin(value: string, protocol: string): boolean {
  return URL.canParse(value) && new URL(value).protocol === protocol && new URL(value).origin === value;
}

function isHubSpotPage(value: string): boolean {
  return (
    isOrigin(value.slice(0, value.indexOf('/', 'https://'.length)), 'https:') &&
    new URL(value).host === 'app.hubspot.com'
  );
}
