import { hubspot, type ExtensionPointApiActions, type SettingsContext } from '@hubspot/ui-extensions';
import { safeLocale } from './generated/dates.ts';
import { Settings } from './Settings.tsx';

interface Props {
  context: SettingsContext;
  actions: ExtensionPointApiActions<'settings'>;
}

function SettingsPage({ context, actions }: Props) {
  return (
    <Settings
      appId={context.extension?.appId}
      host={{
        locale: safeLocale(context.user.locale),
        canConnectApps: context.user.permissions.includes('integrations-management-write'),
        copy: (text) => void actions.copyTextToClipboard(text),
        closeOverlay: actions.closeOverlay,
      }}
    />
  );
}

hubspot.extend<'settings'>(({ context, actions }) => <SettingsPage context={context} actions={actions} />);
