import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url));

/** The file behind an installed tool's command, to run it by Node without a shell or npx. Throws where it has none. */
export function toolFile(tool: string, command = tool): string {
  const description = readFileSync(join(MODULES, tool, 'package.json'), 'utf8');
  const { bin } = JSON.parse(description) as { readonly bin?: string | Readonly<Record<string, string>> };
  const file = typeof bin === 'string' ? bin : bin?.[command];
  if (file === undefined) throw new Error(`${tool} has no command ${command}`);
  return join(MODULES, tool, file);
}
