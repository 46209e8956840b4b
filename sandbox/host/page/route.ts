import { useSyncExternalStore } from 'react';

/** Which page is shown, read from the address. */
export type Route =
  | { page: 'portals' }
  | { page: 'companies'; portalId: number }
  | { page: 'record'; portalId: number; companyId: string }
  | { page: 'home'; portalId: number; path: string }
  | { page: 'settings'; portalId: number };

/** The page of an address path; anything unknown is the list of accounts. */
export function parseRoute(pathname: string): Route {
  const [page, portal, ...rest] = pathname.split('/').slice(1);
  const portalId = Number(portal);
  if (!Number.isSafeInteger(portalId) || portalId <= 0) return { page: 'portals' };
  if (page === 'record' && rest[1] !== undefined) return { page, portalId, companyId: rest[1] };
  if (page === 'home') return { page, portalId, path: `/${rest.join('/')}` };
  if (page === 'companies' || page === 'settings') return { page, portalId };
  return { page: 'portals' };
}

const listeners = new Set<() => void>();
const announce = () => {
  for (const listener of listeners) listener();
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', announce);
  return () => {
    listeners.delete(listener);
  };
}

/** The current address, followed by the page as it changes. */
export function useAddress(): URL {
  const href = useSyncExternalStore(subscribe, () => window.location.href);
  return new URL(href);
}

/** Goes to an address without loading the page again. */
export function go(href: string): void {
  window.history.pushState(null, '', href);
  window.scrollTo(0, 0);
  announce();
}

/** Changes one query parameter of the current address in place. */
export function setQuery(name: string, value: string): void {
  const url = new URL(window.location.href);
  url.searchParams.set(name, value);
  window.history.replaceState(null, '', url);
  announce();
}

/** A path with the viewing user kept. */
export function pathFor(path: string, viewerId: number): string {
  return `${path}?as=${viewerId}`;
}
