// Copied from extension-kit/host.ts, by `npm run generate`. Do not edit.
/** What a surface gets from HubSpot around it, in the form the shared components need. */
export interface Host {
  locale: string;
  /** May connect apps: only such a person is shown the way to reconnect. */
  canConnectApps: boolean;
  copy: (text: string) => void;
  closeOverlay: (id: string) => void;
}
