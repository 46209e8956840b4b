import type { HubSpotRecord } from './schemas.ts';

/** Each company has a zone, and to look one up costs as much as all else that is read of it. There are about 600 names. */
const MOST_ZONES = 1_000;
const zonesByName = new Map<string, string | null>();

/** A property's text; null where it is absent, null or empty (HubSpot clears a value by writing ''). */
export function textOf(record: Pick<HubSpotRecord, 'properties'>, name: string): string | null {
  const value = record.properties[name];
  return value == null || value === '' ? null : value;
}

/** An instant written as ISO text or as milliseconds; null where it is neither. */
export function instantOf(value: string | null): Date | null {
  if (value === null) return null;
  const instant = new Date(/^-?\d+$/.test(value) ? Number(value) : value);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** A number, or null where the text is none. */
export function numberOf(value: string | null): number | null {
  const number = value === null ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : null;
}

/**
 * The IANA name of a time zone, or null where the text names none. HubSpot writes contacts' zones as option values
 * (`america_slash_new_york`), companies' zones as plain text, and accounts' zones sometimes as old aliases (US/Eastern).
 */
export function timeZoneOf(value: string | null): string | null {
  if (value === null) return null;
  const name = value.trim().replaceAll('_slash_', '/').replaceAll('_hyphen_', '-').replaceAll('_plus_', '+');
  if (!/^[A-Za-z]+(?:[/_+-][A-Za-z0-9]+)*$/.test(name) || name.length > 64) return null;
  const known = zonesByName.get(name);
  if (known !== undefined) return known;
  const zone = zoneNamed(name);
  if (zonesByName.size < MOST_ZONES) zonesByName.set(name, zone);
  return zone;
}

function zoneNamed(name: string): string | null {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** Slices of at most `size`. */
export function chunksOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
