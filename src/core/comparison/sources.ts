/** Where a record came from, by HubSpot's own provenance fields, which nobody can edit. */

/** One (hs_object_source_label, hs_object_source_detail_1) that the admin trusts. Null detail: any detail. */
export type TrustedSource = { readonly label: string; readonly detail: string | null };

export type Provenance = { readonly sourceLabel: string | null; readonly sourceDetail: string | null };

const IMPORT_LABEL = 'IMPORT';
/** Typed in by a person on HubSpot's pages or in its phone app. */
const MANUAL_LABELS: readonly string[] = ['CRM_UI', 'MOBILE_IOS', 'MOBILE_ANDROID'];

/** Returns true for records that came from a file. */
export function isImported(provenance: Provenance): boolean {
  return provenance.sourceLabel === IMPORT_LABEL;
}

/** Returns true for records that a person typed in. */
export function isManual(provenance: Provenance): boolean {
  return provenance.sourceLabel !== null && MANUAL_LABELS.includes(provenance.sourceLabel);
}

/** Returns true for records of a source that the admin trusts; imports and typed-in records never are. */
export function isTrusted(provenance: Provenance, trustedSources: readonly TrustedSource[]): boolean {
  if (provenance.sourceLabel === null || isImported(provenance) || isManual(provenance)) return false;
  return trustedSources.some(
    ({ label, detail }) =>
      label === provenance.sourceLabel && (detail === null || detail === provenance.sourceDetail),
  );
}
