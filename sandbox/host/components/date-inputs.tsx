import type { BaseDate, BaseTime, DateInputProps, TimeInputProps } from '@hubspot/ui-extensions';
import { FieldFrame } from './field-frame.tsx';
import { useFieldState } from './field-state.ts';
import { useFormField } from './form.tsx';
import { callRemote } from './remote-call.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** HubSpot counts months from 0, the browser from 1. */
export function dateToText(date: BaseDate | null | undefined): string {
  return date == null ? '' : `${String(date.year).padStart(4, '0')}-${two(date.month + 1)}-${two(date.date)}`;
}

/** The date of a `YYYY-MM-DD` text, month from 0; null while it is none. */
export function textToDate(text: string): BaseDate | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match === null
    ? null
    : { year: Number(match[1]), month: Number(match[2]) - 1, date: Number(match[3]) };
}

const timeToText = (time: BaseTime | null | undefined) =>
  time == null ? '' : `${two(time.hours)}:${two(time.minutes)}`;

function textToTime(text: string): BaseTime | null {
  const match = /^(\d{2}):(\d{2})/.exec(text);
  return match === null ? null : { hours: Number(match[1]), minutes: Number(match[2]) };
}

const given = (props: { value?: unknown }) => Object.hasOwn(props, 'value') && props.value !== undefined;
const isEmptyText = (text: string) => text === '';

export function DateInput(props: DateInputProps) {
  const remote = given(props) ? dateToText(props.value) : undefined;
  const field = useFieldState<string>(remote, dateToText(props.defaultValue), isEmptyText);
  const date = textToDate(field.value);
  useFormField(props.name, date);
  const payload = (value: BaseDate | null) =>
    value === null ? null : { ...value, formattedDate: dateToText(value) };
  const enter = (text: string) => {
    field.enter(text);
    callRemote(props.onChange as ((value: unknown) => void) | undefined, payload(textToDate(text)));
  };
  return (
    <FieldFrame {...props} {...rangeError(props, field.value)}>
      {(control) => (
        <input
          {...control}
          className="ui-input ui-date"
          type="date"
          name={props.name}
          value={field.value}
          min={dateToText(props.min) || undefined}
          max={dateToText(props.max) || undefined}
          readOnly={props.readOnly}
          onChange={(event) => enter(event.target.value)}
          onFocus={() => {
            field.focused.current = true;
            callRemote(props.onFocus as ((value: unknown) => void) | undefined, payload(date));
          }}
          onBlur={() => {
            field.focused.current = false;
            callRemote(props.onBlur as ((value: unknown) => void) | undefined, payload(date));
          }}
        />
      )}
    </FieldFrame>
  );
}

function rangeError({ min, max, minValidationMessage, maxValidationMessage }: DateInputProps, text: string) {
  if (text === '') return {};
  if (min !== undefined && text < dateToText(min)) {
    return { error: true, validationMessage: minValidationMessage ?? 'This date is too early' };
  }
  if (max !== undefined && text > dateToText(max)) {
    return { error: true, validationMessage: maxValidationMessage ?? 'This date is too late' };
  }
  return {};
}

export function TimeInput(props: TimeInputProps) {
  const remote = given(props) ? timeToText(props.value) : undefined;
  const field = useFieldState<string>(remote, timeToText(props.defaultValue), isEmptyText);
  const time = textToTime(field.value);
  useFormField(props.name, time);
  const enter = (text: string) => {
    field.enter(text);
    callRemote(props.onChange as ((value: unknown) => void) | undefined, textToTime(text));
  };
  return (
    <FieldFrame {...props}>
      {(control) => (
        <input
          {...control}
          className="ui-input ui-date"
          type="time"
          name={props.name}
          value={field.value}
          step={(props.interval ?? 30) * 60}
          min={timeToText(props.min) || undefined}
          max={timeToText(props.max) || undefined}
          readOnly={props.readOnly}
          onChange={(event) => enter(event.target.value)}
          onFocus={() => (field.focused.current = true)}
          onBlur={() => (field.focused.current = false)}
        />
      )}
    </FieldFrame>
  );
}
