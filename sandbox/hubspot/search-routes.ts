import { Router } from 'express';
import { API_VERSION, apiRoute } from './api-route.ts';
import type { ApiCall, Reply } from './api-route.ts';
import type { SimulatorContext } from './context.ts';
import { viewRecord } from './record-views.ts';
import { recordScopes } from './scopes.ts';
import { searchPage } from './search-index.ts';
import { checkSearch, olderSearchSchema, searchSchema } from './search-schema.ts';

/** Search, with a budget of its own and an index that may lag behind. */
export function createSearchRoutes(context: SimulatorContext): Router {
  const router = Router();
  const path = `/crm/objects/${API_VERSION}/:type/search`;
  apiRoute(router, context, { method: 'post', path, limit: 'search', isRead: true }, search);
  return router;
}

function search(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(recordScopes(type.name, 'read'));
  const isOlder = call.request.originalUrl.startsWith('/crm/v3/');
  const request = call.body(isOlder ? olderSearchSchema : searchSchema);
  checkSearch(call, type.name, request, call.bodyCharacters);
  const { total, objects } = searchPage(call.portal, type.name, request, call.now);
  const end = Number(request.after) + request.limit;
  const results = objects.map((object) => viewRecord(call.portal, type.name, object, request));
  const paging =
    end < total ? { paging: { next: { after: String(end), link: `?after=${String(end)}` } } } : {};
  return { status: 200, body: { total, results, ...paging } };
}
