import { asCompanyId, asPortalId, asUserId } from '../src/core/model.ts';
import { announcementText } from '../src/core/wording.ts';
import { acknowledge } from '../src/usecases/acknowledge.ts';
import { announce } from '../src/usecases/announce.ts';
import { DEFAULT_SETTINGS } from '../src/usecases/person.ts';
import type { Deps, UserActor } from '../src/usecases/ports.ts';
import { recordCheckIn } from '../src/usecases/record-check-in.ts';
import { saveProgram } from '../src/usecases/save-program.ts';
import { startProgram } from '../src/usecases/start-program.ts';
import { openIssue } from '../src/usecases/open-issue.ts';
import { settlePromise } from '../src/usecases/settle-promise.ts';
import { installApp } from './install-app.ts';
import type { PortalDocument } from './portal-document.ts';
import type { SeededPortal } from './portals/portal-truth.ts';
import type { Sandbox } from './sandbox.ts';
import { earlierAnswers } from './portals/earlier-answers.ts';

const DAY_MS = 86_400_000;
const ANNOUNCED_DAYS_AGO = 120;
const ACKNOWLEDGED_DAYS_AGO = 118;

/**
 * Makes a seeded portal one that has used the product for a while: installed through OAuth, the reps told and confirmed four
 * months ago, some answers from last quarter, and the program started today. Each step is the product's own use case, with
 * the clock of its day. Steps have fixed submission ids: a start that was cut off repeats them without doing anything twice.
 * @param now the seeded portal's own present
 */
export async function seedProgram(sandbox: Sandbox, seeded: SeededPortal, now: Date): Promise<void> {
  const { document: portal } = seeded;
  const installer = installerOf(portal);
  await installApp({ backendUrl: sandbox.backend.url, portalId: portal.portalId, userId: installer });
  await sandbox.settle();
  const { deps } = sandbox.backend;
  const actorOf = (userId: number): UserActor => ({
    type: 'user',
    portalId: asPortalId(portal.portalId),
    userId: asUserId(userId),
    requestId: 'seed',
  });
  const admin = actorOf(installer);
  const ago = (days: number) => daysAgo(deps, now, days);
  const step = (name: string) => ({ submissionId: stepId(deps, portal.portalId, name) });

  const told = ago(ANNOUNCED_DAYS_AGO);
  await saveProgram(told, admin, {
    ...step('settings'),
    expectedVersion: 1,
    settings: { ...DEFAULT_SETTINGS, openness: 'listenAndCompare', checkInsPerWeek: 60 },
  });
  const startsOn = told.clock.now().toISOString().slice(0, 10);
  const text = announcementText('today', DEFAULT_SETTINGS.replyWindowBusinessDays);
  await announce(told, admin, { ...step('announce'), startsOn, text });
  for (const owner of portal.owners) {
    if (owner.archived || owner.userId === null) continue;
    await acknowledge(ago(ACKNOWLEDGED_DAYS_AGO), actorOf(owner.userId), step(`acknowledge ${owner.id}`));
  }
  for (const answer of earlierAnswers(seeded)) {
    const then = ago(answer.daysAgo);
    const { saved } = await recordCheckIn(then, admin, {
      ...step(`answer ${answer.companyId}`),
      companyId: answer.companyId,
      respondent: { contactId: answer.contactId, name: answer.name },
      words: answer.words,
      liked: answer.liked,
      inConfidence: null,
      happenedOn: then.clock.now().toISOString().slice(0, 10),
      channel: 'phone',
      recall: null,
    });
    if (answer.promise === null) continue;
    const opened = await openIssue(then, admin, {
      ...step(`issue ${answer.companyId}`),
      companyId: asCompanyId(answer.companyId),
      checkInId: saved.checkInId,
      title: answer.promise,
      promise: { what: answer.promise, ownerId: null, dueOn: dayOf(then, 10) },
    });
    if (opened.promise !== null) {
      await settlePromise(ago(answer.daysAgo - 9), admin, opened.promise.promiseId, {
        ...step(`kept ${answer.companyId}`),
        outcome: 'kept',
      });
    }
  }
  await startProgram(deps, admin, step('start'));
  await sandbox.settle();
}

/** The same parts, a while ago. Nothing is woken by them: the work waits for *Start*. */
function daysAgo(deps: Deps, now: Date, days: number): Deps {
  const then = new Date(now.getTime() - days * DAY_MS);
  return { ...deps, clock: { now: () => then } };
}

/** A UUID that is the same for the same step of the same portal. */
function stepId(deps: Deps, portalId: number, name: string): string {
  const hex = deps.ids.sha256(`${portalId} ${name}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function dayOf(deps: Deps, inDays: number): string {
  return new Date(deps.clock.now().getTime() + inDays * DAY_MS).toISOString().slice(0, 10);
}

export function installerOf(portal: Pick<PortalDocument, 'owners'>): number {
  const installer = portal.owners.find(({ superAdmin, userId }) => superAdmin && userId !== null);
  if (installer?.userId == null) throw new Error('A seeded portal needs a super admin who installs the app.');
  return installer.userId;
}
