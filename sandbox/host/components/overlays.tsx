import type { ModalProps, PanelProps } from '@hubspot/ui-extensions';
import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type ReactNode,
  type RefObject,
  type SyntheticEvent,
} from 'react';
import { createPortal } from 'react-dom';
import { AnchorContext, useAnchored } from './overlay-anchor.tsx';
import { useOverlay } from './overlay-store.ts';
import { callRemote } from './remote-call.ts';
import { classes, shortSize } from './sizes.ts';

interface DialogProps {
  id: string;
  className: string;
  title: string | undefined;
  label: string | undefined;
  onOpen: (() => void) | undefined;
  onClose: (() => void) | undefined;
  children: ReactNode;
}

export function Modal({ id, title, width, variant, onOpen, onClose, children, ...rest }: ModalProps) {
  const className = classes(
    'ui-modal',
    `ui-modal-${shortSize(width, 'md')}`,
    variant === 'danger' && 'ui-modal-danger',
  );
  return (
    <Dialog {...{ id, className, title, onOpen, onClose }} label={rest['aria-label']}>
      {children}
    </Dialog>
  );
}

export function Panel({ id, title, width, onOpen, onClose, children, ...rest }: PanelProps) {
  const className = classes('ui-panel', `ui-panel-${shortSize(width, 'sm')}`);
  return (
    <Dialog {...{ id, className, title, onOpen, onClose }} label={rest['aria-label']}>
      {children}
    </Dialog>
  );
}

function Dialog(props: DialogProps) {
  useAnchored(props.id);
  const { isOpen, store } = useOverlay(props.id);
  if (!isOpen) return null;
  return createPortal(<OpenDialog {...props} close={() => store.close(props.id)} />, document.body);
}

/** A native modal dialog: the browser keeps the focus inside, closes on Esc and returns the focus. */
function OpenDialog({
  className,
  title,
  label,
  onOpen,
  onClose,
  close,
  children,
}: DialogProps & { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const handlers = useRef({ onOpen, onClose });
  handlers.current = { onOpen, onClose };
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  useEffect(() => {
    const current = handlers;
    callRemote(current.current.onOpen);
    return () => callRemote(current.current.onClose);
  }, []);
  return (
    <dialog
      ref={dialog}
      className={className}
      {...(title === undefined ? { 'aria-label': label } : { 'aria-labelledby': titleId })}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClose={close}
      onClick={keepInside}
      onKeyDown={keepInside}
      onSubmit={keepInside}
    >
      <AnchorContext.Provider value={null}>
        <div className="ui-dialog-head">
          {title !== undefined && (
            <h2 id={titleId} className="ui-dialog-title">
              {title}
            </h2>
          )}
          <button type="button" className="ui-dialog-close" aria-label="Close" onClick={close}>
            ×
          </button>
        </div>
        {children}
      </AnchorContext.Provider>
    </dialog>
  );
}

/** React passes events of a portal on to the trigger's ancestors, which must not take them for their own. */
function keepInside(event: SyntheticEvent): void {
  event.stopPropagation();
}

/** Long text without a control in it can be reached by the keyboard all the same, to be scrolled. */
export function DialogBody({ children }: { children?: ReactNode }) {
  const body = useRef<HTMLDivElement>(null);
  const isLong = useOverflow(body);
  return (
    <div ref={body} className="ui-dialog-body ui-column" {...(isLong ? { tabIndex: 0 } : {})}>
      {children}
    </div>
  );
}

/** Whether more stands in an element than it can show, followed as its content and its size change. */
function useOverflow(element: RefObject<HTMLElement>): boolean {
  const [overflows, setOverflows] = useState(false);
  useEffect(() => {
    const watched = element.current;
    if (watched === null) return;
    const look = () => setOverflows(watched.scrollHeight > watched.clientHeight);
    const sizes = new ResizeObserver(look);
    const contents = new MutationObserver(look);
    sizes.observe(watched);
    contents.observe(watched, { childList: true, subtree: true });
    return () => {
      sizes.disconnect();
      contents.disconnect();
    };
  }, [element]);
  return overflows;
}

export function PanelSection({ flush, children }: { flush?: boolean; children?: ReactNode }) {
  return (
    <section className={classes('ui-panel-section ui-column', flush === true && 'ui-flush')}>
      {children}
    </section>
  );
}

export function DialogFooter({ children }: { children?: ReactNode }) {
  return <div className="ui-dialog-footer">{children}</div>;
}
