import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createSandboxClock } from './clock.ts';
import type { PortalDocumentInput } from './portal-document.ts';
import type { SeededPortal } from './portals/portal-truth.ts';
import { seedOwner } from './portals/seed-owner.ts';
import { seedTeam } from './portals/seed-team.ts';
import { startSandbox, type Sandbox } from './sandbox.ts';
import { seedProgram } from './seed-program.ts';

const DEFAULT_PORT = 4400;
/** The sandbox begins on a Tuesday morning in Chicago, so that every start shows the same quarter. */
const FIRST_NOW = new Date('2026-11-10T15:30:00Z');
const PROJECT_ROOT = path.resolve(import.meta.dirname, '..');

const SEEDS: Readonly<Record<string, () => SeededPortal>> = {
  'seed-team': () => seedTeam({ now: FIRST_NOW }),
  owner: () => seedOwner({ now: FIRST_NOW }),
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
    resolveReference,
  });
  stopOn(sandbox);
  await loadSeeds(sandbox, stateDir);
  const hero = SEEDS['seed-team']?.().truth.accounts[0];
  const portalId = SEEDS['seed-team']?.().document.portalId;
  const manager = SEEDS['seed-team']?.().document.owners.find(({ superAdmin }) => superAdmin)?.userId;
  say('');
  say('Ready. Open a company record:');
  say(`  ${sandbox.url}/record/${portalId}/company/${hero?.companyId}?as=${manager}&tab=check-in`);
  say(`All portals and people: ${sandbox.url}/   Control API: docs/sandbox.md   Stop: Ctrl+C`);
}

function resolveReference(reference: unknown): PortalDocumentInput {
  const seed =
    typeof reference === 'object' && reference !== null && 'seed' in reference ? String(reference.seed) : '';
  const make = SEEDS[seed];
  if (make === undefined)
    throw new Error(`The state folder names the seed "${seed}", which does not exist. Use -- --fresh.`);
  return make().document;
}

/** Each seeded portal is loaded and set up once; a start that was cut off goes on where it stopped. */
async function loadSeeds(sandbox: Sandbox, stateDir: string): Promise<void> {
  const marker = path.join(stateDir, 'seeded.json');
  const done = new Set(
    await readFile(marker, 'utf8').then(
      (text) => JSON.parse(text) as string[],
      () => [],
    ),
  );
  for (const [name, make] of Object.entries(SEEDS)) {
    if (done.has(name)) continue;
    const seeded = make();
    if (!sandbox.simulator.hasPortal(seeded.document.portalId)) {
      await sandbox.simulator.loadPortal(seeded.document, { reference: { seed: name } });
    }
    say(`Setting up ${seeded.document.name} (${name}) …`);
    await seedProgram(sandbox, seeded);
    done.add(name);
    await writeFile(marker, JSON.stringify([...done]));
  }
}

async function startOver(stateDir: string): Promise<void> {
  for (const part of ['hubspot', 'database', 'seeded.json']) {
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
