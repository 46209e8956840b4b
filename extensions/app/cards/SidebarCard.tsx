import { Button, Flex, Panel, PanelBody, StatusTag, Text } from '@hubspot/ui-extensions';
import type { ReactNode } from 'react';
import { CompanyByRole } from './generated/CompanyCard.tsx';
import type { CompanyView } from './generated/contract-types.ts';
import type { Host } from './generated/host.ts';
import { LoadFailed, Loading } from './generated/LoadStates.tsx';
import { managerStatus } from './generated/ManagerCard.tsx';
import { useCompany } from './generated/use-resource.ts';
import { viewerStatus } from './generated/ViewerCard.tsx';
import { COMMON, MANAGER, REP, SIDEBAR } from './generated/wording.ts';

interface Line {
  status: string;
  text: string | null;
  button: string | null;
}

/** What the narrow card says for each reader, and what its one button is called. */
function lineOf(view: CompanyView, locale: string): Line {
  if (view.role === 'viewer') return { status: viewerStatus(view, locale), text: null, button: null };
  if (view.role === 'rep') {
    const newest = view.feedback[0];
    if (newest === undefined) return { status: REP.noWords, text: null, button: null };
    const status = newest.isNew
      ? REP.newWords(newest.happenedOn, locale)
      : REP.lastWords(newest.happenedOn, locale);
    return { status, text: newest.isNew ? SIDEBAR.left(newest.respondentName) : null, button: SIDEBAR.read };
  }
  const isOpen = view.state !== 'done' && view.state !== 'notInProgram' && view.state !== 'programNotStarted';
  return {
    status: managerStatus(view, locale),
    text:
      view.state === 'answerMissing'
        ? MANAGER.answerMissing
        : isOpen && view.ask !== null
          ? SIDEBAR.ask(view.ask.name)
          : null,
    button: isOpen ? SIDEBAR.start : SIDEBAR.open,
  };
}

function InPanel({ companyId, label, children }: { companyId: string; label: string; children: ReactNode }) {
  return (
    <Flex direction="row">
      <Button
        variant="primary"
        overlay={
          <Panel id={`check-in-${companyId}`} title={COMMON.appName} width="md">
            <PanelBody>{children}</PanelBody>
          </Panel>
        }
      >
        {label}
      </Button>
    </Flex>
  );
}

/** The compact card: one glance, and a button that opens the same card in a panel. */
export function SidebarCard({ companyId, host }: { companyId: string; host: Host }) {
  const { loaded, reload, send } = useCompany(companyId);
  if (loaded.status === 'loading') return <Loading compact />;
  if (loaded.status === 'failed') return <LoadFailed failure={loaded.failure} host={host} retry={reload} />;
  const { status, text, button } = lineOf(loaded.value, host.locale);
  return (
    <Flex direction="column" gap="sm">
      <Flex direction="row">
        <StatusTag variant="default">{status}</StatusTag>
      </Flex>
      {text === null ? null : <Text>{text}</Text>}
      {button === null ? null : (
        <InPanel companyId={companyId} label={button}>
          <CompanyByRole view={loaded.value} host={host} send={send} onChanged={reload} />
        </InPanel>
      )}
    </Flex>
  );
}
