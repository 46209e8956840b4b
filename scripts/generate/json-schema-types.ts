/** Just enough of JSON Schema 2020-12 for what zod writes about our contract. */
export type JsonSchema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
};

const SIMPLE: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
};

/** The members of a TypeScript object type, one a line, for a schema with `properties`. */
export function objectMembers(schema: JsonSchema): string {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {})
    .map(([name, part]) => `${name}${required.has(name) ? '' : '?'}: ${typeOf(part)};`)
    .join('\n');
}

function arrayOf(item: string): string {
  return /^[\w.]+$/.test(item) ? `${item}[]` : `(${item})[]`;
}

function objectOf(schema: JsonSchema): string {
  if (schema.properties) return `{\n${objectMembers(schema)}\n}`;
  if (typeof schema.additionalProperties === 'object') {
    return `Record<string, ${typeOf(schema.additionalProperties)}>`;
  }
  throw new Error('an object without properties has no useful type');
}

/**
 * The TypeScript type of everything the schema accepts.
 * @throws Error for a construct it does not know, so that nothing turns into `any` silently.
 */
export function typeOf(schema: JsonSchema): string {
  if (schema.$ref !== undefined) return schema.$ref;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(typeOf).join(' | ');
  if (schema.allOf?.length === 1 && schema.allOf[0]) return typeOf(schema.allOf[0]);
  if (schema.type === 'array' && schema.items) return arrayOf(typeOf(schema.items));
  if (schema.type === 'object') return objectOf(schema);
  if (typeof schema.type === 'object')
    return schema.type.map((type) => typeOf({ ...schema, type })).join(' | ');
  const simple = SIMPLE[schema.type ?? ''];
  if (simple === undefined) throw new Error(`no TypeScript type for ${JSON.stringify(schema)}`);
  return simple;
}
