import type { CheckboxProps, RadioButtonProps, ToggleGroupProps, ToggleProps } from '@hubspot/ui-extensions';
import { useId } from 'react';
import { InfoTip } from './field-frame.tsx';
import { useFieldState } from './field-state.ts';
import { useFormField } from './form.tsx';
import { callRemote } from './remote-call.ts';
import { classes, shortSize } from './sizes.ts';

const neverEmpty = () => false;
const isReadOnly = (props: { readonly?: boolean; readOnly?: boolean }) =>
  props.readonly === true || props.readOnly === true;

function CheckLike({ kind, ...props }: CheckboxProps & { kind: 'checkbox' | 'radio' }) {
  const field = useFieldState<boolean>(props.checked, props.initialIsChecked ?? false, neverEmpty);
  const hintId = useId();
  const value = props.value ?? '';
  // A radio button's state is the extension's: the others of its group must fall when one is chosen.
  const checked = kind === 'radio' && props.checked !== undefined ? props.checked : field.value;
  useFormField(kind === 'radio' && !checked ? undefined : props.name, kind === 'radio' ? value : checked);
  return (
    <div className={classes('ui-check-field', props.inline === true && 'ui-inline')}>
      <label className={classes('ui-check', shortSize(props.size, 'md') === 'sm' && 'ui-small')}>
        <input
          type={kind}
          name={props.name}
          value={value}
          checked={checked}
          disabled={isReadOnly(props)}
          aria-label={props['aria-label']}
          aria-describedby={props.description === undefined ? undefined : hintId}
          onChange={(event) => {
            field.enter(event.target.checked);
            callRemote(props.onChange, event.target.checked, value);
          }}
        />
        <span>{props.children}</span>
      </label>
      {props.description !== undefined && (
        <div id={hintId} className="ui-hint ui-check-hint">
          {props.description}
        </div>
      )}
    </div>
  );
}

export function Checkbox(props: CheckboxProps) {
  return <CheckLike {...props} kind="checkbox" />;
}

export function RadioButton(props: RadioButtonProps) {
  return <CheckLike {...props} kind="radio" />;
}

export function Toggle(props: ToggleProps) {
  const { label, labelDisplay = 'inline', name, size, textChecked, textUnchecked } = props;
  const field = useFieldState<boolean>(props.checked, props.initialIsChecked ?? false, neverEmpty);
  useFormField(name, field.value);
  const word = field.value ? (textChecked ?? '') : (textUnchecked ?? '');
  return (
    <label className={`ui-toggle ui-toggle-${labelDisplay} ui-toggle-${shortSize(size, 'md')}`}>
      <span className={labelDisplay === 'hidden' ? 'ui-visually-hidden' : 'ui-toggle-label'}>{label}</span>
      <input
        type="checkbox"
        role="switch"
        name={name}
        checked={field.value}
        disabled={isReadOnly(props)}
        onChange={(event) => {
          field.enter(event.target.checked);
          callRemote(props.onChange, event.target.checked);
        }}
      />
      <span className="ui-toggle-track" aria-hidden="true" />
      {word !== '' && <span className="ui-hint">{word}</span>}
    </label>
  );
}

/** A fieldset of checkboxes (values as a list) or of radio buttons (one value). */
export function ToggleGroup(props: ToggleGroupProps) {
  const { label, name, options, toggleType, required, tooltip, error, validationMessage, inline } = props;
  const isRadio = toggleType === 'radioButtonList';
  const initial = options.filter((option) => option.initialIsChecked === true).map((option) => option.value);
  const remote = props.value === undefined ? undefined : [props.value].flat();
  const field = useFieldState<string[]>(remote, initial, (value) => value.length === 0);
  const id = useId();
  useFormField(name, isRadio ? field.value[0] : field.value);
  const choose = (value: string, checked: boolean) => {
    const others = field.value.filter((other) => other !== value);
    const next = isRadio ? [value] : checked ? [...others, value] : others;
    field.enter(next);
    callRemote(props.onChange as ((value: string | string[]) => void) | undefined, isRadio ? value : next);
  };
  return (
    <fieldset
      className={classes('ui-field ui-group', error === true && 'ui-invalid')}
      aria-describedby={validationMessage === undefined ? undefined : `${id}-message`}
    >
      <legend className="ui-label">
        {label}
        {required === true && <span className="ui-required"> *</span>}
        {tooltip !== undefined && <InfoTip id={`${id}-tip`} text={tooltip} />}
      </legend>
      <div className={inline === true ? 'ui-row ui-wrap ui-gap-sm' : 'ui-column ui-gap-xs'}>
        {options.map((option) => (
          <div key={option.value} className="ui-check-field">
            <label className="ui-check">
              <input
                type={isRadio ? 'radio' : 'checkbox'}
                name={`${name}-${id}`}
                checked={field.value.includes(option.value)}
                disabled={isReadOnly(option)}
                onChange={(event) => choose(option.value, event.target.checked)}
              />
              <span>{option.label}</span>
            </label>
            {option.description !== undefined && (
              <div className="ui-hint ui-check-hint">{option.description}</div>
            )}
          </div>
        ))}
      </div>
      {validationMessage !== undefined && (
        <div id={`${id}-message`} className="ui-message">
          {validationMessage}
        </div>
      )}
    </fieldset>
  );
}
