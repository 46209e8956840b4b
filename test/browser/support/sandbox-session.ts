import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { createSandboxClock } from '../../../sandbox/clock.ts';
import { resolvePortalReference } from '../../../sandbox/portals/portal-reference.ts';
import type { SeededPortal } from '../../../sandbox/portals/portal-truth.ts';
import { seedTeam } from '../../../sandbox/portals/seed-team.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/sandbox.ts';
import { seedProgram } from '../../../sandbox/seed-program.ts';
import { launchBrowser, openPage } from './browser.ts';

const REPOSITORY = path.join(import.meta.dirname, '../../..');
/** Tuesday, 9:30 in Chicago: the morning at which `npm run sandbox` starts too. */
export const NOW = new Date('2026-11-10T15:30:00Z');
/** The people of the seeded team, by what they are to the first account of its list. */
export const PEOPLE = { manager: 62_881_300, rep: 62_881_307, otherRep: 62_881_314, viewer: 9_999_999 };
/** Reading 420 customers and planning their quarter takes its time on a busy machine. */
export const SANDBOX_START_TIMEOUT_MS = 180_000;

export interface CrmRecord {
  id: string;
  properties: Record<string, string | null>;
}

export interface PageOptions {
  as: number;
  width?: number;
  height?: number;
}

/** The whole sandbox with the seeded team, the real bundles, and a browser that looks at it. */
export interface SandboxSession {
  sandbox: Sandbox;
  seeded: SeededPortal;
  portalId: number;
  /** The record of a company with the card's tab in front. */
  openRecord: (companyId: string, options: PageOptions) => ReturnType<typeof openPage>;
  openAt: (address: string, options: PageOptions) => ReturnType<typeof openPage>;
  /** Every record of this type, as HubSpot holds it. */
  objects: (type: string) => Promise<CrmRecord[]>;
  close: () => Promise<void>;
}

/** Starts everything on free ports, in a folder of its own; close it after the tests. */
export async function startSandboxSession(): Promise<SandboxSession> {
  await mkdir(path.join(REPOSITORY, '.tmp'), { recursive: true });
  const stateDir = await mkdtemp(path.join(REPOSITORY, '.tmp/browser-'));
  const seeded = seedTeam({ now: NOW });
  const { portalId } = seeded.document;
  const sandbox = await startSandbox({
    clock: createSandboxClock(NOW),
    stateDir,
    port: 0,
    // Not the folder of `npm run sandbox`, which may build while this runs.
    bundles: { projectRoot: REPOSITORY, outDir: path.join(REPOSITORY, '.tmp/browser-bundles') },
    resolveReference: resolvePortalReference,
  });
  const reference = { seed: 'seed-team', now: NOW.toISOString() };
  await sandbox.simulator.loadPortal(seeded.document, { reference });
  await seedProgram(sandbox, seeded, NOW);
  const browser: Browser = await launchBrowser();
  const openAt: SandboxSession['openAt'] = (address, { as, ...size }) => {
    const separator = address.includes('?') ? '&' : '?';
    return openPage(browser, { url: `${sandbox.url}${address}${separator}as=${as}`, ...size });
  };
  return {
    sandbox,
    seeded,
    portalId,
    openAt,
    openRecord: (companyId, options) =>
      openAt(`/record/${portalId}/company/${companyId}?tab=check-in`, options),
    objects: async (type) => {
      const response = await fetch(`${sandbox.url}/_control/objects/${portalId}/${type}?limit=1000`);
      return (await response.json()) as CrmRecord[];
    },
    close: async () => {
      await browser.close();
      await sandbox.close();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}
