import { useSyncExternalStore } from 'react';
import type { PageLocation } from '../protocol.ts';

/** The path inside the app's pages, which the page changes and the extension's router reads. */
export interface LocationStore {
  set: (location: PageLocation) => void;
  useLocation: () => PageLocation;
}

/** A store that starts at the index page. */
export function createLocationStore(): LocationStore {
  let current: PageLocation = { path: '/', params: {} };
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
  return {
    set: (location) => {
      current = location;
      for (const listener of listeners) listener();
    },
    useLocation: () => useSyncExternalStore(subscribe, () => current),
  };
}
