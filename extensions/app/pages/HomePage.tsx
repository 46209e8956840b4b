import { Divider, Flex, Text, useExtensionActions, useExtensionContext } from '@hubspot/ui-extensions';
import { PageTitle } from '@hubspot/ui-extensions/pages';
import { AdminHome } from './AdminHome.tsx';
import { Exports } from './Exports.tsx';
import { safeLocale } from './generated/dates.ts';
import type { Host } from './generated/host.ts';
import { LoadFailed, Loading } from './generated/LoadStates.tsx';
import { Reload } from './generated/reload.ts';
import { useHome } from './generated/use-resource.ts';
import { MethodPanel } from './generated/MethodPanel.tsx';
import { Thanks } from './generated/Thanks.tsx';
import { HOME } from './generated/wording-pages.ts';
import { ManagerHome } from './ManagerHome.tsx';
import { Patterns } from './Patterns.tsx';
import { RepHome } from './RepHome.tsx';

function useHost(): Host {
  const { user } = useExtensionContext<'pages'>();
  const actions = useExtensionActions<'pages'>();
  return {
    locale: safeLocale(user.locale),
    canConnectApps: user.permissions.includes('integrations-management-write'),
    copy: (text) => void actions.copyTextToClipboard(text),
    closeOverlay: actions.closeOverlay,
  };
}

/** The home page: one part for each of the reader's roles, what is left to set up first. */
export function HomePage() {
  const host = useHost();
  const { user, extension } = useExtensionContext<'pages'>();
  const { firstName } = user;
  const appId = extension?.appId;
  const { loaded, reload, send } = useHome();
  if (loaded.status === 'loading') return <Loading />;
  if (loaded.status === 'failed') return <LoadFailed failure={loaded.failure} host={host} retry={reload} />;
  const { admin, manager, rep, patterns, thanks, exports, today } = loaded.value;
  // A rep's own pattern waits for them; a manager's are of the team, which comes last.
  const isOfRep = rep !== null && manager === null;
  const patternList = <Patterns patterns={patterns} send={send} onChanged={reload} />;
  const setUp = admin?.checklist.every((item) => item.done) ?? true;
  const started = admin?.checklist.every((item) => item.key !== 'start' || item.done) ?? true;
  if (admin !== null && !started) {
    return (
      <Flex direction="column" gap="md">
        <PageTitle>{HOME.title}</PageTitle>
        <AdminHome home={admin} appId={appId} primary />
      </Flex>
    );
  }
  return (
    <Reload.Provider value={reload}>
      <Flex direction="column" gap="md">
        <PageTitle>{HOME.title}</PageTitle>
        {admin !== null && !setUp ? <AdminHome home={admin} appId={appId} /> : null}
        {manager === null ? null : (
          <ManagerHome home={manager} today={today} host={host} send={send} onChanged={reload} />
        )}
        {manager === null || rep === null ? null : <Divider />}
        {rep === null ? null : (
          <RepHome
            home={rep}
            host={host}
            today={today}
            primary={manager === null || manager.today.length === 0}
            withPromises={manager === null}
            thanks={thanks}
            send={send}
            onChanged={reload}
          >
            {isOfRep ? patternList : null}
          </RepHome>
        )}
        {rep === null ? <Thanks thanks={thanks} today={today} locale={host.locale} /> : null}
        {isOfRep ? null : patternList}
        {admin !== null && setUp ? <AdminHome home={admin} appId={appId} /> : null}
        {admin === null && manager === null && rep === null && thanks.length === 0 ? (
          <Text>{HOME.nothing(firstName)}</Text>
        ) : null}
        <Exports kinds={exports} locale={host.locale} send={send} />
        <MethodPanel id="home" />
      </Flex>
    </Reload.Provider>
  );
}
