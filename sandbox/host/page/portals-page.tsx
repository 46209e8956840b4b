import type { Portal } from './control-api.ts';
import { PageLinkTo } from './shell.tsx';

/** The accounts that this sandbox holds. */
export function PortalsPage({ portals }: { portals: Portal[] }) {
  return (
    <main className="page-main page-narrow">
      <h1>Accounts in this sandbox</h1>
      <p className="ui-microcopy">Invented companies and people. Nothing here leaves this machine.</p>
      {portals.length === 0 && <p>No account has been loaded yet.</p>}
      <ul className="page-cards">
        {portals.map((portal) => (
          <li key={portal.portalId} className="ui-tile">
            <h2>
              <PageLinkTo href={`/companies/${portal.portalId}`}>{portal.name}</PageLinkTo>
            </h2>
            <div className="ui-microcopy">
              Account {portal.portalId} · {portal.timeZone} · {portal.owners.length} users ·{' '}
              {portal.installed ? 'app installed' : 'app not installed'}
            </div>
          </li>
        ))}
      </ul>
    </main>
  );
}
