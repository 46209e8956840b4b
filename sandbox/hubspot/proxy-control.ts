import type { RequestHandler } from 'express';
import type { z } from 'zod';

/**
 * A handler of a control route with a JSON body: a body that fails its schema answers 400 with the field and the remedy, a
 * good one the JSON that `handle` returns.
 */
export function controlRoute<T>(schema: z.ZodType<T>, handle: (body: T) => unknown): RequestHandler {
  return async (request, response) => {
    const parsed = schema.safeParse(request.body ?? {});
    if (parsed.success) {
      response.json(await handle(parsed.data));
      return;
    }
    const [issue] = parsed.error.issues;
    const field = issue === undefined || issue.path.length === 0 ? 'body' : issue.path.join('.');
    const message = `${field}: ${issue?.message ?? 'not valid'}`;
    const remedy = 'send a JSON body of the schema in docs/sandbox.md';
    response.status(400).json({ status: 'error', field, message, remedy });
  };
}
