import { spawn } from 'node:child_process';
import { toolFile } from './tool-file.ts';

export type BoundaryCheck = {
  readonly root: string;
  readonly folders: readonly string[];
  /** Path of the rules, from `root` or absolute. */
  readonly config: string;
  /** A tool that sees nothing finds nothing: fewer modules than this are a fault of their own. */
  readonly minimumModules: number;
};

type Report = {
  readonly modules: readonly { readonly source: string; readonly coreModule?: boolean }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
};

/** Faults of the rings, one a line as `rule: from -> to`, and one where too few modules were seen. */
export async function findBoundaryFaults(check: BoundaryCheck): Promise<readonly string[]> {
  const { modules, summary } = await cruise(check);
  const faults = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
  const own = modules.filter(
    ({ source, coreModule }) => coreModule !== true && !source.includes('node_modules/'),
  );
  if (own.length < check.minimumModules) {
    faults.push(`only ${own.length} modules were seen; at least ${check.minimumModules} are there`);
  }
  return faults;
}

/** A process of its own: dependency-cruiser reads paths and settings from the folder it runs in. */
function cruise({ root, folders, config }: BoundaryCheck): Promise<Report> {
  const args = [...folders, '--config', config, '--output-type', 'json'];
  const command = [toolFile('dependency-cruiser', 'depcruise'), ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let json = '';
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => (json += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', () => {
      if (json === '') reject(new Error(`dependency-cruiser said nothing. ${complaint}`));
      else resolve(JSON.parse(json) as Report);
    });
  });
}
