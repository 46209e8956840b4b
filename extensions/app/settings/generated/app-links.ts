// Copied from extension-kit/app-links.ts, by `npm run generate`. Do not edit.
/** HubSpot's own pages of this app, in the form its links take. Null where HubSpot does not say which app this is. */
export interface AppLinks {
  settings: { url: string; external: true };
  /** Where an admin puts the app's cards on records. */
  cards: { url: string; external: true };
}

export function appLinks(appsUrl: string, appId: number | string | undefined): AppLinks | null {
  if (appId === undefined) return null;
  const page = (name: string) => ({ url: `${appsUrl}/${String(appId)}/${name}`, external: true as const });
  return { settings: page('general-settings'), cards: page('app-cards') };
}
