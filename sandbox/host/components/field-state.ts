import { useEffect, useRef, useState } from 'react';

export interface FieldState<T> {
  value: T;
  /** Shows a value the person entered and remembers it, to know its echo from a change by the extension. */
  enter(value: T): void;
  focused: { current: boolean };
}

/**
 * A field's value lives on the page: the extension's copy is a message away, and one that came back late would undo
 * what was typed meanwhile. A value from the extension is taken when it changed and is no echo, and either the field
 * is not being edited or the extension emptied it.
 */
export function useFieldState<T>(
  remote: T | undefined,
  initial: T,
  isEmpty: (value: T) => boolean,
): FieldState<T> {
  const [value, setValue] = useState<T>(remote ?? initial);
  const focused = useRef(false);
  const entered = useRef<string[]>([]);
  const remoteKey = JSON.stringify(remote ?? null);
  const lastRemote = useRef(remoteKey);
  const empty = useRef({ initial, isEmpty });
  useEffect(() => {
    if (remoteKey === lastRemote.current) return;
    lastRemote.current = remoteKey;
    const echo = entered.current.indexOf(remoteKey);
    if (echo >= 0) {
      entered.current = entered.current.slice(echo + 1);
      return;
    }
    const next = remote ?? empty.current.initial;
    if (focused.current && !empty.current.isEmpty(next)) return;
    entered.current = [];
    setValue(next);
  }, [remote, remoteKey]);
  const enter = (next: T) => {
    entered.current = [...entered.current.slice(-200), JSON.stringify(next)];
    setValue(next);
  };
  return { value, enter, focused };
}
