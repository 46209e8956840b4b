/** The dated API version every path names. Supported for 18 months from its date. Source: HubSpot developer changelog. */
export const API_VERSION = '2026-03';

/** HubSpot's API for every account, wherever its data is hosted. */
export const API_BASE_URL = 'https://api.hubapi.com';

/** The property that carries a task's touch key, and the group our properties stand in. */
export const TOUCH_KEY_PROPERTY = 'sci_touch_key';
export const PROPERTY_GROUP = 'service_check_in';

/** Numbers of HubSpot's association types, from an activity to a company. Source: associations guide, 2026-03. */
export const TASK_TO_COMPANY = 192;
export const NOTE_TO_COMPANY = 190;
/** From a company to its parent and to its child company. Same source. */
export const COMPANY_TO_PARENT = 14;
export const COMPANY_TO_CHILD = 13;

export type ObjectTypeName = 'companies' | 'contacts' | 'calls' | 'meetings' | 'emails' | 'notes' | 'tasks';

/** Path below `/crm/objects`; every part is escaped, so that no id can change the route. */
export function objectPath(type: ObjectTypeName, ...parts: readonly string[]): string {
  return `/crm/objects/${API_VERSION}/${[type, ...parts].map(encodeURIComponent).join('/')}`;
}

/** Path of a batch read of associations. */
export function associationPath(from: ObjectTypeName, to: ObjectTypeName): string {
  return `/crm/associations/${API_VERSION}/${from}/${to}/batch/read`;
}

/** Path below `/crm/properties`. */
export function propertyPath(type: ObjectTypeName, ...parts: readonly string[]): string {
  return `/crm/properties/${API_VERSION}/${[type, ...parts].map(encodeURIComponent).join('/')}`;
}
