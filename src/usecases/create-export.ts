import { isApart } from '../core/feedback/roles.ts';
import { AppError } from '../errors.ts';
import type { ExportKind } from '../core/model.ts';
import { loadPerson, type Person } from './person.ts';
import type { Deps, UserActor } from './ports.ts';
import type { TenantScope } from './records.ts';
import { submit } from './submit.ts';

const LINK_MS = 300_000;

export type ExportInput = { readonly submissionId: string; readonly kind: ExportKind };

/**
 * Makes a link to an export: it works once, for five minutes. Findings are for the auditor alone, who is nobody's manager, rep or
 * admin; the rules are for the admin too.
 * @throws forbidden, not_installed
 */
export async function createExport(deps: Deps, actor: UserActor, input: ExportInput) {
  const made = await submit(
    deps,
    actor,
    { action: 'createExport', subject: input.kind },
    input,
    async (scope) => {
      const person = await loadPerson(deps, scope, actor);
      if (!exportsFor(person).includes(input.kind)) throw refusal(person);
      const secret = await secretOf(deps, scope, actor, input);
      const expiresAt = new Date(person.now.getTime() + LINK_MS);
      await deps.store.exports.add(scope, {
        exportId: deps.ids.uuid(),
        tokenHash: deps.ids.sha256(secret),
        kind: input.kind,
        requestedBy: actor.userId,
        expiresAt,
      });
      return { expiresAt: expiresAt.toISOString() };
    },
  );
  const secret = await deps.store.inTenant(actor.portalId, (scope) => secretOf(deps, scope, actor, input));
  return { path: `/exports/${actor.portalId}.${secret}`, ...made };
}

/** Made anew from the submission each time: the stored reply, like the stored link, does not hold it. */
async function secretOf(
  deps: Deps,
  scope: TenantScope,
  { userId }: UserActor,
  { submissionId }: ExportInput,
): Promise<string> {
  const key = await deps.store.portals.touchKeySecret(scope);
  return Buffer.from(deps.ids.hmac(key, `export:${userId}:${submissionId}`)).toString('hex');
}

/** What a person may take out: the rules as admin or auditor, findings as an auditor who is nobody's manager, rep or admin. */
export function exportsFor({ roles, settings, userId }: Person): ExportKind[] {
  const isNamed = settings.auditorUserId === userId;
  const isAuditor = isNamed && isApart(roles);
  return [
    ...(isAuditor ? ['findings' as const] : []),
    ...(isAuditor || roles.has('admin') ? ['program' as const] : []),
  ];
}

function refusal({ settings }: Person): AppError {
  if (settings.auditorUserId === null) {
    return new AppError('forbidden', 'Nobody is named as auditor, so this stays closed.', {
      hint: 'An admin can name an auditor in the settings.',
    });
  }
  return new AppError('forbidden', 'This export is for the auditor, who is nobody’s manager, rep or admin.', {
    hint: 'Ask the auditor named in the settings.',
  });
}
