import type { RemoteReceiver } from '@remote-ui/core';
import { createController, createRemoteReceiver, RemoteRenderer } from '@remote-ui/react/host';
import { createEndpoint, fromWebWorker } from '@remote-ui/rpc';
import { useEffect, useMemo, useRef, useState } from 'react';
import { COMPONENTS } from '../components/map.ts';
import { createOverlayStore, OverlayStoreContext, type OverlayStore } from '../components/overlay-store.ts';
import { NavigateContext } from '../components/page-parts.tsx';
import type { ExtensionFailure, PageLocation, WorkerApi, WorkerHost } from '../protocol.ts';
import { FailureBoundary, FailureNotice } from './failure.tsx';

export interface ExtensionProps {
  /** Folder name of the entrypoint: `cards`, `pages` or `settings`. */
  bundle: string;
  /** HubSpot's extension context; a new object starts the extension anew. */
  context: Record<string, unknown>;
  clockOffsetMs: number;
  pageLocation: PageLocation;
  createHost: (overlays: OverlayStore, fail: WorkerHost['fail']) => WorkerHost;
  onNavigate: (to: string, params: Record<string, string>) => void;
}

interface Run {
  receiver: RemoteReceiver;
  overlays: OverlayStore;
}

const controller = createController(COMPONENTS);

/** One extension: its production bundle in a web worker, its components as HTML here. */
export function ExtensionFrame(props: ExtensionProps) {
  const { bundle, context, clockOffsetMs, pageLocation, createHost, onNavigate } = props;
  const [run, setRun] = useState<Run | null>(null);
  const [failure, setFailure] = useState<ExtensionFailure | null>(null);
  const endpoint = useRef<ReturnType<typeof createEndpoint<WorkerApi>> | null>(null);
  const latest = useRef({ createHost, clockOffsetMs, pageLocation });
  latest.current = { createHost, clockOffsetMs, pageLocation };

  useEffect(() => {
    setFailure(null);
    setRun(null);
    const receiver = createRemoteReceiver();
    const overlays = createOverlayStore();
    const worker = new Worker('/host/assets/worker.js', { name: bundle });
    worker.addEventListener('error', (event) => setFailure({ message: event.message, stack: '' }));
    const connection = createEndpoint<WorkerApi>(fromWebWorker(worker));
    endpoint.current = connection;
    receiver.on('mount', () => setRun({ receiver, overlays }));
    const { createHost: create, clockOffsetMs: offset, pageLocation: location } = latest.current;
    const setup = {
      bundleUrl: `/host/bundles/${bundle}.js`,
      context,
      pageLocation: location,
      clockOffsetMs: offset,
    };
    connection.call
      .start(receiver.receive, setup, create(overlays, setFailure) as never)
      .catch((error: unknown) => setFailure({ message: String(error), stack: '' }));
    return () => {
      connection.terminate();
      worker.terminate();
    };
  }, [bundle, context]);

  const { path } = pageLocation;
  useEffect(() => {
    void endpoint.current?.call.setPageLocation(latest.current.pageLocation);
  }, [path]);

  const content = useMemo(
    () => run && <RemoteRenderer receiver={run.receiver} controller={controller} />,
    [run],
  );
  if (failure !== null) return <FailureNotice failure={failure} />;
  if (run === null) return <Loading />;
  return (
    <FailureBoundary>
      <NavigateContext.Provider value={onNavigate}>
        <OverlayStoreContext.Provider value={run.overlays}>
          <div className="ui-extension ui-column" data-extension={bundle}>
            {content}
          </div>
        </OverlayStoreContext.Provider>
      </NavigateContext.Provider>
    </FailureBoundary>
  );
}

function Loading() {
  return (
    <div className="ui-loading ui-loading-centered" role="status">
      <span className="ui-spinner ui-spinner-md" aria-hidden="true" />
      <span className="ui-visually-hidden">Loading the extension</span>
    </div>
  );
}
