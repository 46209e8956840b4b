import type { Portal } from './control-api.ts';
import { PageLinkTo } from './shell.tsx';

/** The accounts that this sandbox holds. */
export function PortalsPage({ portals }: { portals: Portal[] }) {
  return (
    <main className="page-main page-narrow">
      <h1>Accounts in this sandbox</h1>
      <p className="ui-microcopy">Invented companies and people. Nothing here leaves this machine.</p>
      {portals.length === 0 && <p>No account has been loaded yet.</p>}
      <InstallLink names={portals.filter(({ installed }) => !installed).map(({ name }) => name)} />
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

/** The way into the app that a customer takes: HubSpot's consent, in an account that does not have the app. */
function InstallLink({ names }: { names: string[] }) {
  if (names.length === 0) return null;
  return (
    <p>
      <a href="/install">Install in an empty account</a>
      <br />
      <span className="ui-microcopy">
        From HubSpot’s consent page on. Choose an admin of {names.join(' or ')} there; then come back here for
        the account’s settings.
      </span>
    </p>
  );
}
