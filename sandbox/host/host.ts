import express, { Router, type Request, type Response } from 'express';
import { buildHostAssets } from './assets.ts';
import { createGalleryRoutes } from '../gallery/routes.ts';
import type { ExtensionBundles } from './bundles.ts';
import { forwardToSimulator } from './forward.ts';

export interface HostOptions {
  /** Where the local HubSpot listens, without a trailing slash. */
  simulatorUrl: () => string;
  /** Where the backend begins an install; without it there is none to begin. */
  installUrl?: () => string;
  bundles: ExtensionBundles;
}

const PAGES = [
  '/',
  '/companies/:portalId',
  '/record/:portalId/company/:companyId',
  '/home/:portalId',
  '/home/:portalId/*path',
  '/settings/:portalId',
];
/** Scripts, styles and workers only from here: an extension cannot bring its own. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; img-src 'self' https: data:; frame-src https:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
/** The gallery frames its own states, and nothing else. */
const GALLERY_SECURITY_POLICY = CONTENT_SECURITY_POLICY.replace(
  'frame-src https:',
  "frame-src 'self'",
).replace("frame-ancestors 'none'", "frame-ancestors 'self'");
const CONTENT_TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css' };

/**
 * The record page, the company list, the home and the settings page of a local preview of HubSpot, which run the
 * built extensions in a web worker. Everything else is passed on to the next router.
 */
export function createHostRoutes({ simulatorUrl, installUrl, bundles }: HostOptions): Router {
  const router = Router();
  const assets = buildHostAssets();
  assets.catch(() => undefined); // reported by the first request that needs them
  router.get(PAGES, (_request, response) => sendPage(response, CONTENT_SECURITY_POLICY));
  router.get('/gallery', (_request, response) => sendPage(response, GALLERY_SECURITY_POLICY));
  router.get('/install', (_request, response, next) => {
    if (installUrl === undefined) next();
    else response.redirect(302, installUrl());
  });
  router.use(createGalleryRoutes());
  router.get('/host/assets/:file', async (request, response) => {
    const file = request.params.file;
    const body = (await assets).get(file);
    if (body === undefined) return void response.status(404).end();
    response
      .set('cache-control', 'no-cache')
      .type(CONTENT_TYPES[file.split('.').pop() ?? ''] ?? 'application/octet-stream');
    response.send(Buffer.from(body));
  });
  router.get('/host/bundles/:name.js', (request, response) => {
    const bundle = Object.hasOwn(bundles, request.params.name) ? bundles[request.params.name] : undefined;
    if (bundle === undefined) return void response.status(404).end();
    response
      .set('cache-control', 'no-cache')
      .type('text/javascript')
      .sendFile(bundle.path, { dotfiles: 'allow' });
  });
  router.all('/host/control/*path', express.json({ limit: '2mb' }), (request: Request, response: Response) =>
    forwardToSimulator(simulatorUrl(), request, response),
  );
  return router;
}

function sendPage(response: Response, securityPolicy: string): void {
  response
    .set('content-security-policy', securityPolicy)
    .set('cache-control', 'no-store')
    .type('html')
    .send(
      `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Local preview</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/host/assets/style.css">
</head>
<body><div id="page"></div><script src="/host/assets/page.js"></script></body>
</html>`,
    );
}
