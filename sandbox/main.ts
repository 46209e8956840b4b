import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createSandboxClock } from './clock.ts';
import type { SeededPortal } from './portals/portal-truth.ts';
import { resolvePortalReference } from './portals/portal-reference.ts';
import { seedNew } from './portals/seed-new.ts';
import { seedOwner } from './portals/seed-owner.ts';
import { seedTeam } from './portals/seed-team.ts';
import { startSandbox, type Sandbox } from './sandbox.ts';
import { installerOf, seedProgram } from './seed-program.ts';

const DEFAULT_PORT = 4400;
/** The sandbox begins on a Tuesday morning in Chicago, so that every start shows the same quarter. */
const FIRST_NOW = new Date('2026-11-10T15:30:00Z');
const PROJECT_ROOT = path.resolve(import.meta.dirname, '..');

const SEEDS = ['seed-team', 'seed-owner'] as const;
type Seed = (typeof SEEDS)[number];

const MAKE: Readonly<Record<Seed, () => SeededPortal>> = {
  'seed-team': () => seedTeam({ now: FIRST_NOW }),
  'seed-owner': () => seedOwner({ now: FIRST_NOW }),
};

/** `npm run sandbox`: everything a person needs to see the product work, on this machine alone. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      fresh: { type: 'boolean', default: false },
      port: { type: 'string', default: String(DEFAULT_PORT) },
      state: { type: 'string', default: path.join(PROJECT_ROOT, '.sandbox') },
    },
  });
  const stateDir = path.resolve(values.state);
  if (values.fresh) await startOver(stateDir);
  await mkdir(stateDir, { recursive: true });
  say('Starting the local HubSpot, the backend and the extensions …');
  const sandbox = await startSandbox({
    clock: createSandboxClock(FIRST_NOW),
    stateDir,
    port: portFrom(values.port),
    bundles: { projectRoot: PROJECT_ROOT, outDir: path.join(PROJECT_ROOT, '.sandbox', 'bundles') },
    resolveReference: resolvePortalReference,
  });
  stopOn(sandbox);
  await loadNew(sandbox);
  await loadSeed(sandbox, stateDir, 'seed-team');
  await sandbox.pagesReady();
  sayReady(sandbox);
  await loadSeed(sandbox, stateDir, 'seed-owner');
  say('Mercer Labels, the account of a business with one person, is ready too.');
}

function sayReady(sandbox: Sandbox): void {
  const { document, truth } = MAKE['seed-team']();
  const record = `/record/${document.portalId}/company/${truth.accounts[0]?.companyId}`;
  say('');
  say('Ready. Open a company record:');
  say(`  ${sandbox.url}${record}?as=${installerOf(document)}&tab=check-in`);
  say(`The app's install, in an account without it: ${sandbox.url}/install`);
  say(`All portals and people: ${sandbox.url}/   Control API: docs/sandbox.md   Stop: Ctrl+C`);
}

/** The account that a person installs the app in: it is loaded, and left as HubSpot would have it. */
async function loadNew(sandbox: Sandbox): Promise<void> {
  const { document } = seedNew({ now: FIRST_NOW });
  if (sandbox.simulator.hasPortal(document.portalId)) return;
  const reference = { seed: 'seed-new', now: FIRST_NOW.toISOString() };
  await sandbox.simulator.loadPortal(document, { reference });
}

/** Each seeded portal is loaded and set up once; a start that was cut off goes on where it stopped. */
async function loadSeed(sandbox: Sandbox, stateDir: string, seed: Seed): Promise<void> {
  const marker = path.join(stateDir, `${seed}.ready`);
  if (existsSync(marker)) return;
  const seeded = MAKE[seed]();
  const { portalId, name } = seeded.document;
  if (!sandbox.simulator.hasPortal(portalId)) {
    const reference = { seed, now: FIRST_NOW.toISOString() };
    await sandbox.simulator.loadPortal(seeded.document, { reference });
  }
  say(`Setting up ${name} …`);
  await seedProgram(sandbox, seeded, FIRST_NOW);
  await writeFile(marker, '');
}

async function startOver(stateDir: string): Promise<void> {
  for (const part of ['hubspot', 'database', ...SEEDS.map((seed) => `${seed}.ready`)]) {
    await rm(path.join(stateDir, part), { recursive: true, force: true });
  }
}

function portFrom(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_535) return port;
  throw new Error(`--port: "${text}" is not a port. Example: npm run sandbox -- --port 5000`);
}

function stopOn(sandbox: Sandbox): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    void sandbox.close().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
