import { CAUTIOUS_SETTINGS, type Settings } from './comparison/settings.ts';
import { percent, type Fact } from './method-wording.ts';
import type { LocalDay } from './model.ts';
import { dayText } from './wording.ts';

/** How the account's measured recall changed over time, in words: what comparisons weigh memory by is a rule like any other. */

type Measured = { readonly measuredOn: LocalDay; readonly settings: Settings };
export type RecallChange = { readonly since: LocalDay; readonly changes: readonly string[] };

/** What a setting says, as exactly as it is shown; the same text twice means that nothing changed for anyone. */
function said({ q, sigma, rho }: Settings): Readonly<Record<string, string>> {
  return {
    'Chance that a customer forgets one contact': percent(q),
    'Error in dating a contact (sigma)': sigma.toFixed(2),
    'How much one person’s misses go together (rho)': rho.toFixed(2),
  };
}

/**
 * Returns each day from which comparisons weigh memory otherwise than before, the newest first, with a sentence for each number.
 * @param measured newest first; without any before them where `isFromStart`, and then cautious numbers stood before the first
 */
export function recallChanges(measured: readonly Measured[], isFromStart: boolean): readonly RecallChange[] {
  const [oldest, ...later] = [...measured].reverse();
  if (oldest === undefined) return [];
  const days = isFromStart ? [oldest, ...later] : later;
  let before = said(isFromStart ? CAUTIOUS_SETTINGS : oldest.settings);
  const found: RecallChange[] = [];
  for (const { measuredOn, settings } of days) {
    const now = said(settings);
    const changes = changedLines(before, now);
    if (changes.length > 0) found.push({ since: measuredOn, changes });
    before = now;
  }
  return found.reverse();
}

/** Returns the method page's section on what was measured when; none before anything changed. */
export function changesSection(changes: readonly RecallChange[]) {
  if (changes.length === 0) return [];
  const facts: readonly Fact[] = changes.map(({ since, changes: lines }) => ({
    label: `Since ${dayText(since)}, ${since.slice(0, 4)}`,
    value: lines.join(' '),
  }));
  const line = 'A finding keeps the numbers of its own day.';
  return [{ title: 'What was measured here, and when it changed', lines: [line], facts }];
}

function changedLines(
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(now).flatMap(([name, value]) =>
    before[name] === value ? [] : [`${name}: from ${before[name] ?? ''} to ${value}.`],
  );
}
