import type { MouseEvent, ReactNode } from 'react';
import type { Portal } from './control-api.ts';
import { go, pathFor, type Route } from './route.ts';
import { nameOf, type Viewer } from './viewers.ts';

interface Props {
  route: Route;
  portal: Portal | null;
  viewers: Viewer[];
  viewer: Viewer;
  onViewer: (userId: number) => void;
  children: ReactNode;
}

/** The navigation around every page: the account, its places and who is looking. */
export function Shell({ route, portal, viewers, viewer, onViewer, children }: Props) {
  return (
    <>
      <header className="page-nav">
        <PageLinkTo href="/" className="page-brand">
          Preview
        </PageLinkTo>
        {portal !== null && <Places portal={portal} viewer={viewer} route={route} />}
        {portal !== null && (
          <label className="page-viewer">
            <span>Viewing as</span>
            <select value={viewer.userId} onChange={(event) => onViewer(Number(event.target.value))}>
              {viewers.map((one) => (
                <option key={one.userId} value={one.userId}>
                  {nameOf(one)}
                  {one.role === '' ? '' : ` (${one.role})`}
                </option>
              ))}
            </select>
          </label>
        )}
      </header>
      {children}
    </>
  );
}

function Places({ portal, viewer, route }: { portal: Portal; viewer: Viewer; route: Route }) {
  const places = [
    { label: 'Companies', path: `/companies/${portal.portalId}`, pages: ['companies', 'record'] },
    { label: 'Service check-in', path: `/home/${portal.portalId}`, pages: ['home'] },
    { label: 'Settings', path: `/settings/${portal.portalId}`, pages: ['settings'] },
  ];
  return (
    <nav aria-label="Account" className="page-places">
      {places.map(({ label, path, pages }) => (
        <PageLinkTo key={label} href={pathFor(path, viewer.userId)} current={pages.includes(route.page)}>
          {label}
        </PageLinkTo>
      ))}
      <span className="page-account">{portal.name}</span>
    </nav>
  );
}

interface LinkProps {
  href: string;
  className?: string;
  current?: boolean;
  children: ReactNode;
}

/** A link inside the preview: no page load, but a new tab where the person asks for one. */
export function PageLinkTo({ href, className, current, children }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(href);
  };
  return (
    <a
      href={href}
      className={className}
      aria-current={current === true ? 'page' : undefined}
      onClick={follow}
    >
      {children}
    </a>
  );
}
