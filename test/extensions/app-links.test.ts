import { describe, expect, it } from '@jest/globals';
import { appLinks } from '../../extension-kit/app-links.ts';

const APPS = 'https://app.hubspot.com/connected-apps/4100048/installed';

describe('links to HubSpot’s own pages of this app', () => {
  it('lead to its settings and to where its cards are put, in a window of their own', () => {
    const links = appLinks(APPS, 77);

    expect(links).toEqual({
      settings: { url: `${APPS}/77/general-settings`, external: true },
      cards: { url: `${APPS}/77/app-cards`, external: true },
    });
  });

  it('are left out where HubSpot does not say which app this is', () => {
    const links = appLinks(APPS, undefined);

    expect(links).toBeNull();
  });
});
