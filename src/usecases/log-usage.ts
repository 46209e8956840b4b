import { FEWEST_FOR_USAGE, NO_USAGE_LISTENING, NO_USAGE_NOTE, USAGE_NOTE } from '../core/method-page.ts';
import type { Person } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';

/** Sources and call outcomes that the account's log really uses, with counts: over what is settled, so nothing shows early. */
export async function logUsage(deps: Deps, scope: TenantScope, { portal, settings }: Person) {
  const { comparisons, sources, dispositions } = await deps.store.counts.usage(scope);
  if (comparisons < FEWEST_FOR_USAGE) {
    const note = settings.openness === 'listeningOnly' ? NO_USAGE_LISTENING : NO_USAGE_NOTE;
    return { note, sources: [], dispositions: [] };
  }
  return {
    note: USAGE_NOTE,
    sources: sources.map((source) => ({ ...source })),
    dispositions: dispositions.map(({ id, records }) => ({
      id,
      label:
        id === '' ? 'No outcome' : (portal.callDispositions[id] ?? 'An outcome that HubSpot no longer has'),
      records,
    })),
  };
}
