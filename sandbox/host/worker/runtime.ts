import { createRemoteRoot, type RemoteChannel } from '@remote-ui/core';
import * as RemoteUI from '@remote-ui/react';
import { createEndpoint, retain, type MessageEndpoint } from '@remote-ui/rpc';
import React, { type ReactElement } from 'react';
import type { WorkerHost, WorkerSetup } from '../protocol.ts';
import { createWorkerApi } from './api.ts';
import { ExtensionBoundary, describeFailure } from './boundary.ts';
import { createLocationStore } from './location.ts';
import { installSimulatedDate } from './simulated-date.ts';

/**
 * The globals that HubSpot sets in an extension's worker. The extension's bundle is a classic script that reads them,
 * so they stand before it is loaded.
 */
const scope = globalThis as unknown as Record<string, unknown> & { importScripts: (url: string) => void };
/** A HubSpot worker has no network or storage of its own: an extension that reaches for them must fail here too. */
const ABSENT = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'indexedDB', 'caches', 'Worker'];

const location = createLocationStore();
const endpoint = createEndpoint(globalThis as unknown as MessageEndpoint);
endpoint.expose({ start, setPageLocation: location.set });

function start(channel: RemoteChannel, setup: WorkerSetup, host: WorkerHost): void {
  retain(channel);
  retain(host);
  location.set(setup.pageLocation);
  installSimulatedDate(setup.clockOffsetMs);
  installGlobals(setup, host);
  try {
    scope.importScripts(setup.bundleUrl);
    if (scope['extensionElement'] === undefined) throw new Error('the bundle never called hubspot.extend()');
  } catch (error) {
    host.fail(describeFailure(error));
    return;
  }
  const root = createRemoteRoot(channel);
  RemoteUI.createRoot(root).render(
    React.createElement(ExtensionBoundary, { host }, scope['extensionElement'] as ReactElement),
  );
  void root.mount();
}

function installGlobals(setup: WorkerSetup, host: WorkerHost): void {
  const api = createWorkerApi(setup, host, location);
  for (const name of ABSENT) Object.defineProperty(scope, name, { value: undefined, configurable: true });
  Object.assign(scope, {
    __HUBSPOT_EXTENSION_WORKER__: true,
    React,
    RemoteUI,
    hsFetch: api.hsFetch,
    hsWorkerAPI: api.hsWorkerAPI,
    logger: api.logger,
    serverless: () => Promise.reject(new Error('this platform version has no serverless functions')),
    extend_V2: (render: (extensionApi: unknown) => ReactElement) => {
      scope['extensionElement'] = render(api.extensionApi);
    },
  });
}
