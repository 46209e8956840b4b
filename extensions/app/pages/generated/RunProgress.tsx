// Copied from extension-kit/RunProgress.tsx, by `npm run generate`. Do not edit.
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

/** How often a run under way is looked at again; what rests goes on by itself, or once a person has helped. */
const READ_AGAIN_MS = 15_000;
const RESTING_MS = 60_000;

/** How far the tasks of a run under way are; nothing while none is being made. What is told of any run is kept up to date. */
export function RunProgress({ run, locale, reload }: Props) {
  useRefresh(run.state !== 'idle', reload, run.state === 'paused' ? RESTING_MS : READ_AGAIN_MS);
  if (run.state !== 'creating') return null;
  return (
    <ProgressBar
      title={RUN.title}
      value={run.done}
      maxValue={run.done + run.leftNow}
      valueDescription={RUN.progress(run, locale)}
    />
  );
}
