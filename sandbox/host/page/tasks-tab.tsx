import { useState } from 'react';
import { tasksOf } from './activities.ts';
import { completeTask, type CompanyRecord, type Portal } from './control-api.ts';
import { formatMoment, viewerTimeZone } from './format.ts';
import { nameOf } from './viewers.ts';

interface Props {
  record: CompanyRecord;
  portal: Portal;
  refresh: () => void;
}

/** The company's tasks; ticking one off does what a person's tick in HubSpot does. */
export function TasksTab({ record, portal, refresh }: Props) {
  const [problem, setProblem] = useState('');
  const tasks = tasksOf(record);
  const complete = (taskId: string) => {
    completeTask(portal.portalId, taskId).then(refresh, (error: unknown) =>
      setProblem(error instanceof Error ? error.message : String(error)),
    );
  };
  return (
    <>
      {problem !== '' && <p role="alert">{problem}</p>}
      {tasks.length === 0 && <p>There are no tasks for this company.</p>}
      {tasks.map((task) => {
        const owner = portal.owners.find((one) => one.id === task.ownerId);
        return (
          <article key={task.id} className="page-tile page-task">
            <label className="page-task-head">
              <input
                type="checkbox"
                checked={task.done}
                disabled={task.done}
                onChange={() => complete(task.id)}
              />
              <span className={task.done ? 'page-task-done' : 'ui-weight-demibold'}>{task.subject}</span>
            </label>
            <div className="ui-microcopy">
              {task.done ? 'Completed' : 'Due'}
              {task.dueAt !== null && ` ${formatMoment(task.dueAt, viewerTimeZone())}`}
              {owner !== undefined && ` · assigned to ${nameOf(owner)}`}
            </div>
            {task.body !== '' && <div className="page-activity-body">{task.body}</div>}
          </article>
        );
      })}
    </>
  );
}
