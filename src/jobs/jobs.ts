import type { PortalId } from '../core/model.ts';
import { closeCycle } from '../usecases/close-cycle.ts';
import { compareCheckIns } from '../usecases/compare-check-ins.ts';
import { deliverOutbox } from '../usecases/deliver-outbox.ts';
import { planCycle } from '../usecases/plan-cycle.ts';
import type { Deps } from '../usecases/ports.ts';
import { processInbox } from '../usecases/process-inbox.ts';
import { readContacts } from '../usecases/read-contacts.ts';
import type { JobName } from '../usecases/records.ts';
import { refreshPortal } from '../usecases/refresh-portal.ts';
import { releaseFeedback } from '../usecases/release-feedback.ts';
import { releaseTouches } from '../usecases/release-touches.ts';
import { resolveTouches } from '../usecases/resolve-touches.ts';
import { settleFindings } from '../usecases/settle-findings.ts';
import { syncTasks } from '../usecases/sync-tasks.ts';

type Job = (deps: Deps, portalId: PortalId) => Promise<void>;

/**
 * Every job: "do what is due for this portal". In this order they run where several are due at once; an old cycle closes
 * before the next is planned, and an answer is passed on before the log is read again.
 */
export const JOBS: Readonly<Record<JobName, Job>> = {
  processInbox,
  refreshPortal,
  closeCycle,
  planCycle,
  resolveTouches,
  releaseTouches,
  readContacts,
  compareCheckIns,
  releaseFeedback,
  settleFindings,
  deliverOutbox,
  syncTasks,
};

export const JOB_ORDER = Object.keys(JOBS) as readonly JobName[];

/** Jobs that change touches exclude each other within a portal; the others only exclude themselves. */
export const LEASE_OF: Readonly<Record<JobName, string>> = {
  processInbox: 'inbox',
  refreshPortal: 'read',
  closeCycle: 'touches',
  planCycle: 'touches',
  resolveTouches: 'touches',
  releaseTouches: 'touches',
  readContacts: 'contacts',
  compareCheckIns: 'findings',
  releaseFeedback: 'feedback',
  settleFindings: 'settle',
  deliverOutbox: 'outbox',
  syncTasks: 'sync',
};
