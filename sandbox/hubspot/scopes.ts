import { HubSpotError } from './errors.ts';
import type { PortalState } from './model.ts';

/** Groups of scopes: one scope of each group must be granted. */
type ScopeGroups = readonly (readonly string[])[];

const OWN_SCOPES: Readonly<Record<string, { read: ScopeGroups; write: ScopeGroups }>> = {
  contacts: readWrite('crm.objects.contacts'),
  companies: readWrite('crm.objects.companies'),
  deals: readWrite('crm.objects.deals'),
  quotes: readWrite('crm.objects.quotes'),
  tickets: {
    read: [['tickets', 'crm.objects.tickets.read']],
    write: [['tickets', 'crm.objects.tickets.write']],
  },
};

function readWrite(prefix: string): { read: ScopeGroups; write: ScopeGroups } {
  return { read: [[`${prefix}.read`]], write: [[`${prefix}.write`]] };
}

/** Scopes for a type's records. Activities follow contacts; emails need sales-email-read besides (API specification). */
export function recordScopes(type: string, access: 'read' | 'write'): ScopeGroups {
  const own = OWN_SCOPES[type];
  if (own !== undefined) return own[access];
  const contacts = readWrite('crm.objects.contacts')[access];
  return type === 'emails' ? [...contacts, ['sales-email-read']] : contacts;
}

/** Scopes for a type's property definitions. */
export function schemaScopes(type: string, access: 'read' | 'write'): ScopeGroups {
  const schemaType = type in OWN_SCOPES ? type : 'contacts';
  const records = recordScopes(type in OWN_SCOPES ? type : 'contacts', access).flat();
  const ownSchema = `crm.schemas.${schemaType}.${access}`;
  if (access === 'read') return [[ownSchema, ...records]];
  // The specification lists no schema scope for activities: the record scope opens them.
  return type in OWN_SCOPES ? [[ownSchema]] : [[ownSchema, ...records]];
}

/** Throws 403 MISSING_SCOPES, naming scopes of which any one would do, unless every group has a granted scope. */
export function requireScopes(portal: PortalState, granted: readonly string[], groups: ScopeGroups): void {
  const effective = new Set(granted.filter((scope) => !portal.settings.removeScopes.includes(scope)));
  const missing = groups.find((group) => !group.some((scope) => effective.has(scope)));
  if (missing === undefined) return;
  throw new HubSpotError(
    403,
    "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
    {
      category: 'MISSING_SCOPES',
      errors: [
        {
          message: 'One or more of the following scopes are required.',
          context: { requiredGranularScopes: missing },
        },
      ],
      extra: { links: { scopes: 'https://developers.hubspot.com/scopes' } },
    },
  );
}
