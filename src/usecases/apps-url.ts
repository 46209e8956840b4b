import type { PortalContext } from './person.ts';

/**
 * HubSpot's pages of the apps an account has; an app's own follow under its id. Source: HubSpot's CLI 8.14 opens `app-cards` there,
 * where an admin puts the app's cards on records; `general-settings` is the app's settings page.
 */
export function appsUrl({ portal }: PortalContext): string {
  return `https://${portal.uiDomain}/integrations-settings/${portal.portalId}/installed/framework`;
}
