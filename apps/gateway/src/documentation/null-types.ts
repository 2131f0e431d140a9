/**
 * The document with every `nullable: true` (OpenAPI 3.0, which the decorators write) said as JSON Schema says it
 * since OpenAPI 3.1: null is one of the types.
 */
export function withNullTypes<T>(part: T): T {
  return rewritten(part) as T;
}

type Schema = Record<string, unknown>;

function rewritten(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(rewritten);
  if (typeof part !== 'object' || part === null) return part;
  const { nullable, ...schema }: Schema = Object.fromEntries(
    Object.entries(part).map(([name, value]) => [name, rewritten(value)] as const),
  );
  if (nullable !== true) return nullable === undefined ? schema : { nullable, ...schema };
  if (isList(schema.enum)) return { ...schema, type: [schema.type, 'null'], enum: [...schema.enum, null] };
  if (typeof schema.type === 'string') return { ...schema, type: [schema.type, 'null'] };
  for (const combination of ['oneOf', 'anyOf'] as const) {
    const choices = schema[combination];
    if (isList(choices)) return { ...schema, [combination]: [...choices, { type: 'null' }] };
  }
  const { allOf, $ref, ...others } = schema;
  const referred = isList(allOf) && allOf.length === 1 ? allOf[0] : allOf ? { allOf } : { $ref };
  return { ...others, oneOf: [referred, { type: 'null' }] };
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
