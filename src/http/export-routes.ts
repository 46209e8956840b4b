import { Router, type Request, type Response } from 'express';

export type DeliverExport = (token: string) => Promise<{ readonly fileName: string; readonly body: string }>;

/** The file behind a secret link that was made for a signed request. HubSpot's proxy caps replies at 1 MB; a browser does not. */
export function createExportRoutes(deliver: DeliverExport): Router {
  const router = Router();
  // Whoever only looks ahead, as mail and chat programs do, does not use the link up.
  router.head('/exports/:token', (_request: Request, response: Response) => {
    response.setHeader('Allow', 'GET');
    response.status(405).end();
  });
  router.get('/exports/:token', async (request: Request, response: Response) => {
    const { fileName, body } = await deliver(String(request.params['token'] ?? ''));
    response.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
    response.status(200).type('json').send(body);
  });
  return router;
}
