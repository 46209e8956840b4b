import { Button, Flex, Panel, PanelBody, StatusTag, Text } from '@hubspot/ui-extensions';
import { useState, type ReactNode } from 'react';
import { waitsForReply } from './generated/asked-anew.ts';
import { CompanyByRole } from './generated/CompanyCard.tsx';
import type { CompanyView, RepView } from './generated/contract-types.ts';
import type { Host } from './generated/host.ts';
import { LoadFailed, Loading } from './generated/LoadStates.tsx';
import { decideBy, isToAsk, managerStatus, managerVariant } from './generated/ManagerCard.tsx';
import { useLookAgain, useLookForUndo } from './generated/use-look-again.ts';
import { useCompany } from './generated/use-resource.ts';
import { viewerStatus } from './generated/ViewerCard.tsx';
import { COMMON, MANAGER, REP, SIDEBAR } from './generated/wording.ts';

interface Line {
  status: string;
  variant: 'default' | 'info' | 'success' | 'warning';
  /** Whether something waits for the reader here. */
  isWaiting: boolean;
  text: string | null;
  button: string | null;
}

/** The last day for a reply that a difference still waits for. */
function replyUntil(view: RepView): string | null {
  const open = view.findings.find((finding) => waitsForReply(view, finding));
  return open?.replyUntil ?? null;
}

/** What the narrow card says for each reader, and what its one button is called. */
function lineOf(view: CompanyView, locale: string): Line {
  const quiet = { variant: 'default', isWaiting: false, text: null, button: null } as const;
  if (view.role === 'viewer') return { ...quiet, status: viewerStatus(view, locale) };
  if (view.role === 'rep') {
    const newest = view.feedback[0];
    if (newest === undefined) return { ...quiet, status: REP.noWords };
    const status = newest.isNew
      ? REP.newWords(newest.happenedOn, view.today, locale)
      : REP.lastWords(newest.happenedOn, view.today, locale);
    const until = replyUntil(view);
    const waiting = until === null ? null : SIDEBAR.canReply(until, locale);
    const text = newest.isNew ? SIDEBAR.left(newest.respondentName) : waiting;
    const variant = newest.isNew ? 'info' : 'default';
    return { status, variant, isWaiting: text !== null, text, button: SIDEBAR.read };
  }
  if (view.state === 'programNotStarted') return { ...quiet, status: managerStatus(view, locale) };
  const isOpen = isToAsk(view);
  const until = decideBy(view);
  if (view.state === 'done' && until !== null) {
    const status = managerStatus(view, locale);
    const text = SIDEBAR.canDecide(until, locale);
    return { status, variant: managerVariant(view), isWaiting: true, text, button: SIDEBAR.open };
  }
  return {
    status: managerStatus(view, locale),
    variant: managerVariant(view),
    isWaiting: isOpen,
    text:
      view.state === 'answerMissing'
        ? MANAGER.answerMissing
        : isOpen && view.ask !== null
          ? SIDEBAR.ask(view.ask.name)
          : null,
    button: view.state === 'answerMissing' ? MANAGER.writeItDown : isOpen ? SIDEBAR.start : SIDEBAR.open,
  };
}

/** The check-in that the tab beside may still undo; empty where there is none. */
function undoableBeside(view: CompanyView): string {
  const saved = view.role === 'manager' ? view.saved : null;
  return saved === null || saved.undoUntil === null ? '' : saved.checkInId;
}

/** The words that the tab beside keeps as a draft. */
function typedBeside(view: CompanyView): string {
  return view.role === 'manager' ? (view.draft?.words ?? '') : '';
}

interface PanelProps {
  companyId: string;
  label: string;
  onOpen: () => void;
  onClose: () => void;
  children: ReactNode;
}

function InPanel({ companyId, label, onOpen, onClose, children }: PanelProps) {
  return (
    <Flex direction="row">
      <Button
        variant="secondary"
        overlay={
          <Panel
            id={`check-in-${companyId}`}
            title={COMMON.appName}
            width="md"
            onOpen={onOpen}
            onClose={onClose}
          >
            <PanelBody>{children}</PanelBody>
          </Panel>
        }
      >
        {label}
      </Button>
    </Flex>
  );
}

/**
 * The compact card: one glance, and a button that opens the same card in a panel. Never a primary one: the tab's card stands on
 * the same record, and one thing at a time is the thing to do.
 */
export function SidebarCard({ companyId, host }: { companyId: string; host: Host }) {
  const { loaded, reload, send } = useCompany(companyId);
  const [isOpen, setOpen] = useState(false);
  const isWaiting = loaded.status === 'ready' && lineOf(loaded.value, host.locale).isWaiting;
  // Words that are typed in the panel are this card's own.
  const typed = loaded.status === 'ready' && !isOpen ? typedBeside(loaded.value) : '';
  useLookAgain(isWaiting, typed, reload);
  useLookForUndo(loaded.status === 'ready' ? undoableBeside(loaded.value) : '', reload);
  if (loaded.status === 'loading') return <Loading compact />;
  if (loaded.status === 'failed') return <LoadFailed failure={loaded.failure} host={host} retry={reload} />;
  const { status, variant, text, button } = lineOf(loaded.value, host.locale);
  return (
    <Flex direction="column" gap="sm">
      <Flex direction="row">
        <StatusTag variant={variant}>{status}</StatusTag>
      </Flex>
      {text === null ? null : <Text>{text}</Text>}
      {button === null && !isOpen ? null : (
        <InPanel
          companyId={companyId}
          label={button ?? SIDEBAR.open}
          onOpen={() => {
            setOpen(true);
            // What is acted on is never what stood here an hour ago.
            reload();
          }}
          onClose={() => {
            setOpen(false);
          }}
        >
          <CompanyByRole view={loaded.value} host={host} send={send} onChanged={reload} />
        </InPanel>
      )}
    </Flex>
  );
}
