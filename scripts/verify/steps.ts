import { spawn } from 'node:child_process';

/** A check in this process that gives back its faults, one a line, or a script for Node to run. */
export type Step =
  | { readonly name: string; readonly run: () => Promise<readonly string[]> }
  | { readonly name: string; readonly script: readonly string[] };

type Result = { readonly isGreen: boolean; readonly output: string };

/**
 * Runs the steps, `lanes` at a time and in the given order, and prints one line each with its seconds; what a failing step
 * said follows. True where all passed.
 */
export async function runSteps(
  root: string,
  steps: readonly Step[],
  { lanes, print }: { readonly lanes: number; readonly print: (line: string) => void },
): Promise<boolean> {
  const waiting = [...steps];
  const failures: { readonly name: string; readonly output: string }[] = [];
  const lane = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const startedMs = performance.now();
      const { isGreen, output } = await runStep(root, step);
      const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1).padStart(5);
      print(`${isGreen ? 'ok  ' : 'FAIL'} ${seconds} s  ${step.name}`);
      if (!isGreen) failures.push({ name: step.name, output });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  for (const { name, output } of failures) print(`\n--- ${name}\n${output.trim()}`);
  return failures.length === 0;
}

async function runStep(root: string, step: Step): Promise<Result> {
  if ('script' in step) return runScript(root, step.script);
  try {
    const faults = await step.run();
    return { isGreen: faults.length === 0, output: faults.join('\n') };
  } catch (error) {
    return { isGreen: false, output: error instanceof Error ? error.message : String(error) };
  }
}

function runScript(root: string, args: readonly string[]): Promise<Result> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer) => (output += chunk.toString('utf8'));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => {
      resolve({ isGreen: false, output: error.message });
    });
    child.once('close', (code) => {
      resolve({ isGreen: code === 0, output });
    });
  });
}
