import { readAppManifest } from '../src/app-manifest.ts';
import type { SimulatorApp } from './hubspot/simulator.ts';

/** The sandbox's own credentials: fixed, worthless anywhere else. */
export const SANDBOX_APP_ID = 900_001;
export const SANDBOX_CLIENT_ID = 'sandbox-client-id';
export const SANDBOX_CLIENT_SECRET = 'sandbox-client-secret-0000-0000';

/** The app as the local HubSpot knows it, from the one declaration. @param callbackUrl where this machine's backend takes the code */
export function sandboxApp(callbackUrl: string): SimulatorApp {
  const manifest = readAppManifest(new URL('../app.json', import.meta.url));
  const { objectSubscriptions, hubEvents, path } = manifest.webhooks;
  return {
    appId: SANDBOX_APP_ID,
    clientId: SANDBOX_CLIENT_ID,
    clientSecret: SANDBOX_CLIENT_SECRET,
    name: manifest.name,
    redirectUrls: [...manifest.redirectUrls, callbackUrl],
    requiredScopes: manifest.scopes.required,
    optionalScopes: manifest.scopes.optional,
    publicBaseUrl: manifest.publicBaseUrl,
    webhooks: {
      targetUrl: `${manifest.publicBaseUrl}${path}`,
      subscriptions: [...objectSubscriptions, ...hubEvents.map((subscriptionType) => ({ subscriptionType }))],
    },
  };
}
