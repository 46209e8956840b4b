import { readFileSync } from 'node:fs';

const RUNBOOK = new URL('../../docs/runbook.md', import.meta.url);
/** The account that the runbook's statements name as an example. */
const EXAMPLE_PORTAL = '4100048';
const BLOCK = /^ *```(\w+)\n([\s\S]*?)^ *```$/gm;

/** Where each fenced statement of docs/runbook.md stands: the words that introduce it there. */
export const STATEMENTS = {
  restored: '## Restoring a backup',
  keyFieldLost: '**A key field that cannot be restored**',
} as const;
export type Statement = keyof typeof STATEMENTS;

/** The fenced blocks of docs/runbook.md in one language, in their order, and where each begins. */
export function blocksOf(language: string): readonly { readonly at: number; readonly text: string }[] {
  const page = readFileSync(RUNBOOK, 'utf8');
  return [...page.matchAll(BLOCK)]
    .filter(([, found]) => found === language)
    .map(({ index, 2: text = '' }) => ({ at: index, text }));
}

/**
 * The SQL that docs/runbook.md gives for a case, word for word but for the account and the clock: both where given.
 * @throws Error where the page has none
 */
export function sqlFor(
  statement: Statement,
  given: { readonly portalId?: number; readonly now?: Date } = {},
): string {
  const introducedAt = readFileSync(RUNBOOK, 'utf8').indexOf(STATEMENTS[statement]);
  const block = blocksOf('sql').find(({ at }) => introducedAt >= 0 && at > introducedAt);
  if (block === undefined) throw new Error(`docs/runbook.md has no SQL below "${STATEMENTS[statement]}".`);
  const { portalId = EXAMPLE_PORTAL, now } = given;
  const ofAccount = block.text.replaceAll(EXAMPLE_PORTAL, String(portalId));
  return now === undefined ? ofAccount : ofAccount.replaceAll('now()', `TIMESTAMPTZ '${now.toISOString()}'`);
}
