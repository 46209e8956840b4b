import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type { PortalId } from '../core/model.ts';
import { AppError } from '../errors.ts';

/** Seals values of one column of one portal. What is sealed opens nowhere else. */
export type Secrets = {
  seal(portalId: PortalId, column: string, value: Uint8Array): string;
  /** @throws AppError `not_installed` where it was sealed elsewhere, by an unknown key, or changed since */
  open(portalId: PortalId, column: string, sealed: string): Uint8Array;
  /** True where it was sealed by the current key, not by the previous one. */
  isCurrent(sealed: string): boolean;
  /** The keys that open something, the current one first: what stands in the second part of what they sealed. */
  readonly versions: readonly string[];
};

type MasterKey = { readonly version: string; readonly bytes: Uint8Array };

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const FORMAT = 'v1';

/**
 * AES-256-GCM under a key derived for each portal from the master key; portal, column and key version are authenticated.
 * @param masterKey 32 bytes, base64
 * @param previousMasterKey still opens what it sealed, during a rotation
 * @throws AppError `invalid_input` where a key is not 32 bytes of base64
 */
export function createSecrets(masterKey: string, previousMasterKey?: string): Secrets {
  const current = parseMasterKey(masterKey);
  const keys = [current, ...(previousMasterKey === undefined ? [] : [parseMasterKey(previousMasterKey)])];
  return {
    seal: (portalId, column, value) => seal(current, portalId, column, value),
    open: (portalId, column, sealed) => {
      const key = keys.find((candidate) => candidate.version === versionOf(sealed));
      if (key === undefined) throw reconnect(portalId);
      return open(key, portalId, column, sealed);
    },
    versions: keys.map(({ version }) => version),
    isCurrent: (sealed) => versionOf(sealed) === current.version,
  };
}

function parseMasterKey(text: string): MasterKey {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== KEY_BYTES) {
    throw new AppError('invalid_input', 'The master key is not 32 bytes of base64.', {
      hint: 'Make one with: openssl rand -base64 32',
    });
  }
  return { version: createHash('sha256').update('version').update(bytes).digest('hex').slice(0, 12), bytes };
}

function seal(key: MasterKey, portalId: PortalId, column: string, value: Uint8Array): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', portalKey(key, portalId), iv).setAAD(
    context(key, portalId, column),
  );
  const sealed = Buffer.concat([iv, cipher.update(value), cipher.final(), cipher.getAuthTag()]);
  return `${FORMAT}.${key.version}.${sealed.toString('base64url')}`;
}

function open(key: MasterKey, portalId: PortalId, column: string, sealed: string): Uint8Array {
  try {
    const bytes = Buffer.from(sealed.split('.')[2] ?? '', 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', portalKey(key, portalId), bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(context(key, portalId, column)).setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch (error) {
    throw reconnect(portalId, error);
  }
}

function portalKey(key: MasterKey, portalId: PortalId): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key.bytes, 'service-check-in', `portal ${portalId}`, KEY_BYTES));
}

function context(key: MasterKey, portalId: PortalId, column: string): Buffer {
  return Buffer.from(`${portalId}|${column}|${key.version}`);
}

function versionOf(sealed: string): string {
  const [format, version = ''] = sealed.split('.');
  return format === FORMAT ? version : '';
}

function reconnect(portalId: PortalId, cause?: unknown): AppError {
  return new AppError('not_installed', 'This HubSpot account must be connected again.', {
    cause,
    hint: 'Ask an admin of this HubSpot account to install the app again. Nothing that was recorded is lost.',
    safeDetails: { portalId },
  });
}
