// Copied from extension-kit/use-resource.ts, by `npm run generate`. Do not edit.
import { useCallback, useEffect, useRef, useState } from 'react';
import { send, type Failure, type Send } from './backend.ts';
import type { Endpoints } from './contract-types.ts';

type Readable = 'getCompany' | 'getHome' | 'getProgram' | 'getMethod';

export type Loaded<Value> =
  { status: 'loading' } | { status: 'failed'; failure: Failure } | { status: 'ready'; value: Value };

export interface Resource<Value> {
  loaded: Loaded<Value>;
  /** Reads again; what is shown stays until the new answer is there. */
  reload: () => void;
  /** Shows what a write answered with, without reading again. */
  replace: (value: Value) => void;
  send: Send;
}

/**
 * What a surface shows, read once and again on demand, and the way it writes. Each surface has one such hook;
 * nothing else of a surface talks to the backend.
 */
function useResource<Name extends Readable>(name: Name, id: string): Resource<Endpoints[Name]['reply']> {
  const [loaded, setLoaded] = useState<Loaded<Endpoints[Name]['reply']>>({ status: 'loading' });
  const [round, setRound] = useState(0);
  const latest = useRef(0);

  useEffect(() => {
    latest.current += 1;
    const mine = latest.current;
    void send(name, { companyId: id }, null).then((outcome) => {
      if (latest.current !== mine) return;
      setLoaded((before) => {
        if (outcome.ok) return { status: 'ready', value: outcome.value };
        // A failed refresh must not take away what somebody is typing into.
        return before.status === 'ready' ? before : { status: 'failed', failure: outcome.failure };
      });
    });
  }, [name, id, round]);

  const reload = useCallback(() => {
    setLoaded((before) => (before.status === 'failed' ? { status: 'loading' } : before));
    setRound((before) => before + 1);
  }, []);
  const replace = useCallback((value: Endpoints[Name]['reply']) => {
    latest.current += 1;
    setLoaded({ status: 'ready', value });
  }, []);
  return { loaded, reload, replace, send };
}

/** The company card, in the tab, the sidebar and the home page's panel. */
export const useCompany = (companyId: string) => useResource('getCompany', companyId);
/** The home page. */
export const useHome = () => useResource('getHome', '');
/** The settings page. */
export const useProgram = () => useResource('getProgram', '');
/** The method, in its panel. */
export const useMethod = () => useResource('getMethod', '');
