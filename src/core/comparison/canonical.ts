/** One spelling for one value, so that the same finding is the same bytes on any machine, clock and locale. */

/** Returns JSON with sorted keys and no spaces; absent (undefined) fields are left out. Throws on NaN and infinity. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (typeof value === 'object' && value !== null) return canonicalObject(value as Record<string, unknown>);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError('canonical JSON has no NaN and no infinity');
  }
  return JSON.stringify(value ?? null);
}

/** Code-unit order: the same everywhere, unlike the order of a locale. */
export function byCodeUnits(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function canonicalObject(value: Record<string, unknown>): string {
  const fields = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort(byCodeUnits)
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${fields.join(',')}}`;
}
