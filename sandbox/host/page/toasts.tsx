import { useEffect, useRef, useState } from 'react';

export interface Toast {
  id: number;
  type: string;
  title: string;
  message: string;
}

const SHOWN_MS = 8000;
/** React 18's types do not know the attribute yet. */
const POPOVER = { popover: 'manual' };

/** The alerts that extensions raise; they go by themselves after a while. */
export function useToasts() {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const nextId = useRef(1);
  const remove = (id: number) => setToasts((all) => all.filter((toast) => toast.id !== id));
  const add = useRef((alert: { type?: string; title?: string; message: string }) => {
    const id = nextId.current++;
    setToasts((all) => [
      ...all,
      { id, type: alert.type ?? 'info', title: alert.title ?? '', message: alert.message },
    ]);
    setTimeout(() => remove(id), SHOWN_MS);
  });
  return { toasts, add: add.current, remove };
}

/** Shown above open dialogs too, which only a popover can be. */
export function ToastStack({ toasts, remove }: { toasts: readonly Toast[]; remove: (id: number) => void }) {
  const stack = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = stack.current;
    if (toasts.length === 0 || element === null) return;
    element.showPopover();
    return () => {
      if (element.matches(':popover-open')) element.hidePopover();
    };
  }, [toasts]);
  return (
    <div ref={stack} className="page-toasts" {...POPOVER} role="status">
      {toasts.map((toast) => (
        <div key={toast.id} className={`page-toast ui-alert ui-alert-${toast.type}`}>
          <div>
            {toast.title !== '' && <div className="ui-alert-title">{toast.title}</div>}
            <div>{toast.message}</div>
          </div>
          <button type="button" className="ui-plain" aria-label="Dismiss" onClick={() => remove(toast.id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
