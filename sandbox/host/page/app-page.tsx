import type { PageProps } from './page-props.ts';
import { ExtensionSlot } from './extension-slot.tsx';

interface Props extends PageProps {
  bundle: string;
  location: 'pages' | 'settings';
  path: string;
}

/** The app's own pages and its settings, which stand apart from any record. */
export function AppPage({ bundle, location, path, ...props }: Props) {
  const isSettings = location === 'settings';
  return (
    <main className={isSettings ? 'page-main page-settings' : 'page-main'}>
      {isSettings && (
        <aside className="page-settings-nav" aria-label="Settings">
          <div className="ui-microcopy">Connected apps</div>
          <div aria-current="page">Service check-in</div>
        </aside>
      )}
      <section className="page-app" aria-label="Service check-in">
        <h1 className="page-app-name">{isSettings ? 'Connected apps / ' : 'Apps / '}Service check-in</h1>
        <ExtensionSlot {...props} bundle={bundle} location={location} path={path} />
      </section>
    </main>
  );
}
