import type { AppManifest } from '../../src/app-manifest.ts';

/** One meta file that HubSpot reads: its path from the upload root, and its content as data. */
export type MetaFile = { readonly path: string; readonly content: object };

function appFile(app: AppManifest): MetaFile {
  return {
    path: 'app/app-hsmeta.json',
    content: {
      uid: app.uid,
      type: 'app',
      config: {
        name: app.name,
        description: app.description,
        distribution: app.distribution,
        auth: {
          type: 'oauth',
          redirectUrls: app.redirectUrls,
          requiredScopes: app.scopes.required,
          optionalScopes: app.scopes.optional,
          conditionallyRequiredScopes: [],
        },
        permittedUrls: { fetch: app.permittedFetchUrls, iframe: [], img: [] },
        support: app.support,
      },
    },
  };
}

function cardFiles(app: AppManifest): readonly MetaFile[] {
  return app.extensions.cards.map(({ uid, file, name, description, location, entrypoint, objectTypes }) => ({
    path: `app/cards/${file}`,
    content: { uid, type: 'card', config: { name, description, location, entrypoint, objectTypes } },
  }));
}

function pageFiles(app: AppManifest): readonly MetaFile[] {
  const { pages, settings } = app.extensions;
  return [
    {
      path: `app/pages/${pages.file}`,
      content: { uid: pages.uid, type: 'page', config: { entrypoint: pages.entrypoint } },
    },
    {
      path: `app/settings/${settings.file}`,
      content: { uid: settings.uid, type: 'settings', config: { entrypoint: settings.entrypoint } },
    },
  ];
}

function webhooksFile(app: AppManifest): MetaFile {
  const { uid, path, maxConcurrentRequests, objectSubscriptions, hubEvents } = app.webhooks;
  return {
    path: 'app/webhooks/webhooks-hsmeta.json',
    content: {
      uid,
      type: 'webhooks',
      config: {
        settings: { targetUrl: `${app.publicBaseUrl}${path}`, maxConcurrentRequests },
        subscriptions: {
          crmObjects: objectSubscriptions.map((subscription) => ({ ...subscription, active: true })),
          legacyCrmObjects: [],
          hubEvents: hubEvents.map((subscriptionType) => ({ subscriptionType, active: true })),
        },
      },
    },
  };
}

/** Every `*-hsmeta.json` that HubSpot must receive, derived from the app declaration alone. */
export function metaFiles(app: AppManifest): readonly MetaFile[] {
  return [appFile(app), ...cardFiles(app), ...pageFiles(app), webhooksFile(app)];
}
