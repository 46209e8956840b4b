import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../fixtures/sandbox-child.ts', import.meta.url));

export type ChildSandbox = {
  readonly url: string;
  readonly backendUrl: string;
  /** Everything it wrote so far, both streams. */
  output(): string;
  /** Ends it at once, as a power switch does; resolves when it is gone. */
  kill(): Promise<void>;
};

/** Starts a sandbox in a process of its own. Rejects with what it wrote where it does not start. */
export function startChildSandbox(stateDir: string): Promise<ChildSandbox> {
  const child = spawn(process.execPath, ['--no-warnings', SCRIPT, stateDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
  });
  return new Promise((resolve, reject) => {
    const read = (part: Buffer) => {
      output += part.toString();
      const place = /^ready (.*)$/m.exec(output)?.[1];
      if (place === undefined) return;
      const { url, backendUrl } = JSON.parse(place) as { url: string; backendUrl: string };
      resolve({
        url,
        backendUrl,
        output: () => output,
        kill: () => {
          child.kill('SIGKILL');
          return gone;
        },
      });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void gone.then(() => {
      reject(new Error(output));
    });
  });
}
