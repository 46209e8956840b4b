import { randomBytes } from 'node:crypto';
import { Router, type Request, type Response } from 'express';

type OAuthHandlers = {
  readonly begin: (state: string) => Promise<{ authorizeUrl: string }>;
  readonly complete: (input: {
    code: string;
    state: string;
    stateInCookie: string;
  }) => Promise<{ portalId: number }>;
};

/** `__Host-`: bound to this very origin, https only; browsers treat localhost as safe. */
const STATE_COOKIE = '__Host-sci_state';
const STATE_SECONDS = 600;
const STATE_BYTES = 32;

/** Install: to HubSpot with a fresh state, and back. A return without our state begins again. */
export function createOAuthRoutes(handlers: OAuthHandlers): Router {
  const router = Router();
  router.get('/oauth/install', async (_request, response) => {
    await sendToHubSpot(handlers, response);
  });
  router.get('/oauth/callback', async (request, response) => {
    const { code, state } = request.query;
    const stateInCookie = cookieOf(request, STATE_COOKIE);
    if (typeof code !== 'string' || typeof state !== 'string' || stateInCookie === '') {
      await sendToHubSpot(handlers, response);
      return;
    }
    const { portalId } = await handlers.complete({ code, state, stateInCookie });
    response.setHeader('Set-Cookie', `${STATE_COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0`);
    response.status(200).type('html').send(connectedPage(portalId));
  });
  return router;
}

async function sendToHubSpot(handlers: OAuthHandlers, response: Response): Promise<void> {
  const state = randomBytes(STATE_BYTES).toString('base64url');
  const { authorizeUrl } = await handlers.begin(state);
  response.setHeader(
    'Set-Cookie',
    `${STATE_COOKIE}=${state}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${STATE_SECONDS}`,
  );
  response.redirect(302, authorizeUrl);
}

function cookieOf(request: Request, name: string): string {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}

function connectedPage(portalId: number): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Service check-in is connected</title>
<body style="font-family:sans-serif;max-width:32rem;margin:4rem auto;color:#33475b">
<h1>Service check-in is connected</h1>
<p>Account ${portalId}. Your customers are being read now; nothing is written to HubSpot before you press Start.</p>
<p>Next: in HubSpot, open <b>Settings → Integrations → Connected apps → Service check-in → Settings</b>.</p>
</body></html>`;
}
