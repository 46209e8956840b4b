import { useId, type ReactNode } from 'react';
import { classes } from './sizes.ts';

/** The parts that every HubSpot input shares. */
export interface FieldProps {
  label?: string;
  required?: boolean;
  description?: string;
  tooltip?: string;
  error?: boolean;
  validationMessage?: string;
}

/** Attributes that tie the control to its label, hint and message. */
export interface ControlProps {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  'aria-required': true | undefined;
}

interface Props extends FieldProps {
  className?: string;
  children: (control: ControlProps) => ReactNode;
}

/** Label above, hint below it, the control, then the validation message. */
export function FieldFrame({
  label,
  required,
  description,
  tooltip,
  error,
  validationMessage,
  className,
  children,
}: Props) {
  const id = useId();
  const hasMessage = validationMessage !== undefined && validationMessage !== '';
  const describedBy = classes(
    description !== undefined && `${id}-hint`,
    tooltip !== undefined && `${id}-tip`,
    hasMessage && `${id}-message`,
  );
  return (
    <div className={classes('ui-field', error === true && 'ui-invalid', className)}>
      {label !== undefined && label !== '' && (
        <div className="ui-label-row">
          <label htmlFor={id} className="ui-label">
            {label}
            {required === true && (
              <span className="ui-required" aria-hidden="true">
                {' '}
                *
              </span>
            )}
          </label>
          {tooltip !== undefined && <InfoTip id={`${id}-tip`} text={tooltip} />}
        </div>
      )}
      {description !== undefined && (
        <div id={`${id}-hint`} className="ui-hint">
          {description}
        </div>
      )}
      {children({
        id,
        'aria-describedby': describedBy === '' ? undefined : describedBy,
        'aria-invalid': error === true ? true : undefined,
        'aria-required': required === true ? true : undefined,
      })}
      {hasMessage && (
        <div id={`${id}-message`} className="ui-message" role={error === true ? 'alert' : undefined}>
          {validationMessage}
        </div>
      )}
    </div>
  );
}

/** The small "i" beside a label; its text also belongs to the control's description. */
export function InfoTip({ id, text }: { id: string; text: string }) {
  return (
    <span className="ui-infotip">
      <span className="ui-infotip-mark" aria-hidden="true">
        i
      </span>
      <span id={id} role="tooltip" className="ui-tooltip ui-tooltip-top">
        {text}
      </span>
    </span>
  );
}
