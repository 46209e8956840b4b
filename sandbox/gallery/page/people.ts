import type { Portal, PortalOwner } from '../../host/page/control-api.ts';
import { contextOf, type Viewer } from '../../host/page/viewers.ts';
import type { GalleryScene, GallerySurface } from '../gallery-state.ts';

/** It is always this moment in the gallery: Thursday, November 12, 2026, 10:45 in Chicago. */
export const GALLERY_NOW = '2026-11-12T16:45:00.000Z';

const TEAM: PortalOwner['teams'] = [{ id: '1', name: 'Midwest', primary: true }];
const OWNER = { teams: TEAM, locale: 'en-US', superAdmin: false };
const ANA: PortalOwner = {
  ...OWNER,
  id: '901',
  userId: 11,
  firstName: 'Ana',
  lastName: 'Lopez',
  email: 'ana.lopez@example.com',
};
const TOM: PortalOwner = {
  ...OWNER,
  id: '900',
  userId: 12,
  firstName: 'Tom',
  lastName: 'Berg',
  email: 'tom.berg@example.com',
};
const PORTAL: Portal = {
  portalId: 1,
  name: 'Acme',
  timeZone: 'America/Chicago',
  uiDomain: 'app.hubspot.com',
  installed: true,
  owners: [ANA, TOM],
};

const LOCATIONS = {
  tab: 'crm.record.tab',
  sidebar: 'crm.record.sidebar',
  home: 'pages',
  settings: 'settings',
} as const;
/** Folder of the entrypoint that stands at a place. */
export const BUNDLES: Readonly<Record<GallerySurface, string>> = {
  tab: 'cards',
  sidebar: 'cards',
  home: 'pages',
  settings: 'settings',
};

function viewerOf(scene: GalleryScene): Viewer {
  const owner = scene.role === 'rep' ? TOM : ANA;
  return {
    ...owner,
    userId: owner.userId ?? 0,
    role: scene.role,
    locale: scene.locale,
    superAdmin: scene.canConnectApps,
  };
}

/** HubSpot's context for whoever looks at this state. */
export function contextFor(scene: GalleryScene): Record<string, unknown> {
  const isOnRecord = scene.surface === 'tab' || scene.surface === 'sidebar';
  return {
    ...contextOf(PORTAL, viewerOf(scene)),
    location: LOCATIONS[scene.surface],
    ...(isOnRecord ? { crm: { objectId: 101, objectTypeId: '0-2' } } : {}),
  };
}
