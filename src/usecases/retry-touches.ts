import { localDayOf } from '../core/cadence/calendar.ts';
import { retriedText } from '../core/wording.ts';
import type { UserId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import { loadPerson, type Person, type PortalContext } from './person.ts';
import type { Deps, UserActor } from './ports.ts';
import { UNKNOWN_OUTCOME, type TenantScope } from './records.ts';
import { submit } from './submit.ts';

/** Reasons that say nothing about the one customer: an outage, or something that HubSpot refuses to all. */
const RETRIED = [UNKNOWN_OUTCOME, 'rejected'] as const;
export type RetriedKind = (typeof RETRIED)[number];
/** One alone has its own buttons. */
const FEWEST = 2;

/** Whose parked touches a person decides about: null for an admin's, which are all. */
export function decidesFor({ roles, userId }: Person): UserId | null {
  return roles.has('admin') ? null : userId;
}

/** What may be tried again all at once, of these counts by kind: nothing where only a person can rule out a second task. */
export function retriesOf(context: PortalContext, parked: ReadonlyMap<string, number>) {
  return RETRIED.filter((kind) => isRefusedTwice(context, kind))
    .map((kind) => ({ kind, tasks: parked.get(kind) ?? 0 }))
    .filter(({ tasks }) => tasks >= FEWEST);
}

/**
 * Whether HubSpot would refuse a second task of each that is parked for this reason. Not of one that may have landed before keys were
 * unique there, or before their field was made anew: such tasks may be among those of the quarter in which that was.
 */
function isRefusedTwice({ portal, cycle }: PortalContext, kind: RetriedKind): boolean {
  const { taskKeyMode, keyProbedAt, timeZone } = portal;
  if (taskKeyMode !== 'unique') return false;
  return kind === 'rejected' || keyProbedAt === null || localDayOf(keyProbedAt, timeZone) < cycle.startsOn;
}

/**
 * "Try all again": plans all parked touches of one reason anew, those of the actor's customers or, for an admin, of all. Each goes
 * out under its old key, which HubSpot refuses twice.
 * @throws forbidden; conflict where no unique key guards them: each needs a look of its own then
 */
export async function retryTouches(
  deps: Deps,
  actor: UserActor,
  input: { readonly submissionId: string; readonly kind: RetriedKind },
) {
  const what = { action: 'retryTouches', subject: input.kind };
  const reply = await submit(deps, actor, what, input, async (scope) => {
    const person = await loadPerson(deps, scope, actor);
    return { planned: await planAll(deps, scope, person, input.kind) };
  });
  await deps.queue.wake('releaseTouches', actor.portalId);
  return { ...reply, message: retriedText(reply.planned) };
}

function planAll(deps: Deps, scope: TenantScope, person: Person, kind: RetriedKind): Promise<number> {
  if (!person.roles.has('admin') && !person.roles.has('manager'))
    throw new AppError('forbidden', 'Only managers and admins can decide about tasks.');
  if (!isRefusedTwice(person, kind)) {
    throw new AppError('conflict', 'In this account each of these tasks needs a look of its own.', {
      hint: 'Please look at the tasks of each customer first.',
    });
  }
  return deps.store.touches.planParked(scope, kind, decidesFor(person));
}
