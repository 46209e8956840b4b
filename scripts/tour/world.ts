import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createSandboxClock } from '../../sandbox/clock.ts';
import { installApp } from '../../sandbox/install-app.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { copyBlankDatabase } from './blank-database.ts';
import { createCardCaller, type CardCaller } from './card.ts';
import { createControl, type Control } from './control.ts';

/** A sandbox as a story meets it: only sockets, no way into the product's own database. */
export type World = {
  readonly url: string;
  readonly backendUrl: string;
  readonly control: Control;
  /** Who looks at the card or a page of the app. */
  as(portalId: number, userId: number): CardCaller;
  /** Installs the app through OAuth, in the three hops of a browser. */
  install(portalId: number, userId: number): Promise<void>;
  close(): Promise<void>;
};

/** Starts HubSpot's stand-in and the backend on free ports, on one stopped clock, with nothing loaded. */
export async function openWorld(startsAt: string): Promise<World> {
  const folder = await mkdtemp(path.join(tmpdir(), 'service-check-in-tour-'));
  const database = path.join(folder, 'database');
  await copyBlankDatabase(database);
  const clock = createSandboxClock(new Date(startsAt));
  clock.freeze(true);
  const sandbox = await startSandbox({
    clock,
    stateDir: null,
    port: 0,
    database: { folder: database },
    bundles: null,
    logLevel: 'fatal',
  });
  const control = createControl(sandbox.url);
  const backendUrl = sandbox.backend.url;
  return {
    url: sandbox.url,
    backendUrl,
    control,
    as: (portalId, userId) => createCardCaller(sandbox.url, portalId, userId),
    install: async (portalId, userId) => {
      await installApp({ backendUrl, portalId, userId });
      await control.advance(0);
    },
    close: async () => {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
