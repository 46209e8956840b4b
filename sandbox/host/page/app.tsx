import { useCallback, useEffect, useState } from 'react';
import { AppPage } from './app-page.tsx';
import { ClockBar, usePageClock } from './clock-bar.tsx';
import { CompaniesPage } from './companies-page.tsx';
import { readPortals, type Portal } from './control-api.ts';
import type { PageProps } from './page-props.ts';
import { PortalsPage } from './portals-page.tsx';
import { RecordPage } from './record-page.tsx';
import { parseRoute, setQuery, useAddress, type Route } from './route.ts';
import { Shell } from './shell.tsx';
import { ToastStack, useToasts } from './toasts.tsx';
import { viewerFrom, viewersOf } from './viewers.ts';

export function App() {
  const address = useAddress();
  const route = parseRoute(address.pathname);
  const [portals, setPortals] = useState<Portal[] | null>(null);
  const [problem, setProblem] = useState('');
  const [visit, setVisit] = useState(0);
  const { toasts, add, remove } = useToasts();
  const load = useCallback(() => {
    readPortals().then(setPortals, (error: unknown) =>
      setProblem(error instanceof Error ? error.message : String(error)),
    );
  }, []);
  useEffect(load, [load]);
  const clock = usePageClock(() => {
    setVisit((count) => count + 1);
    load();
  });
  const portal = portals?.find((one) => 'portalId' in route && one.portalId === route.portalId) ?? null;
  const viewers = portal === null ? [] : viewersOf(portal);
  const viewer = viewerFrom(viewers, address.searchParams.get('as'));
  useEffect(() => {
    document.title = `${portal?.name ?? 'Accounts'} · local preview`;
  }, [portal?.name]);
  return (
    <>
      <ClockBar clock={clock} />
      <Shell {...{ route, portal, viewers, viewer }} onViewer={(userId) => setQuery('as', String(userId))}>
        {problem !== '' && <Problem message={problem} />}
        {portals !== null && clock.offsetMs !== null && (
          <Page
            route={route}
            portals={portals}
            props={portal && { portal, viewer, clockOffsetMs: clock.offsetMs, visit, addAlert: add }}
          />
        )}
      </Shell>
      <ToastStack toasts={toasts} remove={remove} />
    </>
  );
}

function Page({ route, portals, props }: { route: Route; portals: Portal[]; props: PageProps | null }) {
  if (route.page === 'portals') return <PortalsPage portals={portals} />;
  if (props === null) return <Problem message="There is no such account in this sandbox." />;
  switch (route.page) {
    case 'companies':
      return <CompaniesPage {...props} />;
    case 'record':
      return <RecordPage key={route.companyId} {...props} companyId={route.companyId} />;
    case 'home':
      return <AppPage {...props} bundle="pages" location="pages" path={route.path} />;
    case 'settings':
      return <AppPage {...props} bundle="settings" location="settings" path="/" />;
  }
}

function Problem({ message }: { message: string }) {
  return (
    <main className="page-main">
      <div className="ui-alert ui-alert-danger" role="alert">
        {message}
      </div>
    </main>
  );
}
