import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Violation {
  id: string;
  impact: string;
  nodes: { html: string; failureSummary: string }[];
}

/** What axe-core calls serious or critical on this page, one line a fault; nothing where people of all abilities get on. */
export async function graveFaultsOf(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(axePath, 'utf8'));
  const result = await page.evaluate('axe.run(document, {resultTypes: ["violations"]})');
  return (result as { violations: Violation[] }).violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}
