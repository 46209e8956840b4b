import { useEffect, useRef } from 'react';

export interface OpenFrame {
  uri: string;
  title: string;
  width: number;
  height: number;
  onClose: () => void;
}

/** A page of the app's own in a dialog, opened by the `openIframeModal` action. */
export function IframeModal({ frame, close }: { frame: OpenFrame; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const leave = () => {
    close();
    frame.onClose();
  };
  const label = frame.title === '' ? 'App page' : frame.title;
  return (
    <dialog ref={dialog} className="ui-modal ui-modal-frame" aria-label={label} onClose={leave}>
      <div className="ui-dialog-head">
        <h2 className="ui-dialog-title">{label}</h2>
        <button
          type="button"
          className="ui-dialog-close"
          aria-label="Close"
          onClick={() => dialog.current?.close()}
        >
          ×
        </button>
      </div>
      <iframe
        src={frame.uri}
        title={label}
        width={frame.width}
        height={frame.height}
        sandbox="allow-scripts allow-forms"
      />
    </dialog>
  );
}
