import { Router } from 'express';
import { z } from 'zod';
import { API_VERSION, apiRoute } from './api-route.ts';
import type { ApiCall, Reply } from './api-route.ts';
import { LARGEST_BATCH, batchReply, checkBatchSize } from './batch.ts';
import type { SimulatorContext } from './context.ts';
import { HubSpotError, invalid } from './errors.ts';
import type { Change, PropertyDefinition, PropertyType } from './model.ts';
import { schemaScopes } from './scopes.ts';

/** Property definitions and their groups. */
export function createPropertyRoutes(context: SimulatorContext): Router {
  const router = Router();
  const base = `/crm/properties/${API_VERSION}/:type`;
  const read = { limit: 'general', isRead: true } as const;
  const write = { limit: 'general', isRead: false } as const;
  apiRoute(router, context, { method: 'get', path: `${base}/groups`, ...read }, listGroups);
  apiRoute(router, context, { method: 'post', path: `${base}/groups`, ...write }, createGroup);
  apiRoute(router, context, { method: 'get', path: `${base}/groups/:name`, ...read }, readGroup);
  apiRoute(router, context, { method: 'post', path: `${base}/batch/create`, ...write }, createBatch);
  apiRoute(router, context, { method: 'get', path: base, ...read }, listProperties);
  apiRoute(router, context, { method: 'post', path: base, ...write }, createProperty);
  apiRoute(router, context, { method: 'get', path: `${base}/:name`, ...read }, readProperty);
  apiRoute(router, context, { method: 'delete', path: `${base}/:name`, ...write }, archiveProperty);
  return router;
}

const MOST_UNIQUE_PROPERTIES = 10;

const FIELD_TYPES: Readonly<Record<PropertyType, readonly string[]>> = {
  string: ['text', 'textarea', 'html', 'phonenumber', 'file'],
  number: ['number', 'calculation_equation'],
  date: ['date'],
  datetime: ['date'],
  enumeration: ['select', 'radio', 'checkbox', 'booleancheckbox'],
  bool: ['booleancheckbox'],
};

const groupSchema = z.strictObject({
  name: z.string(),
  label: z.string(),
  displayOrder: z.number().int().optional(),
});

const propertySchema = z.strictObject({
  name: z.string(),
  label: z.string(),
  groupName: z.string(),
  type: z.enum(['string', 'number', 'date', 'datetime', 'enumeration', 'bool']),
  fieldType: z.string(),
  description: z.string().optional(),
  options: z
    .array(
      z.strictObject({
        label: z.string(),
        value: z.string(),
        hidden: z.boolean().optional(),
        displayOrder: z.number().int().optional(),
        description: z.string().optional(),
      }),
    )
    .default([]),
  hasUniqueValue: z.boolean().default(false),
  hidden: z.boolean().optional(),
  formField: z.boolean().optional(),
  displayOrder: z.number().int().optional(),
});

type PropertyInput = z.output<typeof propertySchema>;

function listGroups(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(schemaScopes(type.name, 'read'));
  return {
    status: 200,
    body: {
      results: [...(call.portal.groups.get(type.name)?.values() ?? [])].map((group) => ({
        ...group,
        archived: false,
      })),
    },
  };
}

function readGroup(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(schemaScopes(type.name, 'read'));
  const group = call.portal.groups.get(type.name)?.get(String(call.params['name']));
  if (group === undefined) throw notFound('Property group', String(call.params['name']));
  return { status: 200, body: { ...group, archived: false } };
}

function createGroup(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(schemaScopes(type.name, 'write'));
  const input = call.body(groupSchema);
  requireName(input.name);
  if (call.portal.groups.get(type.name)?.has(input.name) === true)
    throw exists('Property group', input.name, 'PropertyGroupError');
  const group = { name: input.name, label: input.label, displayOrder: input.displayOrder ?? -1 };
  call.context.state.commit([{ op: 'group', portalId: call.portal.portalId, type: type.name, group }]);
  return { status: 201, body: { ...group, archived: false } };
}

function listProperties(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(schemaScopes(type.name, 'read'));
  const definitions = [...(call.portal.properties.get(type.name)?.values() ?? [])];
  return { status: 200, body: { results: definitions.map((definition) => viewProperty(definition)) } };
}

function readProperty(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(schemaScopes(type.name, 'read'));
  const definition = call.portal.properties.get(type.name)?.get(String(call.params['name']));
  if (definition === undefined) throw notFound('Property', String(call.params['name']));
  return { status: 200, body: viewProperty(definition) };
}

function createProperty(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(schemaScopes(type.name, 'write'));
  const definition = planProperty(call, type.name, call.body(propertySchema));
  call.context.state.commit([propertyChange(call, type.name, definition)]);
  return { status: 201, body: viewProperty(definition) };
}

/** Good definitions are made, the others listed: properties have no trace ids. */
function createBatch(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(schemaScopes(type.name, 'write'));
  const { inputs } = call.body(z.strictObject({ inputs: z.array(propertySchema) }));
  checkBatchSize(inputs, LARGEST_BATCH);
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const input of inputs) {
    try {
      const definition = planProperty(call, type.name, input);
      call.context.state.commit([propertyChange(call, type.name, definition)]);
      results.push(viewProperty(definition));
    } catch (error) {
      if (!(error instanceof HubSpotError)) throw error;
      errors.push(error.item({ name: [input.name] }));
    }
  }
  return batchReply(call, 201, results, errors, call.now.toISOString());
}

function archiveProperty(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(schemaScopes(type.name, 'write'));
  const name = String(call.params['name']);
  const definition = call.portal.properties.get(type.name)?.get(name);
  if (definition === undefined) throw notFound('Property', name);
  if (definition.hubspotDefined) throw invalid(`"${name}" is defined by HubSpot and cannot be archived`);
  call.context.state.commit([
    { op: 'propertyRemoved', portalId: call.portal.portalId, type: type.name, name },
  ]);
  return { status: 204 };
}

function propertyChange(call: ApiCall, type: string, definition: PropertyDefinition): Change {
  return { op: 'property', portalId: call.portal.portalId, type, definition };
}

function planProperty(call: ApiCall, type: string, input: PropertyInput): PropertyDefinition {
  requireName(input.name);
  const known = call.portal.properties.get(type);
  if (known?.has(input.name) === true) throw exists('Property', input.name, 'Properties.PROPERTY_EXISTS');
  if (call.portal.groups.get(type)?.has(input.groupName) !== true)
    throw invalid(`Property group "${input.groupName}" does not exist`);
  if (!FIELD_TYPES[input.type].includes(input.fieldType)) {
    throw invalid(
      `fieldType ${input.fieldType} does not fit type ${input.type}: use one of ${FIELD_TYPES[input.type].join(', ')}`,
    );
  }
  if (input.type === 'enumeration' && input.options.length === 0)
    throw invalid('an enumeration needs options');
  if (input.hasUniqueValue) checkUnique(call, type, input);
  const { name, label, groupName, fieldType, hasUniqueValue } = input;
  return {
    name,
    label,
    groupName,
    type: input.type,
    fieldType,
    ...(input.description === undefined ? {} : { description: input.description }),
    options: input.options.map((option) => ({ label: option.label, value: option.value })),
    hasUniqueValue,
    readOnly: false,
    hubspotDefined: false,
    createdAt: call.now.toISOString(),
  };
}

function checkUnique(call: ApiCall, type: string, input: PropertyInput): void {
  if (input.type !== 'string' && input.type !== 'number')
    throw invalid('only text and number properties can have unique values');
  if (type === 'tasks' && call.portal.settings.uniqueTaskProperty === 'refusedAtCreation') {
    throw invalid(`hasUniqueValue is not supported for ${type}`);
  }
  const unique = [...(call.portal.properties.get(type)?.values() ?? [])].filter(
    (definition) => definition.hasUniqueValue && !definition.hubspotDefined,
  );
  if (unique.length >= MOST_UNIQUE_PROPERTIES) {
    throw invalid(
      `${type} has ${String(MOST_UNIQUE_PROPERTIES)} unique properties already, which is the limit`,
    );
  }
}

function requireName(name: string): void {
  if (/^[a-z][a-z0-9_]{0,99}$/.test(name) && !name.startsWith('hs_')) return;
  throw invalid(
    `"${name}" is no valid name: lower-case letters, digits and underscores, starting with a letter, not with hs_`,
  );
}

function exists(what: string, name: string, subCategory: string): HubSpotError {
  return new HubSpotError(409, `${what} "${name}" already exists`, {
    category: 'OBJECT_ALREADY_EXISTS',
    subCategory,
  });
}

function notFound(what: string, name: string): HubSpotError {
  return new HubSpotError(404, `${what} "${name}" does not exist`, {
    category: 'OBJECT_NOT_FOUND',
    context: { name: [name] },
  });
}

function viewProperty(definition: PropertyDefinition): Record<string, unknown> {
  const { readOnly, hubspotDefined, options, ...rest } = definition;
  return {
    ...rest,
    options: options.map((option, displayOrder) => ({ ...option, displayOrder, hidden: false })),
    hubspotDefined,
    archived: false,
    calculated: false,
    modificationMetadata: {
      archivable: !hubspotDefined,
      readOnlyDefinition: hubspotDefined,
      readOnlyValue: readOnly,
    },
  };
}
