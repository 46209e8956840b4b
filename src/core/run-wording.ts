import type { RunRest } from './cadence/run-pace.ts';

/** Why a run rests, how far it is, and who can do something about it. `left`: tasks of the quarter still to be made. */
export function restMessage(rest: RunRest, created: number, left: number): string {
  return `${why(rest)} ${created} done, ${left} to go.`;
}

function why(rest: RunRest): string {
  if (rest.why === 'refused')
    return `${refusalText(rest.refusal)} We try again every few minutes by ourselves.`;
  const tasks = rest.tasks === 1 ? 'one task' : `${rest.tasks} tasks`;
  return `HubSpot does not say what became of ${tasks}. We look for ${rest.tasks === 1 ? 'it' : 'them'} and go on by ourselves.`;
}

/** @param refusal HubSpot's status and its words for an error, such as "403 MISSING_SCOPES" */
function refusalText(refusal: string): string {
  if (refusal.includes('PROPERTY_DOESNT_EXIST'))
    return 'HubSpot refuses our tasks: their field “Service check-in reference” was deleted. An admin can restore it in HubSpot’s settings, under Properties, Archived.';
  if (refusal.includes('MISSING_SCOPES') || refusal.startsWith('403'))
    return 'HubSpot refuses our tasks: a permission was taken back. An admin can grant it again in the settings, step 5.';
  return `HubSpot refuses our tasks and says: “${refusal}”.`;
}
