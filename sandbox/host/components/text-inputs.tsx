import type { InputProps, SearchInputProps, TextAreaProps } from '@hubspot/ui-extensions';
import { useRef } from 'react';
import { FieldFrame } from './field-frame.tsx';
import { useFieldState } from './field-state.ts';
import { useFormField } from './form.tsx';
import { callRemote } from './remote-call.ts';
import { classes } from './sizes.ts';

type TextProps = Pick<
  InputProps,
  'name' | 'value' | 'defaultValue' | 'onInput' | 'onChange' | 'onBlur' | 'onFocus'
>;

/** HubSpot's events of a text: `onInput` per keystroke, `onChange` once the field is left or its form submitted. */
function useTextControl(props: TextProps) {
  const field = useFieldState<string>(props.value, props.defaultValue ?? '', (value) => value === '');
  const committed = useRef(field.value);
  const enter = (text: string) => {
    field.enter(text);
    callRemote(props.onInput, text);
  };
  const commit = () => {
    if (committed.current === field.value) return;
    committed.current = field.value;
    callRemote(props.onChange, field.value);
  };
  useFormField(props.name, field.value, commit);
  const handlers = {
    onFocus: () => {
      field.focused.current = true;
      committed.current = field.value;
      callRemote(props.onFocus, field.value);
    },
    onBlur: () => {
      field.focused.current = false;
      commit();
      callRemote(props.onBlur, field.value);
    },
  };
  return { text: field.value, enter, handlers };
}

export function Input(props: InputProps) {
  const { text, enter, handlers } = useTextControl(props);
  return (
    <FieldFrame {...props}>
      {(control) => (
        <input
          {...control}
          {...handlers}
          className="ui-input"
          type={props.type ?? 'text'}
          name={props.name}
          value={text}
          placeholder={props.placeholder}
          readOnly={props.readOnly}
          onChange={(event) => enter(event.target.value)}
        />
      )}
    </FieldFrame>
  );
}

export function TextArea(props: TextAreaProps) {
  const { text, enter, handlers } = useTextControl(props);
  return (
    <FieldFrame {...props}>
      {(control) => (
        <textarea
          {...control}
          {...handlers}
          className={classes('ui-input ui-textarea', `ui-resize-${props.resize ?? 'vertical'}`)}
          name={props.name}
          value={text}
          rows={props.rows ?? 3}
          cols={props.cols}
          maxLength={props.maxLength}
          placeholder={props.placeholder}
          readOnly={props.readOnly}
          onChange={(event) => enter(event.target.value)}
        />
      )}
    </FieldFrame>
  );
}

export function SearchInput(props: SearchInputProps) {
  const { text, enter, handlers } = useTextControl(props);
  const clearable = props.clearable !== false && text !== '' && props.readOnly !== true;
  return (
    <FieldFrame {...props}>
      {(control) => (
        <div className="ui-search">
          <input
            {...control}
            {...handlers}
            className="ui-input"
            type="search"
            name={props.name}
            value={text}
            placeholder={props.placeholder ?? 'Search'}
            readOnly={props.readOnly}
            onChange={(event) => enter(event.target.value)}
          />
          {clearable && (
            <button
              type="button"
              className="ui-plain ui-search-clear"
              aria-label="Clear search"
              onClick={() => {
                enter('');
                callRemote(props.onChange, '');
              }}
            >
              ×
            </button>
          )}
        </div>
      )}
    </FieldFrame>
  );
}
