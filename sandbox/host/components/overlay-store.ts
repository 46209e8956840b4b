import { createContext, useContext, useSyncExternalStore } from 'react';

/** Which modals and panels of one extension are open, by their id. */
export interface OverlayStore {
  open: (id: string) => void;
  close: (id: string) => void;
  subscribe: (listener: () => void) => () => void;
  opened: () => ReadonlySet<string>;
}

/** A store with nothing open. */
export function createOverlayStore(): OverlayStore {
  let opened: ReadonlySet<string> = new Set();
  const listeners = new Set<() => void>();
  const change = (next: ReadonlySet<string>) => {
    opened = next;
    for (const listener of listeners) listener();
  };
  return {
    open: (id) => change(new Set([...opened, id])),
    close: (id) => change(new Set([...opened].filter((other) => other !== id))),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    opened: () => opened,
  };
}

export const OverlayStoreContext = createContext<OverlayStore>(createOverlayStore());

/** Whether the overlay is open, and the store it belongs to. */
export function useOverlay(id: string): { isOpen: boolean; store: OverlayStore } {
  const store = useContext(OverlayStoreContext);
  const opened = useSyncExternalStore(store.subscribe, store.opened);
  return { isOpen: opened.has(id), store };
}

export interface Reactions {
  openModal: (id: string) => void;
  openPanel: (id: string) => void;
  closeModal: (id: string) => void;
  closePanel: (id: string) => void;
}

/** The second argument of HubSpot's handlers. */
export function useReactions(): Reactions {
  const store = useContext(OverlayStoreContext);
  return { openModal: store.open, openPanel: store.open, closeModal: store.close, closePanel: store.close };
}
