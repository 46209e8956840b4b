import { asCompanyId, asContactId, asOwnerId } from '../../src/core/model.ts';
import type { CompanyId, ContactId, PortalId } from '../../src/core/model.ts';
import { AppError } from '../../src/errors.ts';
import type {
  CompanyLog,
  CompanyProperties,
  CompanyRecord,
  ContactRecord,
  CreateOutcome,
  HubSpotGateway,
  LoggedActivity,
  NoteDraft,
  OwnerRecord,
  TaskDraft,
  TaskKeyMode,
  TaskState,
  TaskUpdate,
  UpdateOutcome,
} from '../../src/usecases/hubspot-port.ts';

export type FakeTask = TaskState & {
  readonly draft: TaskDraft;
  readonly portalId: PortalId;
  readonly createdAt: Date;
  readonly isOurs: boolean;
};
export type FakeNote = NoteDraft & { readonly noteId: string };
/**
 * What becomes of a create: `lost` never arrives, `unheard` arrives and its reply is lost; `taken` is refused over its key, `refused`
 * over what every create shares.
 */
export type Fate = 'created' | 'lost' | 'unheard' | 'rejected' | 'missing' | 'notSent' | 'taken' | 'refused';
type Method = keyof HubSpotGateway;

const UNKNOWN_WAIT_MS = 30_000;
const PAGE = 200;

function toLogged(activity: CompanyLog['activities'][number]): LoggedActivity {
  const { id, objectType: type, ownerId, sourceLabel, sourceDetail, disposition } = activity;
  return {
    activityId: id,
    type,
    occurredAt: new Date(activity.occurredAt),
    ownerId: ownerId === null ? null : asOwnerId(ownerId),
    sourceLabel,
    sourceDetail,
    disposition,
    companyIds: activity.companyId === null ? [] : [asCompanyId(activity.companyId)],
    contactIds: activity.contactIds.map(asContactId),
  };
}

/** HubSpot in memory, one account at a time, with a fate for each create and an error for each call that a test wants. */
export function createFakeHubSpot() {
  const companies = new Map<CompanyId, CompanyRecord>();
  const contacts = new Map<CompanyId, readonly ContactRecord[]>();
  const logs = new Map<CompanyId, CompanyLog>();
  const owners: OwnerRecord[] = [];
  const tasks = new Map<string, FakeTask>();
  const notes: FakeNote[] = [];
  const properties = new Map<CompanyId, CompanyProperties>();
  const calls: { readonly method: Method; readonly input: unknown }[] = [];
  const fates: Fate[] = [];
  const faults: { readonly method: Method; readonly error: AppError }[] = [];
  const hooks: { beforeCreate: (drafts: readonly TaskDraft[]) => Promise<void> } = {
    beforeCreate: () => Promise.resolve(),
  };
  let keyMode: TaskKeyMode = 'unique';
  let ids = 5_000;

  /** Keeps the call, and fails it where a test asked for that. */
  function called(method: Method, input: unknown): void {
    calls.push({ method, input });
    const index = faults.findIndex((fault) => fault.method === method);
    const [fault] = index < 0 ? [] : faults.splice(index, 1);
    if (fault !== undefined) throw fault.error;
  }

  function newId(): string {
    ids += 1;
    return String(ids);
  }

  function outcomeOf(store: () => string): CreateOutcome {
    const fate = fates.shift() ?? 'created';
    if (fate === 'rejected') return { result: 'rejected', reason: 'invalid owner' };
    if (fate === 'missing') return { result: 'rejected', reason: '404 OBJECT_NOT_FOUND', isMissing: true };
    if (fate === 'notSent') return { result: 'notSent', reason: 'throttled', retryAfterMs: UNKNOWN_WAIT_MS };
    if (fate === 'lost') return { result: 'unknown', reason: 'reset' };
    if (fate === 'taken') return { result: 'unknown', reason: 'conflict', isTaken: true };
    if (fate === 'refused')
      return {
        result: 'notSent',
        reason: '403 MISSING_SCOPES',
        retryAfterMs: UNKNOWN_WAIT_MS,
        isForAll: true,
      };
    const id = store();
    return fate === 'unheard' ? { result: 'unknown', reason: 'reset' } : { result: 'created', id };
  }

  function createTask(portalId: PortalId, draft: TaskDraft): CreateOutcome {
    const isTaken = [...tasks.values()].some((task) => task.draft.key === draft.key);
    if (keyMode === 'unique' && isTaken) return { result: 'rejected', reason: 'the key is in use' };
    return outcomeOf(() => {
      const taskId = newId();
      const { ownerId, dueAt } = draft;
      tasks.set(taskId, {
        taskId,
        draft,
        portalId,
        ownerId,
        dueAt,
        completed: false,
        completedAt: null,
        lastModifiedAt: dueAt,
        createdAt: dueAt,
        isOurs: true,
      });
      return taskId;
    });
  }

  /** A fault that a test asked for is what each change of the batch learns; only a lost account is thrown. */
  function updated<Update>(
    method: Method,
    updates: readonly Update[],
    apply: (update: Update) => UpdateOutcome,
  ): Promise<readonly UpdateOutcome[]> {
    try {
      called(method, updates);
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'not_installed') throw error;
      const outcome = outcomeAfter(error);
      return Promise.resolve(updates.map(() => outcome));
    }
    return Promise.resolve(updates.map(apply));
  }

  function updateTask(update: TaskUpdate): UpdateOutcome {
    const task = tasks.get(update.taskId);
    if (task === undefined) return { result: 'missing' };
    const { subject = task.draft.subject, bodyHtml = task.draft.bodyHtml } = update;
    tasks.set(update.taskId, {
      ...task,
      draft: { ...task.draft, subject, bodyHtml },
      completed: update.completed ?? task.completed,
      ownerId: update.ownerId === undefined ? task.ownerId : update.ownerId,
      dueAt: update.dueAt ?? task.dueAt,
    });
    return { result: 'done' };
  }

  const gateway: HubSpotGateway = {
    accountDetails: () => {
      called('accountDetails', null);
      return Promise.resolve({ timeZone: 'America/Chicago', uiDomain: 'app.hubspot.com' });
    },
    owners: () => {
      called('owners', null);
      return Promise.resolve([...owners]);
    },
    maxBatch: 100,
    companyPages: async function* (_portalId, lifecycleStages, afterId) {
      const wanted = [...companies.values()]
        .filter(({ lifecycleStage }) => lifecycleStages.includes(lifecycleStage ?? ''))
        .filter(({ companyId }) => afterId === null || Number(companyId) > Number(afterId))
        .sort((a, b) => Number(a.companyId) - Number(b.companyId));
      let after = afterId;
      for (let from = 0; from === 0 || from < wanted.length; from += PAGE) {
        called('companyPages', after);
        await Promise.resolve();
        const page = wanted.slice(from, from + PAGE);
        after = from + PAGE < wanted.length ? (page.at(-1)?.companyId ?? null) : null;
        yield { companies: page, nextAfterId: after };
      }
    },
    companiesOutside: (_portalId, lifecycleStages, limit) => {
      called('companiesOutside', lifecycleStages);
      const outside = [...companies.values()].filter(
        ({ lifecycleStage }) => !lifecycleStages.includes(lifecycleStage ?? ''),
      );
      const sample = outside.slice(0, limit).map(({ name, lifecycleStage }) => ({ name, lifecycleStage }));
      return Promise.resolve({ total: outside.length, sample });
    },
    companiesById: (_portalId, wanted) => {
      called('companiesById', wanted);
      return Promise.resolve(new Map(wanted.flatMap((id) => pair(id, companies.get(id)))));
    },
    contactsOfCompanies: (_portalId, wanted) => {
      called('contactsOfCompanies', wanted);
      return Promise.resolve(new Map(wanted.flatMap((id) => pair(id, contacts.get(id)))));
    },
    contactsById: (_portalId, wanted) => {
      called('contactsById', wanted);
      const all = [...contacts.values()].flat();
      const became = (id: ContactId) =>
        all.find(({ contactId, mergedIds = [] }) => contactId === id || mergedIds.includes(id));
      return Promise.resolve(new Map(wanted.flatMap((id) => pair(id, became(id)))));
    },
    provisionProperties: () => {
      called('provisionProperties', null);
      return Promise.resolve();
    },
    probeTaskKeyMode: () => {
      called('probeTaskKeyMode', null);
      return Promise.resolve(keyMode);
    },
    createTasks: async (portalId, _mode, drafts) => {
      called('createTasks', drafts);
      await hooks.beforeCreate(drafts);
      return drafts.map((draft) => createTask(portalId, draft));
    },
    findTasksByKey: (_portalId, _mode, wanted) => {
      called('findTasksByKey', wanted);
      const found = wanted.map(({ key }) => {
        const withKey = [...tasks.values()].filter((task) => task.draft.key === key);
        return [key, withKey.map(({ taskId }) => taskId)] as const;
      });
      return Promise.resolve(new Map(found));
    },
    findMarkedTasks: async function* (_portalId, mode, since) {
      called('findMarkedTasks', { mode, since });
      await Promise.resolve();
      yield [...tasks.values()].map(({ taskId, draft }) => ({ taskId, key: draft.key }));
    },
    readMarkedTasks: (_portalId, _mode, wanted, alsoIds) => {
      called('readMarkedTasks', { wanted, alsoIds });
      const all = [...tasks.values()];
      const found = wanted.map(({ key }) => {
        const marked = all.filter(({ draft }) => draft.key === key);
        return [key, marked.map((task) => ({ ...task, key, createdAt: task.createdAt }))] as const;
      });
      return Promise.resolve(new Map(found.filter(([, marked]) => marked.length > 0)));
    },
    readTasks: (_portalId, taskIds) => {
      called('readTasks', taskIds);
      return Promise.resolve(new Map(taskIds.flatMap((id) => pair(id, tasks.get(id)))));
    },
    readTaskTexts: (_portalId, taskIds) => {
      called('readTaskTexts', taskIds);
      return Promise.resolve(new Map(taskIds.flatMap((id) => pair(id, tasks.get(id)?.draft))));
    },
    updateTasks: (_portalId, updates) => updated('updateTasks', updates, updateTask),
    archiveTasks: (_portalId, taskIds) => {
      called('archiveTasks', taskIds);
      for (const taskId of taskIds) tasks.delete(taskId);
      return Promise.resolve();
    },
    createNotes: (_portalId, drafts) => {
      called('createNotes', drafts);
      const store = (draft: NoteDraft) => () => {
        const noteId = newId();
        notes.push({ ...draft, noteId });
        return noteId;
      };
      return Promise.resolve(drafts.map((draft) => outcomeOf(store(draft))));
    },
    findNotesByKey: (_portalId, wanted) => {
      called('findNotesByKey', wanted);
      const found = wanted.map(({ key, companyId }) => {
        const withKey = notes.filter((note) => note.companyId === companyId && note.key === key);
        return [key, withKey.map(({ noteId }) => noteId)] as const;
      });
      return Promise.resolve(new Map(found.filter(([, ids]) => ids.length > 0)));
    },
    updateNotes: (_portalId, updates) =>
      updated('updateNotes', updates, ({ noteId, bodyHtml }) => {
        const at = notes.findIndex((note) => note.noteId === noteId);
        const note = notes[at];
        if (note === undefined) return { result: 'missing' };
        notes[at] = { ...note, bodyHtml };
        return { result: 'done' };
      }),
    updateCompanies: (_portalId, updates) =>
      updated('updateCompanies', updates, ({ companyId, properties: change }) => {
        properties.set(companyId, { ...properties.get(companyId), ...change });
        return { result: 'done' };
      }),
    companyLog: (_portalId, companyId, window) => {
      called('companyLog', { companyId, window });
      return Promise.resolve(logs.get(companyId) ?? { activities: [], ownership: [], contacts: [] });
    },
    quarterLog: async function* (_portalId, window) {
      called('quarterLog', window);
      const all = [...logs.values()].flatMap((log) => log.activities);
      const inWindow = all.filter((one) => {
        const occurredAt = new Date(one.occurredAt);
        return occurredAt >= window.from && occurredAt <= window.until;
      });
      await Promise.resolve();
      yield inWindow.map(toLogged);
    },
    callDispositions: () => {
      called('callDispositions', null);
      return Promise.resolve(new Map());
    },
    lifecycleStages: () => {
      called('lifecycleStages', null);
      return Promise.resolve(new Map());
    },
    uninstall: () => {
      called('uninstall', null);
      return Promise.resolve();
    },
  };

  return {
    gateway,
    companies,
    contacts,
    logs,
    owners,
    tasks,
    notes,
    properties,
    calls,
    /** Fates of the next creates, in order; without one they succeed. */
    fates,
    hooks,
    useKeyMode: (mode: TaskKeyMode) => {
      keyMode = mode;
    },
    /** The next call of this method fails with the code. */
    failNext: (method: Method, code: AppError['code'], retryAfterMs?: number) => {
      const details = retryAfterMs === undefined ? {} : { retryAfterMs };
      faults.push({ method, error: new AppError(code, `The test wants ${code}.`, details) });
    },
    callsOf: (method: Method) => calls.filter((call) => call.method === method),
  };
}

export type FakeHubSpot = ReturnType<typeof createFakeHubSpot>;

function pair<Id, Value>(id: Id, value: Value | undefined): (readonly [Id, Value])[] {
  return value === undefined ? [] : [[id, value]];
}

function outcomeAfter({ code, message, retryAfterMs }: AppError): UpdateOutcome {
  if (code === 'not_found') return { result: 'missing' };
  if (code === 'hubspot_rejected') return { result: 'rejected', reason: message };
  if (code === 'outcome_unknown') return { result: 'unknown', reason: message };
  return { result: 'notSent', reason: code, retryAfterMs: retryAfterMs ?? UNKNOWN_WAIT_MS };
}
