import { linksOf } from './links.ts';
import type { PortalState, StoredObject } from './model.ts';

/** What a run left behind in an account, counted in HubSpot's own store. */
export interface TaskStats {
  readonly companies: number;
  readonly tasks: number;
  readonly liveTasks: number;
  /** Live tasks beyond the first with the same key. */
  readonly byKeyDuplicates: number;
  readonly companiesWithoutTask: number;
  readonly companiesWithTwo: number;
  /** At most ten keys that stand on two live tasks or more. */
  readonly repeatedKeys: readonly string[];
}

export interface TaskStatsRequest {
  /** Property that holds the key, such as sci_touch_key. */
  readonly keyProperty: string;
  /** Finds the key in the task's text where the property is empty: its first match, or the first group of it. */
  readonly keyPattern: RegExp | null;
  /** Only tasks made at this simulated instant or later. */
  readonly since: string | null;
}

/** Counts live companies against their live tasks. One pass over each, so 100,000 take well under a second. */
export function taskStats(portal: PortalState, request: TaskStatsRequest): TaskStats {
  const tasks = [...(portal.objects.get('tasks')?.values() ?? [])].filter(
    (task) => request.since === null || task.createdAt >= request.since,
  );
  const live = tasks.filter((task) => !task.archived);
  const keys = countEach(live.flatMap((task) => keyOf(task, request) ?? []));
  const tasksOf = countEach(
    live.flatMap((task) =>
      linksOf(portal, { type: 'tasks', id: task.id }, 'companies').map(({ to }) => to.id),
    ),
  );
  let companies = 0;
  let companiesWithoutTask = 0;
  for (const { id, archived } of portal.objects.get('companies')?.values() ?? []) {
    if (archived) continue;
    companies += 1;
    if (!tasksOf.has(id)) companiesWithoutTask += 1;
  }
  const repeated = [...keys].filter(([, count]) => count > 1);
  return {
    companies,
    tasks: tasks.length,
    liveTasks: live.length,
    byKeyDuplicates: repeated.reduce((sum, [, count]) => sum + count - 1, 0),
    companiesWithoutTask,
    companiesWithTwo: [...tasksOf.values()].filter((count) => count > 1).length,
    repeatedKeys: repeated.slice(0, 10).map(([key]) => key),
  };
}

function keyOf({ properties }: StoredObject, request: TaskStatsRequest): string | null {
  const key = properties[request.keyProperty];
  if (key != null && key !== '') return key;
  if (request.keyPattern === null) return null;
  const match = request.keyPattern.exec(properties['hs_task_body'] ?? '');
  return match?.[1] ?? match?.[0] ?? null;
}

function countEach(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
