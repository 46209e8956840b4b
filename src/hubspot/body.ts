/** What a reply's body turned out to be. Empty counts as JSON only where the status says that there is none. */
export type BodyResult =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'notJson' }
  | { readonly kind: 'tooLarge' };

/** Reads the whole body (so that its socket is free again) but never more than `maxBytes` after decompression. */
export async function readBody(response: Response, maxBytes: number): Promise<BodyResult> {
  if (response.body === null) return emptyBody(response.status);
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel().catch(() => undefined);
      return { kind: 'tooLarge' };
    }
    chunks.push(value);
  }
  return bytes === 0 ? emptyBody(response.status) : parseJson(Buffer.concat(chunks).toString('utf8'));
}

function emptyBody(status: number): BodyResult {
  return status === 204 ? { kind: 'json', value: null } : { kind: 'notJson' };
}

function parseJson(text: string): BodyResult {
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'notJson' };
  }
}
