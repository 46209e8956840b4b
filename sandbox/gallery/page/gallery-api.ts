import type { BackendReply, BackendRequest } from '../../host/protocol.ts';
import type { GalleryOutcome } from '../answer.ts';
import type { GalleryScene } from '../gallery-state.ts';

/** Every state, in the order in which they are shown. */
export async function readScenes(): Promise<GalleryScene[]> {
  const response = await fetch('/host/gallery/states');
  if (!response.ok) throw new Error(`the gallery's states answered ${response.status}`);
  return (await response.json()) as GalleryScene[];
}

/** A call of an extension, answered by its state instead of a backend; a silent one never comes back. */
export async function callState(stateId: string, request: BackendRequest): Promise<BackendReply> {
  const response = await fetch('/host/gallery/calls', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      state: stateId,
      method: request.method,
      path: new URL(request.url).pathname,
      body: request.body ?? null,
    }),
  });
  if (!response.ok) throw new Error(`state ${stateId} holds what the contract does not allow`);
  const outcome = (await response.json()) as GalleryOutcome;
  switch (outcome.kind) {
    case 'silence':
      return new Promise(() => undefined);
    case 'broken connection':
      return { status: 0, headers: {}, body: '' };
    case 'answered':
      return {
        status: outcome.status,
        headers: { 'content-type': 'application/json' },
        body: outcome.body,
      };
  }
}
