// Copied from extension-kit/CompanyCard.tsx, by `npm run generate`. Do not edit.
import type { Send } from './backend.ts';
import type { CompanyView } from './contract-types.ts';
import type { Host } from './host.ts';
import { LoadFailed, Loading } from './LoadStates.tsx';
import { ManagerCard } from './ManagerCard.tsx';
import { RepCard } from './RepCard.tsx';
import { Reload } from './reload.ts';
import { useCompany } from './use-resource.ts';
import { ViewerCard } from './ViewerCard.tsx';

interface ViewProps {
  view: CompanyView;
  host: Host;
  send: Send;
  onChanged: () => void;
  onHandled?: () => void;
  /** Whether it reads again by itself what another card may have saved. */
  looksAgain?: boolean;
}

/** One company for whoever looks: the backend decided the role from the signed request. */
export function CompanyByRole(props: ViewProps) {
  return (
    <Reload.Provider value={props.onChanged}>
      <ByRole {...props} />
    </Reload.Provider>
  );
}

function ByRole({ view, host, send, onChanged, onHandled, looksAgain = false }: ViewProps) {
  switch (view.role) {
    case 'manager':
      return (
        <ManagerCard
          view={view}
          host={host}
          send={send}
          onChanged={onChanged}
          looksAgain={looksAgain}
          {...(onHandled === undefined ? {} : { onHandled })}
        />
      );
    case 'rep':
      return <RepCard view={view} host={host} send={send} onChanged={onChanged} />;
    case 'viewer':
      return <ViewerCard view={view} locale={host.locale} />;
  }
}

/** The whole card of one company, from loading on. */
export function CompanyCard({
  companyId,
  host,
  onHandled,
}: {
  companyId: string;
  host: Host;
  onHandled?: () => void;
}) {
  const { loaded, reload, send } = useCompany(companyId);
  if (loaded.status === 'loading') return <Loading />;
  if (loaded.status === 'failed') return <LoadFailed failure={loaded.failure} host={host} retry={reload} />;
  return (
    <CompanyByRole
      view={loaded.value}
      host={host}
      send={send}
      onChanged={reload}
      looksAgain
      {...(onHandled === undefined ? {} : { onHandled })}
    />
  );
}
