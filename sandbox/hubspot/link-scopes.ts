import type { ApiCall } from './api-route.ts';
import { OBJECT_TYPES, findAssociationType } from './object-types.ts';
import { recordScopes } from './scopes.ts';
import type { AssociationInput } from './association-plans.ts';

/** The scopes for the records that a new record is to be linked to. Throws 403 MISSING_SCOPES. */
export function requireLinkScopes(
  call: ApiCall,
  from: string,
  associations: readonly AssociationInput[],
): void {
  const targets = new Set(
    associations.flatMap((association) =>
      association.types.flatMap((type) => targetsOf(from, type.associationTypeId)),
    ),
  );
  const access = call.portal.settings.linkNeedsWrite ? 'write' : 'read';
  for (const target of targets) call.require(recordScopes(target, access));
}

function targetsOf(from: string, typeId: number): string[] {
  return OBJECT_TYPES.filter((type) => findAssociationType(from, type.name, typeId) !== undefined).map(
    (type) => type.name,
  );
}
