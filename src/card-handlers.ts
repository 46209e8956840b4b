import { asCompanyId } from './core/model.ts';
import type { CardHandlers } from './http/routes.ts';
import { acknowledge } from './usecases/acknowledge.ts';
import { announce } from './usecases/announce.ts';
import { askAuditor } from './usecases/ask-auditor.ts';
import { correctCheckIn } from './usecases/correct-check-in.ts';
import { createExport } from './usecases/create-export.ts';
import { decideReply } from './usecases/decide-reply.ts';
import { getCompany } from './usecases/get-company.ts';
import { getFinding } from './usecases/get-finding.ts';
import { getHome } from './usecases/get-home.ts';
import { getProgram } from './usecases/get-program.ts';
import { getMethod } from './usecases/get-method.ts';
import { enterLeave, removeLeave } from './usecases/leave.ts';
import { openIssue } from './usecases/open-issue.ts';
import { openPattern } from './usecases/open-pattern.ts';
import type { Deps } from './usecases/ports.ts';
import { recordAttempt } from './usecases/record-attempt.ts';
import { recordCheckIn } from './usecases/record-check-in.ts';
import { replyToFinding } from './usecases/reply-to-finding.ts';
import { resolveTouch } from './usecases/resolve-touch.ts';
import { retryTouches } from './usecases/retry-touches.ts';
import { saveDraft } from './usecases/save-draft.ts';
import { saveProgram } from './usecases/save-program.ts';
import { settlePromise } from './usecases/settle-promise.ts';
import { reopenTouch, skipTouch } from './usecases/skip-touch.ts';
import { planNow, startProgram } from './usecases/start-program.ts';
import { undoCheckIn } from './usecases/undo-check-in.ts';

/** Which use case answers which endpoint. */
export function createCardHandlers(deps: Deps): CardHandlers {
  return {
    getCompany: (actor, _body, { companyId }) => getCompany(deps, actor, asCompanyId(companyId)),
    saveDraft: (actor, body, { companyId }) => saveDraft(deps, actor, asCompanyId(companyId), body),
    recordCheckIn: (actor, body) => recordCheckIn(deps, actor, body),
    undoCheckIn: (actor, body, { id }) => undoCheckIn(deps, actor, id, body),
    correctCheckIn: (actor, body, { id }) => correctCheckIn(deps, actor, id, body),
    recordAttempt: (actor, body, { id }) => recordAttempt(deps, actor, id, body),
    skipTouch: (actor, body, { id }) => skipTouch(deps, actor, id, body),
    reopenTouch: (actor, body, { id }) => reopenTouch(deps, actor, id, body),
    resolveTouch: (actor, body, { id }) => resolveTouch(deps, actor, id, body),
    retryTouches: (actor, body) => retryTouches(deps, actor, body),
    getFinding: (actor, _body, { id }) => getFinding(deps, actor, id),
    replyToFinding: (actor, body, { id }) => replyToFinding(deps, actor, id, body),
    decideFinding: (actor, body, { id }) => decideReply(deps, actor, id, body),
    askAuditor: (actor, body, { id }) => askAuditor(deps, actor, id, body),
    openIssue: (actor, body) => openIssue(deps, actor, body),
    settlePromise: (actor, body, { id }) => settlePromise(deps, actor, id, body),
    getHome: (actor) => getHome(deps, actor),
    getProgram: (actor) => getProgram(deps, actor),
    saveProgram: (actor, body) => saveProgram(deps, actor, body),
    announce: (actor, body) => announce(deps, actor, body),
    startProgram: (actor, body) => startProgram(deps, actor, body),
    planNow: (actor, body) => planNow(deps, actor, body),
    acknowledge: (actor, body) => acknowledge(deps, actor, body),
    getMethod: (actor) => getMethod(deps, actor),
    openPattern: (actor, body, { id }) => openPattern(deps, actor, id, body),
    enterLeave: (actor, body) => enterLeave(deps, actor, body),
    removeLeave: (actor, body, { id }) => removeLeave(deps, actor, id, body),
    createExport: (actor, body) => createExport(deps, actor, body),
  };
}
