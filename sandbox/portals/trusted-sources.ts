/**
 * Provenance that only HubSpot itself can write: the pairs (hs_object_source_label, hs_object_source_detail_1) that lift a
 * record above a hand-made log. The property names are documented; the VALUES below are the sandbox's best guess and are to be
 * confirmed on a live account (log one record of each kind there and read both properties back).
 */
export type ObjectSource = { readonly label: string; readonly detail: string | null };

/** Calls dialed from HubSpot's own dialer. */
export const hubspotCalling = { label: 'CALLING', detail: 'HubSpot Calling' } as const satisfies ObjectSource;
/** Emails of an inbox connected to HubSpot. */
export const connectedInbox = { label: 'EMAIL_INTEGRATION', detail: 'Gmail' } as const satisfies ObjectSource;
/** Meetings that the customer booked through a scheduling page. */
export const meetingScheduler = {
  label: 'MEETINGS',
  detail: 'Meetings scheduler',
} as const satisfies ObjectSource;
/** Meetings copied from the rep's connected calendar. */
export const calendarSync = { label: 'MEETINGS', detail: 'Google Calendar' } as const satisfies ObjectSource;

/** What a portal's trusted sources start with. */
export const seededTrustedSources: readonly ObjectSource[] = [
  hubspotCalling,
  connectedInbox,
  meetingScheduler,
  calendarSync,
];

/** A record typed by a person in HubSpot: never trusted. */
export const handLogged = { label: 'CRM_UI', detail: null } as const satisfies ObjectSource;
/** A record made by somebody's file import: never trusted. */
export const fileImport = { label: 'IMPORT', detail: 'Customers 2024.csv' } as const satisfies ObjectSource;
