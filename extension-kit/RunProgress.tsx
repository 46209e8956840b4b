import { ProgressBar } from '@hubspot/ui-extensions';
import type { RunView } from './contract-types.ts';
import { useRefresh } from './use-refresh.ts';
import { RUN } from './wording-pages.ts';

interface Props {
  run: RunView;
  locale: string;
  /** Reads the surface again. */
  reload: () => void;
}

/** How often a run under way is looked at again. */
const READ_AGAIN_MS = 15_000;

/** How far the tasks of a run under way are, kept up to date; nothing while none is being made. */
export function RunProgress({ run, locale, reload }: Props) {
  const isRunning = run.state === 'creating';
  useRefresh(isRunning, reload, READ_AGAIN_MS);
  if (!isRunning) return null;
  return (
    <ProgressBar
      title={RUN.title}
      value={run.done}
      maxValue={run.done + run.leftNow}
      valueDescription={RUN.progress(run, locale)}
    />
  );
}
