import type { FormProps } from '@hubspot/ui-extensions';
import { createContext, useContext, useEffect, useMemo, useRef, type FormEvent } from 'react';
import { useReactions } from './overlay-store.ts';
import { callRemote, plainEvent } from './remote-call.ts';

/** A field as its form knows it. */
export interface FormField {
  name: string;
  value(): unknown;
  /** Reports a text that was typed but not yet left, as Enter submits without a blur. */
  commit(): void;
}

interface FormState {
  register(field: FormField): () => void;
}

const FormContext = createContext<FormState | null>(null);

/** Submits by button or Enter; the handler's event carries every named field as `targetValue`. */
export function Form({ onSubmit, autoComplete, children }: FormProps) {
  const reactions = useReactions();
  const fields = useRef(new Set<FormField>());
  const state = useMemo<FormState>(
    () => ({
      register: (field) => {
        fields.current.add(field);
        return () => {
          fields.current.delete(field);
        };
      },
    }),
    [],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    for (const field of fields.current) field.commit();
    const targetValue = Object.fromEntries([...fields.current].map((field) => [field.name, field.value()]));
    callRemote(onSubmit, { ...plainEvent(event), targetValue } as never, reactions);
  };
  return (
    <form className="ui-form ui-column" noValidate autoComplete={autoComplete} onSubmit={submit}>
      <FormContext.Provider value={state}>{children}</FormContext.Provider>
    </form>
  );
}

/** Makes a named field part of the surrounding form, if there is one. */
export function useFormField(
  name: string | undefined,
  value: unknown,
  commit: () => void = () => undefined,
): void {
  const form = useContext(FormContext);
  const latest = useRef({ value, commit });
  latest.current = { value, commit };
  useEffect(() => {
    if (name === undefined || name === '') return;
    return form?.register({ name, value: () => latest.current.value, commit: () => latest.current.commit() });
  }, [form, name]);
}
