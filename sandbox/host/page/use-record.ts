import { useCallback, useEffect, useRef, useState } from 'react';
import { readRecord, type CompanyRecord } from './control-api.ts';

export interface RecordState {
  record: CompanyRecord | null;
  problem: string;
  /** The latest record, for code that outlives a render. */
  current: () => CompanyRecord | null;
  /** Reads the record now and again soon, since the backend writes to HubSpot in jobs. */
  refresh: () => void;
  /** As `refresh`, where an extension asked for it: what it finds is told to those that listen. */
  refreshAndTell: () => void;
  /**
   * Calls `listener` once properties of the company differ from what was told before. As at HubSpot, nobody is told of what came
   * over the API alone: extensions hear of changes made in HubSpot's own pages (HubSpot, "Actions": onCrmPropertiesUpdate), and
   * no page here changes a company.
   */
  onChange: (listener: () => void) => () => void;
}

/** Work that a saved answer starts reaches the record within a few seconds. */
const REFRESH_AFTER_MS = [50, 1500, 4000];

/** A company's record, kept fresh on demand; `visit` reads it anew. */
export function useRecord(portalId: number, companyId: string, visit: number): RecordState {
  const [record, setRecord] = useState<CompanyRecord | null>(null);
  const [problem, setProblem] = useState('');
  const latest = useRef<CompanyRecord | null>(null);
  const listeners = useRef(new Set<() => void>());
  const timers = useRef<ReturnType<typeof setTimeout>[]>([]);

  const told = useRef('');

  const readThen = useCallback(
    (then: (properties: string) => void) => {
      readRecord(portalId, companyId).then(
        (next) => {
          if (JSON.stringify(next) !== JSON.stringify(latest.current)) {
            latest.current = next;
            setRecord(next);
          }
          then(JSON.stringify(next.object.properties));
        },
        (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
      );
    },
    [portalId, companyId],
  );
  const read = useCallback(() => {
    readThen((properties) => {
      if (told.current === '') told.current = properties;
    });
  }, [readThen]);
  const readAndTell = useCallback(() => {
    readThen((properties) => {
      if (properties === told.current) return;
      told.current = properties;
      for (const listener of listeners.current) listener();
    });
  }, [readThen]);

  useEffect(read, [read, visit]);
  useEffect(() => {
    window.addEventListener('focus', read);
    return () => {
      window.removeEventListener('focus', read);
      timers.current.forEach(clearTimeout);
    };
  }, [read]);

  const refresh = useCallback(() => {
    timers.current.forEach(clearTimeout);
    timers.current = REFRESH_AFTER_MS.map((afterMs) => setTimeout(read, afterMs));
  }, [read]);
  const refreshAndTell = useCallback(() => {
    refresh();
    readAndTell();
  }, [refresh, readAndTell]);
  const current = useCallback(() => latest.current, []);
  const onChange = useCallback((listener: () => void) => {
    listeners.current.add(listener);
    return () => {
      listeners.current.delete(listener);
    };
  }, []);
  return { record, problem, current, refresh, refreshAndTell, onChange };
}
