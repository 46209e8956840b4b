import type { PortalId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import { PROPERTY_GROUP, propertyPath, TOUCH_KEY_PROPERTY, type ObjectTypeName } from './api-version.ts';
import { bodyOrThrow, toAppError, unreadable } from './outcome.ts';
import type { PortalClient } from './portal-client.ts';
import { propertiesSchema, propertySchema } from './schemas.ts';

type PropertyDraft = {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly type: 'date' | 'number' | 'string';
  readonly fieldType: 'date' | 'number' | 'text';
  readonly hasUniqueValue?: boolean;
};

const day = { type: 'date', fieldType: 'date' } as const;
const count = { type: 'number', fieldType: 'number' } as const;

/** Everything the product writes about a company where everyone in the account can see it. No verdict is among them. */
const COMPANY_DRAFTS: readonly PropertyDraft[] = [
  {
    name: 'sci_last_check_in',
    label: 'Last service check-in',
    description: 'Day of the last service check-in.',
    ...day,
  },
  {
    name: 'sci_next_due',
    label: 'Next service check-in due',
    description: 'Day the next service check-in is due.',
    ...day,
  },
  {
    name: 'sci_wave',
    label: 'Service check-ins so far',
    description: 'How many service check-ins took place.',
    ...count,
  },
  {
    name: 'sci_open_issues',
    label: 'Open service issues',
    description: 'Issues from check-ins that are still open.',
    ...count,
  },
  {
    name: 'sci_last_no_agenda_touch',
    label: 'Last contact without an agenda',
    description: 'Day of the last contact that sold nothing.',
    ...day,
  },
];

const TOUCH_KEY_DRAFT: PropertyDraft = {
  name: TOUCH_KEY_PROPERTY,
  label: 'Service check-in reference',
  description: 'Keeps a check-in task from being created twice. Set by Service check-in.',
  type: 'string',
  fieldType: 'text',
  hasUniqueValue: true,
};

/** Creates the group and the company properties where they are absent. Throws like `ensureProperties`. */
export async function provisionCompanyProperties(client: PortalClient, portalId: PortalId): Promise<void> {
  await ensureProperties(client, portalId, 'companies', COMPANY_DRAFTS);
}

/** True where tasks have the unique property that carries touch keys, or could be given it just now. Throws like `ensureProperties`, but for a refusal. */
export async function ensureTouchKeyProperty(client: PortalClient, portalId: PortalId): Promise<boolean> {
  try {
    await ensureProperties(client, portalId, 'tasks', [TOUCH_KEY_DRAFT]);
  } catch (error) {
    if (error instanceof AppError && error.code === 'hubspot_rejected') return false;
    throw error;
  }
  const request = {
    what: 'read property',
    method: 'GET',
    path: propertyPath('tasks', TOUCH_KEY_PROPERTY),
  } as const;
  return (await client.read(portalId, request, propertySchema)).hasUniqueValue === true;
}

/** The portal's call dispositions, id → label. Throws like `PortalClient.read`. */
export function readCallDispositions(
  client: PortalClient,
  portalId: PortalId,
): Promise<ReadonlyMap<string, string>> {
  const path = propertyPath('calls', 'hs_call_disposition');
  return readOptions(client, portalId, 'read call dispositions', path);
}

/** The lifecycle stages of the portal's companies, name → label, in HubSpot's order. Throws like `PortalClient.read`. */
export function readLifecycleStages(
  client: PortalClient,
  portalId: PortalId,
): Promise<ReadonlyMap<string, string>> {
  return readOptions(client, portalId, 'read lifecycle stages', propertyPath('companies', 'lifecyclestage'));
}

async function readOptions(
  client: PortalClient,
  portalId: PortalId,
  what: string,
  path: string,
): Promise<ReadonlyMap<string, string>> {
  const request = { what, method: 'GET', path, priority: 'run' } as const;
  const property = await client.read(portalId, request, propertySchema);
  return new Map((property.options ?? []).map((option) => [option.value, option.label]));
}

/**
 * Reads what exists and creates only the rest, so that repeating it is harmless. What was created meanwhile by someone else,
 * or by a call whose reply was lost, is found by a last read. Throws hubspot_rejected, hubspot_unavailable,
 * hubspot_throttled, outcome_unknown, not_installed.
 */
async function ensureProperties(
  client: PortalClient,
  portalId: PortalId,
  type: ObjectTypeName,
  drafts: readonly PropertyDraft[],
): Promise<void> {
  const absent = await absentFrom(client, portalId, type, drafts);
  if (absent.length === 0) return;
  await ensureGroup(client, portalId, type);
  const outcome = await client.write(portalId, {
    what: `create properties of ${type}`,
    method: 'POST',
    path: propertyPath(type, 'batch', 'create'),
    json: { inputs: absent.map((draft) => ({ ...draft, groupName: PROPERTY_GROUP })) },
  });
  const isUndecided =
    outcome.kind === 'ok' ||
    outcome.kind === 'unknown' ||
    (outcome.kind === 'rejected' && outcome.status === 409);
  if (!isUndecided) throw toAppError(outcome, `create properties of ${type}`);
  const left = await absentFrom(client, portalId, type, drafts);
  if (left.length === 0) return;
  if (outcome.kind === 'unknown') throw toAppError(outcome, `create properties of ${type}`);
  throw new AppError('hubspot_rejected', 'HubSpot did not create the app’s properties.', {
    hint: 'A HubSpot admin can look for archived properties whose names begin with sci_.',
    safeDetails: { names: left.map((draft) => draft.name).join(' ') },
  });
}

async function absentFrom(
  client: PortalClient,
  portalId: PortalId,
  type: ObjectTypeName,
  drafts: readonly PropertyDraft[],
): Promise<readonly PropertyDraft[]> {
  const what = `read properties of ${type}`;
  const outcome = await client.tryRead(portalId, { what, method: 'GET', path: propertyPath(type) });
  const parsed = propertiesSchema.safeParse(bodyOrThrow(outcome, what));
  if (!parsed.success) throw unreadable(what, 'the reply has another shape');
  const names = new Set(parsed.data.results.map((property) => property.name));
  return drafts.filter((draft) => !names.has(draft.name));
}

/** A group that is there already answers 409, which is as good as created. */
async function ensureGroup(client: PortalClient, portalId: PortalId, type: ObjectTypeName): Promise<void> {
  const outcome = await client.write(portalId, {
    what: `create property group of ${type}`,
    method: 'POST',
    path: propertyPath(type, 'groups'),
    json: { name: PROPERTY_GROUP, label: 'Service check-in' },
  });
  const isThere =
    outcome.kind === 'ok' ||
    outcome.kind === 'unknown' ||
    (outcome.kind === 'rejected' && outcome.status === 409);
  if (!isThere) throw toAppError(outcome, `create property group of ${type}`);
}
