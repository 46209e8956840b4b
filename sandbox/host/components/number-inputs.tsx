/* eslint-disable @typescript-eslint/no-deprecated -- an extension may still send what HubSpot has deprecated */
import type { CurrencyInputProps, NumberInputProps, StepperInputProps } from '@hubspot/ui-extensions';
import { useRef, type ReactNode } from 'react';
import { FieldFrame, type ControlProps } from './field-frame.tsx';
import { useFieldState } from './field-state.ts';
import { useFormField } from './form.tsx';
import { callRemote } from './remote-call.ts';
import { classes } from './sizes.ts';

type NumberProps = NumberInputProps & { textAlign?: 'left' | 'right' };

/** The number a text stands for, within the given digits after the point; undefined while it is none. */
export function parseNumber(text: string, precision?: number): number | undefined {
  const value = Number(text.trim().replaceAll(',', ''));
  if (text.trim() === '' || !Number.isFinite(value)) return undefined;
  return precision === undefined ? value : Number(value.toFixed(precision));
}

function useNumberControl(props: NumberProps) {
  const remote = props.value === undefined ? undefined : String(props.value);
  const initial = props.defaultValue === undefined ? '' : String(props.defaultValue);
  const field = useFieldState<string>(remote, initial, (text) => text === '');
  const committed = useRef(field.value);
  const number = parseNumber(field.value, props.precision);
  const commit = () => {
    if (committed.current === field.value) return;
    committed.current = field.value;
    callRemote(props.onChange as ((value: number | undefined) => void) | undefined, number);
  };
  useFormField(props.name, number, commit);
  const enter = (text: string) => {
    field.enter(text);
    const typed = parseNumber(text, props.precision);
    if (typed !== undefined) callRemote(props.onInput, typed);
  };
  const set = (next: number) => {
    field.enter(String(next));
    committed.current = String(next);
    callRemote(props.onChange, next);
  };
  const onFocus = () => {
    field.focused.current = true;
    if (number !== undefined) callRemote(props.onFocus, number);
  };
  const onBlur = () => {
    field.focused.current = false;
    commit();
    if (number !== undefined) callRemote(props.onBlur, number);
  };
  return { text: field.value, number, enter, set, handlers: { onFocus, onBlur } };
}

interface BoxProps {
  props: NumberProps;
  control: ControlProps;
  state: ReturnType<typeof useNumberControl>;
  className?: string;
}

function NumberBox({ props, control, state, className }: BoxProps) {
  return (
    <input
      {...control}
      {...state.handlers}
      className={classes('ui-input', props.textAlign === 'right' && 'ui-align-text-right', className)}
      inputMode="decimal"
      name={props.name}
      value={state.text}
      placeholder={props.placeholder}
      readOnly={props.readOnly}
      onChange={(event) => state.enter(event.target.value)}
    />
  );
}

function Affixed({ before, after, children }: { before?: string; after?: string; children: ReactNode }) {
  return (
    <div className="ui-affixed">
      {before !== undefined && <span className="ui-affix">{before}</span>}
      {children}
      {after !== undefined && <span className="ui-affix">{after}</span>}
    </div>
  );
}

export function NumberInput(props: NumberInputProps) {
  const state = useNumberControl(props);
  return (
    <FieldFrame {...props}>
      {(control) => (
        <Affixed {...(props.formatStyle === 'percentage' ? { after: '%' } : {})}>
          <NumberBox {...{ props, control, state }} />
        </Affixed>
      )}
    </FieldFrame>
  );
}

export function CurrencyInput(props: CurrencyInputProps) {
  const state = useNumberControl(props);
  return (
    <FieldFrame {...props}>
      {(control) => (
        <Affixed before={props.currency ?? 'USD'}>
          <NumberBox {...{ props, control, state }} />
        </Affixed>
      )}
    </FieldFrame>
  );
}

export function StepperInput(props: StepperInputProps) {
  const state = useNumberControl(props);
  const { min = -Infinity, max = Infinity, stepSize = 1 } = props;
  const current = state.number ?? 0;
  const step = (by: number) => state.set(Math.min(max, Math.max(min, current + by)));
  return (
    <FieldFrame {...props}>
      {(control) => (
        <div className="ui-stepper">
          <button
            type="button"
            className="ui-stepper-button"
            aria-label={`Less: ${props.label}`}
            disabled={props.readOnly === true || current <= min}
            title={current <= min ? props.minValueReachedTooltip : undefined}
            onClick={() => step(-stepSize)}
          >
            −
          </button>
          <NumberBox {...{ props, control, state }} className="ui-stepper-value" />
          <button
            type="button"
            className="ui-stepper-button"
            aria-label={`More: ${props.label}`}
            disabled={props.readOnly === true || current >= max}
            title={current >= max ? props.maxValueReachedTooltip : undefined}
            onClick={() => step(stepSize)}
          >
            +
          </button>
        </div>
      )}
    </FieldFrame>
  );
}
