import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import { CONTROL_BODIES } from '../sandbox/hubspot/control-contract.ts';
import { controlFetchSchema } from '../sandbox/hubspot/proxy-contract.ts';
import { DEFAULT_SETTINGS, portalSettingsSchema } from '../sandbox/hubspot/settings.ts';
import { controlWebhooksSchema } from '../sandbox/hubspot/webhooks-contract.ts';

/**
 * Writes the generated parts of docs/sandbox.md: the table of switches and the JSON Schema of every body, straight from the
 * schemas that check them. With --check it changes nothing and exits 1 when the document is out of step.
 */
const file = path.join(path.dirname(import.meta.dirname), 'docs', 'sandbox.md');

const bodies = [
  ...CONTROL_BODIES,
  { route: 'POST /_control/fetch', what: 'Act as HubSpot’s proxy for a card.', schema: controlFetchSchema },
  {
    route: 'POST /_control/webhooks',
    what: 'Emit, repeat, reorder, hold and release webhooks.',
    schema: controlWebhooksSchema,
  },
];

function switchTable(): string {
  const defaults: Readonly<Record<string, unknown>> = DEFAULT_SETTINGS;
  const rows = Object.entries(portalSettingsSchema.shape).map(([name, schema]) => {
    const text = (schema.description ?? '').replaceAll('|', '\\|');
    return `| \`${name}\` | \`${JSON.stringify(defaults[name])}\` | ${text} |`;
  });
  return ['| Switch | Default | What it stands for |', '|---|---|---|', ...rows].join('\n');
}

function bodySection(body: (typeof bodies)[number]): string {
  const schema = z.toJSONSchema(body.schema, { io: 'input', unrepresentable: 'any' });
  const json = `\`\`\`json\n${JSON.stringify(schema, null, 2)}\n\`\`\``;
  return `### \`${body.route}\`\n\n${body.what}\n\n<details><summary>JSON Schema</summary>\n\n${json}\n\n</details>`;
}

function replaceBetween(text: string, name: string, content: string): string {
  const open = `<!-- generated:${name} -->`;
  const close = `<!-- /generated:${name} -->`;
  const from = text.indexOf(open);
  const to = text.indexOf(close);
  if (from < 0 || to < from) throw new Error(`docs/sandbox.md has lost its markers ${open} … ${close}`);
  return `${text.slice(0, from + open.length)}\n\n${content}\n\n${text.slice(to)}`;
}

const before = await readFile(file, 'utf8');
const withSwitches = replaceBetween(before, 'switches', switchTable());
const withBodies = replaceBetween(withSwitches, 'bodies', bodies.map(bodySection).join('\n\n'));
const after = await format(withBodies, { ...(await resolveConfig(file)), filepath: file });

if (after === before) {
  console.log('docs/sandbox.md is in step');
} else if (process.argv.includes('--check')) {
  console.error('docs/sandbox.md is out of step with the schemas: run node scripts/sandbox-docs.ts');
  process.exitCode = 1;
} else {
  await writeFile(file, after);
  console.log('docs/sandbox.md written');
}
