import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { type JsonSchema, LIMITS } from '@app/contracts';
import { z } from 'zod';

import { API_KEY_SCHEME } from '../../documentation/document.js';
import { integer, listOf, object, text } from '../../documentation/schema-parts.js';
import { createKeyBody, getKeyBody, updateCreditsBody, updateKeyBody, verifyKeyBody } from './requests.js';

/*
 * Unkey's operations in the OpenAPI document. Bodies are described by the very schemas that check them.
 */

interface Operation {
  readonly summary: string;
  readonly permission: string;
  readonly body: z.ZodType;
  readonly data: JsonSchema;
  readonly example: object;
}

const refill = object(
  'Raises the credits on a calendar.',
  {
    interval: { type: 'string', enum: ['daily', 'monthly'] },
    amount: integer('The credits become at least this.', { format: 'int64' }),
    refillDay: integer('Of monthly refills.', { minimum: 1, maximum: 31 }),
  },
  ['refillDay'],
);
const remaining: JsonSchema = { type: ['integer', 'null'], format: 'int64', description: 'null: unlimited.' };
const credits = object('Of a key.', { remaining, refill }, ['refill']);
const freeObject: JsonSchema = { type: 'object', description: 'As it was given.', additionalProperties: true };
const identity = object('Whose key it is.', { id: text('The same.'), externalId: text('As it was given.') });
const keyFields = {
  name: text('As it was given.'),
  meta: freeObject,
  expires: integer('Milliseconds since 1970.'),
  identity,
};

const OPERATIONS = {
  updateCredits: {
    summary: "Change a key's credits",
    permission: 'update_key',
    body: updateCreditsBody,
    data: credits,
    example: { keyId: 'key_1', operation: 'decrement', value: 3 },
  },
  getKey: {
    summary: 'Read a key',
    permission: 'read_key',
    body: getKeyBody,
    data: object(
      'A key.',
      {
        keyId: text('Id of its account.'),
        start: text('First characters of the secret.'),
        enabled: { type: 'boolean' },
        createdAt: integer('Milliseconds since 1970.'),
        credits,
        ...keyFields,
      },
      ['credits', ...Object.keys(keyFields)],
    ),
    example: { keyId: 'key_1' },
  },
  createKey: {
    summary: 'Make a key with its credits',
    permission: 'create_key',
    body: createKeyBody,
    data: object('The new key.', { keyId: text('Id of its account.'), key: text('The secret; shown this once.') }),
    example: { apiId: 'api_1', prefix: 'prod', credits: { remaining: 1000 } },
  },
  updateKey: {
    summary: 'Change settings and credits of a key',
    permission: 'update_key',
    body: updateKeyBody,
    data: { type: 'object', description: 'Empty.', additionalProperties: false },
    example: { keyId: 'key_1', credits: { refill: { interval: 'monthly', amount: 1000, refillDay: 1 } } },
  },
  verifyKey: {
    summary: 'Check a key and take the cost, all or nothing',
    permission: 'verify_key',
    body: verifyKeyBody,
    data: object(
      'Whether the key may be used.',
      {
        valid: { type: 'boolean' },
        code: { type: 'string', enum: ['VALID', 'NOT_FOUND', 'DISABLED', 'EXPIRED', 'USAGE_EXCEEDED'] },
        keyId: text('Id of its account.'),
        credits: integer('What remains; absent: unlimited.', { format: 'int64' }),
        enabled: { type: 'boolean' },
        ...keyFields,
      },
      ['keyId', 'credits', 'enabled', ...Object.keys(keyFields)],
    ),
    example: { key: 'prod_2f6c1d', credits: { cost: 1 } },
  },
} as const satisfies Record<string, Operation>;

const meta = object('About the request.', { requestId: text('Finds the request in the log.') });
const error = object(
  'What is wrong.',
  {
    title: text('Of the status.'),
    detail: text('For people.'),
    status: integer('HTTP status.'),
    type: text('Names the kind of error.'),
    errors: listOf(
      'On every 400: the wrong fields; empty when it is none in particular.',
      object('A wrong field.', {
        location: text('Such as `body.credits.remaining`.'),
        message: text('What is allowed.'),
      }),
    ),
  },
  ['errors'],
);

const ERRORS: Readonly<Record<number, string>> = {
  400: 'Not by the schema (told before the root key is looked at); no Authorization; or refused.',
  401: 'A root key that is unknown, revoked or expired.',
  403: 'The root key has not the permission.',
  404: "There is no such key; another workspace's is answered alike.",
  409: 'The `Idempotency-Key` was used for another request; or the outcome is not known yet.',
  429: 'Too many requests with this root key; `Retry-After` says when to come back.',
  500: 'A fault of ours.',
  503: 'Kafka or Postgres is away: nothing was done, or the `Idempotency-Key` makes trying again safe.',
};

/** One of Unkey's operations in the OpenAPI document. */
export function DescribesUnkey(name: keyof typeof OPERATIONS): MethodDecorator {
  const { summary, permission, body, data, example } = OPERATIONS[name];
  const writes = name !== 'getKey';
  return applyDecorators(
    ApiOperation({ summary, description: `Needs \`api.*.${permission}\` or \`api.<api_id>.${permission}\`.` }),
    ApiBearerAuth(API_KEY_SCHEME),
    ...(writes ? [IDEMPOTENCY_KEY] : []),
    ApiBody({ schema: bodySchema(body), examples: { [name]: { value: example } } }),
    ApiResponse({ status: 200, description: 'Done.', content: content(object('Answer.', { meta, data })) }),
    ...Object.entries(ERRORS).map(([status, description]) =>
      ApiResponse({ status: Number(status), description, content: errorContent(status) }),
    ),
  );
}

const IDEMPOTENCY_KEY = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description: 'The effect of all requests with one key is single. 1–255 characters.',
  schema: { type: 'string', minLength: 1, maxLength: LIMITS.idCharactersMax },
});

type OpenApiSchema = Extract<Parameters<typeof ApiBody>[0], { schema: unknown }>['schema'];
type Content = Record<string, { schema: OpenApiSchema }>;

function bodySchema(body: z.ZodType): OpenApiSchema {
  const { $schema: _draft, ...schema } = z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' });
  return schema as OpenApiSchema;
}

function content(schema: JsonSchema, type = 'application/json'): Content {
  return { [type]: { schema: schema as OpenApiSchema } };
}

function errorContent(status: string): Content {
  const schema = object('An error.', { meta, error });
  return status === '429' ? content(schema, 'application/problem+json') : content(schema);
}
