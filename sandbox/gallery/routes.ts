import express, { Router } from 'express';
import { z } from 'zod';
import type { GalleryState } from './gallery-state.ts';

const galleryCall = z.object({
  state: z.string(),
  method: z.string(),
  path: z.string(),
  body: z.unknown(),
});

/** What the gallery's page asks for: the list of states, and the answers to the extensions that it runs. */
export function createGalleryRoutes(): Router {
  const router = Router();
  router.get('/host/gallery/states', async (_request, response) => {
    const states = await allStates();
    response.json(states.map(({ answers: _answers, ...scene }) => scene));
  });
  router.post('/host/gallery/calls', express.json({ limit: '1mb' }), async (request, response) => {
    const { state: id, ...call } = galleryCall.parse(request.body);
    const state = (await allStates()).find((one) => one.id === id);
    if (state === undefined) return void response.status(404).json({ message: `no state ${id}` });
    const { answerInGallery } = await import('./answer.ts');
    return void response.json(answerInGallery(state, call));
  });
  return router;
}

/** Made only when somebody looks: hundreds of replies are of no use to a sandbox that nobody opens the gallery of. */
async function allStates(): Promise<readonly GalleryState[]> {
  return (await import('./states.ts')).GALLERY;
}
