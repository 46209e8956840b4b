import { z } from 'zod';
import { objectMembers, typeOf, type JsonSchema } from './json-schema-types.ts';

/** What the extensions may call: the same table the backend routes by. */
export type EndpointTable = Readonly<
  Record<
    string,
    {
      readonly method: string;
      readonly path: string;
      readonly request: z.ZodType | null;
      readonly reply: z.ZodType;
    }
  >
>;

const typeName = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Scalars stay `string` or `number`; only what has parts is worth a name. */
function isNamed(value: unknown): value is z.ZodType {
  return (
    value instanceof z.ZodObject || value instanceof z.ZodDiscriminatedUnion || value instanceof z.ZodUnion
  );
}

function jsonSchemas(named: ReadonlyMap<string, z.ZodType>, io: 'input' | 'output') {
  const registry = z.registry<{ id: string }>();
  for (const [name, schema] of named) registry.add(schema, { id: name });
  return z.toJSONSchema(registry, { io, uri: (id) => id }).schemas as unknown as Readonly<
    Record<string, JsonSchema>
  >;
}

/** The names a schema refers to, directly or through others. */
function reachable(start: readonly string[], schemas: Readonly<Record<string, JsonSchema>>): Set<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const match of JSON.stringify(schemas[name] ?? {}).matchAll(/"\$ref":"([^"]+)"/g)) {
      visit(match[1] ?? '');
    }
  };
  start.forEach(visit);
  return found;
}

function declaration(name: string, schema: JsonSchema): string {
  return schema.properties
    ? `export interface ${name} {\n${objectMembers(schema)}\n}`
    : `export type ${name} = ${typeOf(schema)};`;
}

/**
 * TypeScript source with one type per named schema of the contract, `Endpoints` (request and reply by endpoint name),
 * `LIMITS` and `ROUTES` (method and path), free of zod so that it costs the extensions nothing.
 * What a request uses is written as zod reads it (a field with a default may be left out), all else as zod returns it.
 * @throws Error when a schema cannot be written as a type.
 */
export function contractTypes(
  modules: readonly Readonly<Record<string, unknown>>[],
  endpoints: EndpointTable,
  limits: Readonly<Record<string, number>> = {},
): string {
  const named = new Map<string, z.ZodType>();
  for (const [name, value] of modules.flatMap((module) => Object.entries(module))) {
    if (isNamed(value)) named.set(typeName(name), value);
  }
  const nameOf = (schema: z.ZodType | null): string => {
    if (schema === null) return 'null';
    const name = [...named].find(([, candidate]) => candidate === schema)?.[0];
    if (name === undefined) throw new Error('an endpoint uses a schema that the contract does not export');
    return name;
  };
  const inputs = jsonSchemas(named, 'input');
  const outputs = jsonSchemas(named, 'output');
  const rows = Object.entries(endpoints);
  const requests = rows.map(([, row]) => nameOf(row.request)).filter((name) => name !== 'null');
  const sent = reachable(requests, inputs);
  const types = [...named.keys()].map((name) =>
    declaration(name, (sent.has(name) ? inputs[name] : outputs[name]) ?? {}),
  );
  const calls = rows.map(
    ([name, row]) => `${name}: { request: ${nameOf(row.request)}; reply: ${nameOf(row.reply)} };`,
  );
  const routes = rows.map(([name, row]) => `${name}: ['${row.method}', '${row.path}'],`);
  return [
    ...types,
    `export interface Endpoints {\n${calls.join('\n')}\n}`,
    'export type EndpointName = keyof Endpoints;',
    `/** The most characters of each text that people type. */\nexport const LIMITS = ${JSON.stringify(limits)} as const;`,
    `export const ROUTES: Record<EndpointName, [method: 'GET' | 'PUT' | 'POST', path: string]> = {\n${routes.join('\n')}\n};`,
  ].join('\n\n');
}
