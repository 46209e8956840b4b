import type { MultiSelectProps, SelectProps } from '@hubspot/ui-extensions';
import { useId, useRef, useState } from 'react';
import { useCloseOutside } from './dropdown.tsx';
import { FieldFrame } from './field-frame.tsx';
import { useFieldState } from './field-state.ts';
import { useFormField } from './form.tsx';
import { callRemote } from './remote-call.ts';
import { classes } from './sizes.ts';

type Value = string | number | boolean;
const NOTHING = '';

/** A native select: options are told apart by their place, because values may be numbers and booleans. */
export function Select(props: SelectProps) {
  const { options, name, placeholder, readOnly, variant = 'input' } = props;
  const field = useFieldState<Value>(props.value, NOTHING, (value) => value === NOTHING);
  const index = options.findIndex((option) => option.value === field.value);
  useFormField(name, index < 0 ? undefined : field.value);
  const choose = (text: string) => {
    const option = options[Number(text)];
    if (option === undefined) return;
    field.enter(option.value);
    callRemote(props.onChange, option.value);
  };
  return (
    <FieldFrame {...props}>
      {(control) => (
        <select
          {...control}
          className={classes(
            'ui-input ui-select',
            variant === 'transparent' && 'ui-select-transparent',
            index < 0 && 'ui-placeholder',
          )}
          name={name}
          value={index < 0 ? '' : String(index)}
          disabled={readOnly}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="" disabled hidden>
            {placeholder ?? 'Select an option'}
          </option>
          {options.map((option, at) => (
            <option key={String(option.value)} value={String(at)}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  );
}

/** A button that opens a list of checkboxes. */
export function MultiSelect(props: MultiSelectProps) {
  const { options, name, placeholder, readOnly } = props;
  const field = useFieldState<Value[]>(props.value, [], (value) => value.length === 0);
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const listId = useId();
  useCloseOutside(root, isOpen, () => setOpen(false));
  useFormField(name, field.value);
  const toggle = (value: Value) => {
    const next = field.value.includes(value)
      ? field.value.filter((other) => other !== value)
      : [...field.value, value];
    field.enter(next);
    callRemote(props.onChange, next);
  };
  const chosen = options.filter((option) => field.value.includes(option.value)).map((option) => option.label);
  return (
    <FieldFrame {...props}>
      {({ 'aria-required': _required, 'aria-invalid': _invalid, ...control }) => (
        <div
          ref={root}
          className="ui-multiselect"
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || !isOpen) return;
            event.stopPropagation();
            event.preventDefault();
            setOpen(false);
          }}
        >
          <button
            {...control}
            type="button"
            className={classes('ui-input ui-select', chosen.length === 0 && 'ui-placeholder')}
            aria-expanded={isOpen}
            aria-controls={listId}
            disabled={readOnly}
            onClick={() => setOpen(!isOpen)}
          >
            {chosen.length === 0 ? (placeholder ?? 'Select options') : chosen.join(', ')}
          </button>
          <div id={listId} role="group" aria-label={props.label} className="ui-menu" hidden={!isOpen}>
            {options.map((option) => (
              <label key={String(option.value)} className="ui-menu-item ui-check">
                <input
                  type="checkbox"
                  checked={field.value.includes(option.value)}
                  onChange={() => toggle(option.value)}
                />
                {option.label}
              </label>
            ))}
          </div>
        </div>
      )}
    </FieldFrame>
  );
}
