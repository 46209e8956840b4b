import type { AccordionProps, TabProps, TabsProps } from '@hubspot/ui-extensions';
import {
  createContext,
  useContext,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from 'react';
import { callRemote } from './remote-call.ts';
import { classes, shortSize } from './sizes.ts';

export function Accordion({
  title,
  size,
  defaultOpen = false,
  open,
  disabled,
  onClick,
  children,
}: AccordionProps) {
  const [localOpen, setLocalOpen] = useState(defaultOpen);
  const isOpen = open ?? localOpen;
  const bodyId = useId();
  return (
    <div className={`ui-accordion ui-accordion-${shortSize(size, 'sm')}`}>
      <button
        type="button"
        className="ui-accordion-title"
        disabled={disabled}
        aria-expanded={isOpen}
        aria-controls={bodyId}
        onClick={() => {
          setLocalOpen(!isOpen);
          callRemote(onClick);
        }}
      >
        <span className={classes('ui-chevron', isOpen && 'ui-chevron-open')} aria-hidden="true" />
        {title}
      </button>
      <div id={bodyId} className="ui-accordion-body ui-column" hidden={!isOpen}>
        {children}
      </div>
    </div>
  );
}

interface TabEntry {
  key: string;
  tabId: string | number;
  title: string;
  disabled: boolean;
}

interface TabsState {
  selectedKey: string | undefined;
  baseId: string;
  put(entry: TabEntry): void;
  remove(key: string): void;
}

const TabsContext = createContext<TabsState | null>(null);

/** Each Tab announces itself, because the titles live in the children's props. */
export function Tabs({
  variant = 'default',
  fill,
  defaultSelected,
  selected,
  onSelectedChange,
  children,
}: TabsProps) {
  const [entries, setEntries] = useState<readonly TabEntry[]>([]);
  const [localSelected, setLocalSelected] = useState(defaultSelected);
  const baseId = useId();
  const wanted = selected ?? localSelected;
  const current = entries.find((entry, index) => entry.tabId === wanted || index === wanted) ?? entries[0];
  const state = useMemo<TabsState>(
    () => ({
      selectedKey: current?.key,
      baseId,
      put: (entry) => setEntries((all) => putEntry(all, entry)),
      remove: (key) => setEntries((all) => all.filter((entry) => entry.key !== key)),
    }),
    [current?.key, baseId],
  );
  const select = (entry: TabEntry) => {
    setLocalSelected(entry.tabId);
    callRemote(onSelectedChange as ((id: string | number) => void) | undefined, entry.tabId);
  };
  return (
    <div className="ui-tabs">
      <div role="tablist" className={classes(`ui-tablist ui-tablist-${variant}`, fill === true && 'ui-fill')}>
        {entries.map((entry) => (
          <button
            key={entry.key}
            type="button"
            role="tab"
            id={`${baseId}-tab-${entry.key}`}
            aria-selected={entry.key === current?.key}
            aria-controls={`${baseId}-panel-${entry.key}`}
            tabIndex={entry.key === current?.key ? 0 : -1}
            disabled={entry.disabled}
            className="ui-tab"
            onClick={() => select(entry)}
            onKeyDown={(event) => moveTab(event, entries, entry, select)}
          >
            {entry.title}
          </button>
        ))}
      </div>
      <TabsContext.Provider value={state}>{children}</TabsContext.Provider>
    </div>
  );
}

function putEntry(all: readonly TabEntry[], entry: TabEntry): readonly TabEntry[] {
  const known = all.some((other) => other.key === entry.key);
  return known ? all.map((other) => (other.key === entry.key ? entry : other)) : [...all, entry];
}

function moveTab(
  event: KeyboardEvent<HTMLElement>,
  entries: readonly TabEntry[],
  from: TabEntry,
  select: (entry: TabEntry) => void,
): void {
  const enabled = entries.filter((entry) => !entry.disabled);
  const at = enabled.findIndex((entry) => entry.key === from.key);
  const goals: Record<string, number> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    Home: 0,
    End: enabled.length - 1,
  };
  const goal = goals[event.key];
  const next = goal === undefined ? undefined : enabled.at(goal % enabled.length);
  if (next === undefined) return;
  event.preventDefault();
  select(next);
  const tabs = event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('[role=tab]') ?? [];
  tabs[entries.indexOf(next)]?.focus();
}

export function Tab({ tabId, title = '', disabled = false, children }: TabProps) {
  const state = useContext(TabsContext);
  const key = useId();
  const put = useRef(state);
  put.current = state;
  useLayoutEffect(() => {
    put.current?.put({ key, tabId: tabId ?? key, title, disabled });
  }, [key, tabId, title, disabled]);
  useLayoutEffect(() => () => put.current?.remove(key), [key]);
  return (
    <div
      role="tabpanel"
      id={`${state?.baseId ?? ''}-panel-${key}`}
      aria-labelledby={`${state?.baseId ?? ''}-tab-${key}`}
      className="ui-tabpanel ui-column"
      hidden={state?.selectedKey !== key}
    >
      {children}
    </div>
  );
}
