/* eslint-disable @typescript-eslint/no-deprecated -- an extension may still send what HubSpot has deprecated */
import type {
  AlertProps,
  EmptyStateProps,
  ErrorStateProps,
  LoadingSpinnerProps,
  ProgressBarProps,
  ScoreProps,
  StepIndicatorProps,
} from '@hubspot/ui-extensions';
import { callRemote } from './remote-call.ts';
import { Picture } from './illustration.tsx';
import { classes, shortSize } from './sizes.ts';

export function Alert({ title, variant = 'info', children }: AlertProps) {
  const kind = variant === 'error' ? 'danger' : variant;
  return (
    <div
      className={`ui-alert ui-alert-${kind}`}
      role={kind === 'danger' || kind === 'warning' ? 'alert' : 'status'}
    >
      <div className="ui-alert-title">{title}</div>
      {children !== undefined && <div className="ui-alert-body">{children}</div>}
    </div>
  );
}

export function EmptyState({
  title,
  layout = 'horizontal',
  reverseOrder,
  imageWidth = 150,
  flush,
  children,
}: EmptyStateProps) {
  return (
    <div
      className={classes(
        `ui-state ui-state-${layout}`,
        reverseOrder === true && 'ui-reverse',
        flush === true && 'ui-flush',
      )}
    >
      <div className="ui-state-text">
        <h3 className="ui-heading">{title ?? 'All is not lost.'}</h3>
        {children}
      </div>
      <Picture kind="empty" width={Math.min(imageWidth, 160)} />
    </div>
  );
}

export function ErrorState({ title, type = 'error', children }: ErrorStateProps) {
  return (
    <div className="ui-state ui-state-vertical" role="alert">
      <Picture kind={type === 'lock' ? 'lock' : 'error'} width={96} />
      <div className="ui-state-text">
        <h3 className="ui-heading">{title ?? 'Something’s gone wrong'}</h3>
        {children}
      </div>
    </div>
  );
}

export function LoadingSpinner({ label, showLabel, size, layout = 'inline' }: LoadingSpinnerProps) {
  return (
    <div className={`ui-loading ui-loading-${layout}`} role="status">
      <span className={`ui-spinner ui-spinner-${shortSize(size, 'sm')}`} aria-hidden="true" />
      <span className={showLabel === true ? '' : 'ui-visually-hidden'}>{label}</span>
    </div>
  );
}

export function ProgressBar(props: ProgressBarProps) {
  const { title, showPercentage, value = 0, valueDescription, variant = 'success' } = props;
  const max = props.maxValue ?? props.valueMax ?? 100;
  const percent = max > 0 ? Math.round((Math.min(Math.max(value, 0), max) / max) * 100) : 0;
  return (
    <div className="ui-progress">
      {(title !== undefined || showPercentage === true) && (
        <div className="ui-progress-head">
          <span className="ui-label">{title}</span>
          {showPercentage === true && <span>{percent}%</span>}
        </div>
      )}
      <div
        role="progressbar"
        aria-label={props['aria-label'] ?? title ?? 'Progress'}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={value}
        aria-valuetext={valueDescription}
        className="ui-progress-track"
      >
        <div className={`ui-progress-fill ui-fill-${variant}`} style={{ width: `${percent}%` }} />
      </div>
      {valueDescription !== undefined && <div className="ui-hint">{valueDescription}</div>}
    </div>
  );
}

const RING_RADIUS = 26;
const RING_LENGTH = 2 * Math.PI * RING_RADIUS;

export function ScoreCircle({ score }: ScoreProps) {
  const part = Math.min(Math.max(score, 0), 100) / 100;
  const level = score < 33 ? 'danger' : score < 66 ? 'warning' : 'success';
  return (
    <svg
      width="64"
      height="64"
      viewBox="0 0 64 64"
      role="img"
      aria-label={`Score ${score} of 100`}
      className="ui-score"
    >
      <circle cx="32" cy="32" r={RING_RADIUS} className="ui-score-track" />
      <circle
        cx="32"
        cy="32"
        r={RING_RADIUS}
        className={`ui-score-ring ui-score-${level}`}
        strokeDasharray={`${RING_LENGTH * part} ${RING_LENGTH}`}
        transform="rotate(-90 32 32)"
      />
      <text x="32" y="37" textAnchor="middle">
        {score}
      </text>
    </svg>
  );
}

export function StepIndicator({
  stepNames,
  currentStep = 0,
  direction = 'horizontal',
  variant,
  onClick,
}: StepIndicatorProps) {
  return (
    <ol className={`ui-steps ui-steps-${direction} ui-steps-${variant ?? 'default'}`}>
      {stepNames.map((name, index) => {
        const state = index < currentStep ? 'done' : index === currentStep ? 'current' : 'next';
        const content = (
          <>
            <span className="ui-step-circle" aria-hidden="true">
              {state === 'done' ? '✓' : index + 1}
            </span>
            <span className="ui-step-name">{name}</span>
          </>
        );
        return (
          <li
            key={name}
            className={`ui-step ui-step-${state}`}
            aria-current={state === 'current' ? 'step' : undefined}
          >
            {onClick === undefined ? (
              <span className="ui-step-inner">{content}</span>
            ) : (
              <button
                type="button"
                className="ui-plain ui-step-inner"
                onClick={() => callRemote(onClick, index)}
              >
                {content}
              </button>
            )}
          </li>
        );
      })}
    </ol>
  );
}
