import type { ReactNode } from 'react';
import type { PageProps } from './page-props.ts';
import { CompanyHeader } from './company-header.tsx';
import { ContactsCard } from './contacts-card.tsx';
import { ExtensionSlot } from './extension-slot.tsx';
import { setQuery, useAddress } from './route.ts';
import { TasksTab } from './tasks-tab.tsx';
import { Tile } from './tile.tsx';
import { Overview, Timeline } from './timeline.tsx';
import { useRecord } from './use-record.ts';

const TABS = [
  { id: 'overview', label: 'Overview' },
  { id: 'activities', label: 'Activities' },
  { id: 'tasks', label: 'Tasks' },
  { id: 'check-in', label: 'Service check-in' },
] as const;

/** A company record: its facts on the left, its tabs in the middle, what belongs to it on the right. */
export function RecordPage({ companyId, ...page }: PageProps & { companyId: string }) {
  const state = useRecord(page.portal.portalId, companyId, page.visit);
  const wanted = useAddress().searchParams.get('tab');
  const tab = TABS.find((one) => one.id === wanted)?.id ?? 'check-in';
  const { record } = state;
  if (record === null)
    return <main className="page-main">{state.problem !== '' && <p role="alert">{state.problem}</p>}</main>;
  const slot = { ...page, companyId, recordState: state, bundle: 'cards' };
  const contents: Record<(typeof TABS)[number]['id'], ReactNode> = {
    overview: <Overview record={record} portal={page.portal} />,
    activities: <Timeline record={record} portal={page.portal} nowMs={Date.now() + page.clockOffsetMs} />,
    tasks: <TasksTab record={record} portal={page.portal} refresh={state.refresh} />,
    'check-in': (
      <Tile title="Service check-in">
        <ExtensionSlot {...slot} location="crm.record.tab" />
      </Tile>
    ),
  };
  return (
    <main className="page-record">
      <CompanyHeader record={record} portal={page.portal} viewer={page.viewer} />
      <section className="page-middle" aria-label="Record">
        <RecordTabs selected={tab} />
        <div
          id="record-panel"
          role="tabpanel"
          aria-labelledby={`record-tab-${tab}`}
          className="page-tabpanel"
        >
          {contents[tab]}
        </div>
      </section>
      <aside className="page-right" aria-label="Associated with this company">
        <Tile title="Service check-in">
          <ExtensionSlot {...slot} location="crm.record.sidebar" />
        </Tile>
        <ContactsCard contacts={record.associated['contacts'] ?? []} />
      </aside>
    </main>
  );
}

function RecordTabs({ selected }: { selected: string }) {
  const move = (step: number) => {
    const at = TABS.findIndex((tab) => tab.id === selected);
    const next = TABS.at((at + step) % TABS.length);
    if (next === undefined) return;
    setQuery('tab', next.id);
    document.getElementById(`record-tab-${next.id}`)?.focus();
  };
  return (
    <div role="tablist" aria-label="Record" className="page-tabs">
      {TABS.map((tab) => (
        <button
          key={tab.id}
          id={`record-tab-${tab.id}`}
          type="button"
          role="tab"
          aria-selected={tab.id === selected}
          aria-controls="record-panel"
          tabIndex={tab.id === selected ? 0 : -1}
          onClick={() => setQuery('tab', tab.id)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowRight') move(1);
            if (event.key === 'ArrowLeft') move(-1);
          }}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
