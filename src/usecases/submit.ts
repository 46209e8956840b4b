import { canonicalJson } from '../core/comparison/canonical.ts';
import type { Deps, UserActor } from './ports.ts';
import type { TenantScope } from './records.ts';

type Submission = { readonly submissionId: string };

/**
 * The frame of every write of a person: one transaction, done once for its client-made id, with one audit row.
 * HubSpot's proxy repeats a failed POST, so the same id again gets the stored reply.
 * @param action audited name of what is done
 * @param subject id it is done to
 * @throws conflict where the id was used with another body or by somebody else
 */
export async function submit<Reply>(
  deps: Deps,
  actor: UserActor,
  what: { readonly action: string; readonly subject: string },
  input: Submission,
  work: (scope: TenantScope) => Promise<Reply>,
): Promise<Reply> {
  const bodyHash = deps.ids.sha256(canonicalJson({ action: what.action, subject: what.subject, input }));
  return deps.store.inTenant(actor.portalId, (scope) =>
    deps.store.submissions.once(
      scope,
      { submissionId: input.submissionId, authorUserId: actor.userId, bodyHash, at: deps.clock.now() },
      async () => {
        // What is read from here on, and kept with the reply, may name people: nobody of them is erased before it is stored.
        await deps.store.companies.holdPeople(scope);
        const reply = await work(scope);
        await deps.store.audit.append(scope, {
          at: deps.clock.now(),
          actor: `user:${actor.userId}`,
          action: what.action,
          subject: what.subject,
          outcome: 'done',
          requestId: actor.requestId,
        });
        return reply;
      },
    ),
  );
}
