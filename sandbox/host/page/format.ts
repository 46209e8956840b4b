/** Dates and texts of the pages around an extension. */

/** HubSpot shows instants in the zone of the viewer's browser, and an extension's worker knows no other. */
export function viewerTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** `Sat, Nov 21, 2026, 4:05 PM CST` in the given zone. */
export function formatInstant(instant: Date, timeZone: string, locale = 'en-US'): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(instant);
}

/** `Nov 21, 2026 at 4:05 PM`, as HubSpot's timeline writes it. */
export function formatMoment(instant: Date, timeZone: string): string {
  const day = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: 'short', day: 'numeric' });
  const time = new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', minute: '2-digit' });
  return `${day.format(instant)} at ${time.format(instant)}`;
}

/** `November 2026`, the heading of a month in the timeline. */
export function formatMonth(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: 'long' }).format(instant);
}

/** `Aug 2, 2026` of a date property (`2026-08-02`, no zone) or of an instant in the given zone; empty where there is none. */
export function formatDay(value: string | null | undefined, timeZone: string): string {
  const instant = parseInstant(value);
  if (instant === null) return '';
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(value ?? '');
  return new Intl.DateTimeFormat('en-US', {
    timeZone: isDate ? 'UTC' : timeZone,
    dateStyle: 'medium',
  }).format(instant);
}

/** HubSpot stores instants as ISO texts or as milliseconds; null where there is none. */
export function parseInstant(value: string | null | undefined): Date | null {
  if (value === null || value === undefined || value === '') return null;
  const instant = new Date(/^\d+$/.test(value) ? Number(value) : value);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** The text of a HubSpot body, which may be HTML. */
export function plainText(html: string | null | undefined): string {
  if (html === null || html === undefined) return '';
  const spaced = html.replace(/<(br|\/p|\/div|\/li)\s*\/?>/gi, '$&\n');
  return new DOMParser().parseFromString(spaced, 'text/html').body.textContent.trim();
}

/** `NOT_STARTED` as `Not started`. */
export function sentenceCase(value: string): string {
  const words = value.replaceAll('_', ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
