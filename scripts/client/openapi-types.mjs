// @ts-check
// The client's types and its table of operations, made from the OpenAPI document by `npm run generate`.
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';

/**
 * @typedef {Record<string, any>} Json
 * @typedef {{ paths: Record<string, Record<string, Json>>, components: { schemas: Record<string, Json> } } & Json} Document
 */

/** Tags of the native routes. Compatible APIs have clients of their own. */
const NATIVE_TAGS = ['commands', 'accounts', 'grants', 'holds', 'schedules', 'credit types'];

const BANNER = '// Generated from docs/openapi.json by `npm run generate`. Do not edit.\n';

/**
 * Path below the checkout → text.
 * @param {Document} document the whole OpenAPI document
 * @returns {Promise<Record<string, string>>}
 */
export async function generateClientFiles(document) {
  const native = nativePart(document);
  return {
    'libs/client/src/generated/openapi.ts': await typesOf(native),
    'libs/client/src/generated/operations.ts': operationsOf(native),
  };
}

/**
 * The native routes with their successful answers, and the schemas that these use: errors are all `Problem`.
 * @param {Document} document
 * @returns {Document}
 */
function nativePart(document) {
  /** @type {Document['paths']} */
  const paths = {};
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (!operation.tags?.some((/** @type {string} */ tag) => NATIVE_TAGS.includes(tag))) continue;
      (paths[path] ??= {})[method] = withoutErrors(operation);
    }
  }
  const schemas = document.components.schemas;
  const used = reachable([paths, { $ref: '#/components/schemas/Problem' }], schemas);
  const kept = Object.entries(schemas).filter(([name]) => used.has(name));
  return normalised({ ...document, paths, components: { schemas: Object.fromEntries(kept) } });
}

/** @param {Json} operation */
function withoutErrors(operation) {
  const successes = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
  const responses = Object.fromEntries(
    successes.map(([status, { description, content }]) => [status, { description, content }]),
  );
  return { ...operation, responses };
}

/**
 * Names of the schemas that are referred to from `start`, directly or not.
 * @param {unknown} start
 * @param {Record<string, Json>} schemas
 */
function reachable(start, schemas) {
  /** @type {Set<string>} */
  const names = new Set();
  const visit = (/** @type {unknown} */ node) => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key !== '$ref' || typeof value !== 'string') visit(value);
      else {
        const name = value.slice(value.lastIndexOf('/') + 1);
        if (!names.has(name)) visit(schemas[(names.add(name), name)]);
      }
    }
  };
  visit(start);
  return names;
}

/**
 * `{ type: [object, null], allOf: [X] }` means "X or null"; read to the letter, as the generator of types does, null
 * would have to be an X.
 * @template T
 * @param {T} node
 * @returns {T}
 */
function normalised(node) {
  if (Array.isArray(node)) return /** @type {T} */ (node.map(normalised));
  if (typeof node !== 'object' || node === null) return node;
  const copy = /** @type {Json} */ (Object.fromEntries(Object.entries(node).map(([key, v]) => [key, normalised(v)])));
  if (Array.isArray(copy.type) && copy.type.includes('null') && Array.isArray(copy.allOf)) {
    return /** @type {T} */ ({ description: copy.description, anyOf: [...copy.allOf, { type: 'null' }] });
  }
  return /** @type {T} */ (copy);
}

/** @param {Document} document */
async function typesOf(document) {
  const wanted = ['components', 'operations'];
  const nodes = await openapiTS(/** @type {any} */ (document), {
    defaultNonNullable: false,
    transform: (schema) => (isExactNumber(/** @type {Json} */ (schema)) ? exactNumberType(schema) : undefined),
  });
  const kept = nodes.filter((node) => ts.isInterfaceDeclaration(node) && wanted.includes(node.name.text));
  return `${BANNER}import type { ExactNumber } from '../exact-number.js';\n\n${astToString(kept)}`;
}

/** What may be sent as digits in a string or as a number: an amount or a version. @param {Json} schema */
function isExactNumber(schema) {
  const types = (schema.oneOf ?? []).map((/** @type {Json} */ option) => option.type);
  return types.includes('string') && types.includes('integer');
}

/** @param {Json} schema */
function exactNumberType(schema) {
  const exact = ts.factory.createTypeReferenceNode('ExactNumber');
  const nullable = schema.oneOf.some((/** @type {Json} */ option) => option.type === 'null');
  return nullable
    ? ts.factory.createUnionTypeNode([exact, ts.factory.createLiteralTypeNode(ts.factory.createNull())])
    : exact;
}

/** What the client must know of an operation at run time, and the closed list of codes. @param {Document} document */
function operationsOf(document) {
  const lines = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const names = (/** @type {string} */ place) =>
        (operation.parameters ?? [])
          .filter((/** @type {Json} */ parameter) => parameter.in === place)
          .map((/** @type {Json} */ parameter) => parameter.name);
      const facts = {
        method: method.toUpperCase(),
        path,
        query: names('query'),
        keyed: names('header').includes('Idempotency-Key'),
        waits: names('header').includes('Prefer'),
      };
      return `  ${operation.operationId}: ${literal(facts)},`;
    }),
  );
  const codes = document.components.schemas.Problem?.properties.code.enum;
  return `${BANNER}
/** Every native route: \`keyed\` ones take an \`Idempotency-Key\`, \`waits\` ones \`Prefer: wait=<seconds>\`. */
export const OPERATIONS = {
${lines.join('\n')}
} as const;

/** Codes of problems that the gateway answers with; a closed list. */
export const PROBLEM_CODES = ${literal(codes)} as const;
`;
}

/** JavaScript with bare keys and single quotes. @param {unknown} value @returns {string} */
function literal(value) {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([key, item]) => `${key}: ${literal(item)}`)
    .join(', ')} }`;
}
