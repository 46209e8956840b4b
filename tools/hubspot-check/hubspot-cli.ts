import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How a command ended: its exit code and everything it printed. */
export type Ended = { readonly exitCode: number; readonly output: string };

export const toolFolder: string = dirname(fileURLToPath(import.meta.url));

/** Runs a program to its end and collects what it prints; never throws for a bad exit code. */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? 1, output: Buffer.concat(chunks).toString() }));
  });
}

/** One account that exists nowhere but in this file: the command line refuses to start without one. */
function writeAccount(home: string): void {
  mkdirSync(join(home, '.hscli'), { recursive: true });
  const account = {
    name: 'offline',
    accountId: 1,
    env: 'prod',
    authType: 'personalaccesskey',
    personalAccessKey: 'not-a-key',
    auth: { tokenInfo: { accessToken: 'not-a-token', expiresAt: '2099-01-01T00:00:00.000Z' } },
  };
  const config = { defaultAccount: 1, allowUsageTracking: false, accounts: [account] };
  // JSON is YAML.
  writeFileSync(join(home, '.hscli', 'config.yml'), JSON.stringify(config));
}

/**
 * Runs HubSpot's own command line (`hs ...args`) in `cwd`, cut off from HubSpot: see stub.ts.
 * `home` is an empty folder for its settings; the upload it would send, if any, is kept at `uploadPath`.
 */
export function hs(
  args: readonly string[],
  { cwd, home, uploadPath }: { readonly cwd: string; readonly home: string; readonly uploadPath?: string },
): Promise<Ended> {
  writeAccount(home);
  const bin = join(toolFolder, 'node_modules/@hubspot/cli/bin/hs.js');
  return run(process.execPath, ['--no-warnings', `--import=${join(toolFolder, 'stub.ts')}`, bin, ...args], {
    cwd,
    env: {
      ...process.env,
      HOME: home,
      // The command line prefers the folder npm was started in to its own working folder.
      INIT_CWD: cwd,
      NO_UPDATE_NOTIFIER: '1',
      npm_config_update_notifier: 'false',
      FORCE_COLOR: '0',
      ...(uploadPath === undefined ? {} : { HUBSPOT_CHECK_UPLOAD: uploadPath }),
    },
  });
}
