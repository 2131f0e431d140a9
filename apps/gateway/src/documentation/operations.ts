import { COMMAND_EXAMPLES } from '@app/contracts';
import type { CommandType } from '@app/domain';
import { applyDecorators, type Type } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';

import { API_KEY_SCHEME } from './document.js';
import { DESCRIBED_PATHS, type PathNames } from './paths.js';

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'Malformed: names every wrong field.',
  401: 'No API key, or one that is unknown, revoked or expired.',
  403: 'The key has not the scope, or is limited to other accounts; or `tenantId` is of another tenant.',
  404: 'Not found; of another tenant is answered alike.',
  409: 'Rejected (only with `Prefer: wait`): `INSUFFICIENT_CREDITS`, `ACCOUNT_FROZEN` and the others.',
  413: 'The body is larger than 1 MiB, or one command than 64 KiB.',
  415: 'The body is not `application/json`.',
  422: 'Rejected or dead-lettered (only with `Prefer: wait`): `COMMAND_CONFLICT`, `AMOUNT_PRECISION` and others.',
  429: 'Too many requests with this key; `Retry-After` and `RateLimit-*` say when to come back.',
  500: 'A fault of ours.',
  503: 'Kafka or Postgres is away, or too much waits to be sent. The command may have been accepted all the same: send it again with the same id, which is harmless.',
};

/** The problems that a route answers. */
function problems(...statuses: number[]): MethodDecorator {
  return applyDecorators(
    ...statuses.map((status) => ApiResponse({ status, description: PROBLEMS[status] ?? '', content: PROBLEM })),
  );
}

const answer = (name: string): Record<'application/json', { schema: { $ref: string } }> => ({
  'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
});

const header = (description: string, example: string): object => ({
  description,
  schema: { type: 'string' },
  example,
});

const LOCATION = { Location: header('Where the outcome is.', '/v1/commands/0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e') };
const APPLIED = { 'Preference-Applied': header('The wait that was granted.', 'wait=10') };
const REPLAYED = { 'Idempotent-Replayed': header('The id was used before: this is its first outcome.', 'true') };

const creditTypeQuery = ApiQuery({
  name: 'creditType',
  required: false,
  description: 'Default `credits`. Not needed with a system id.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_.-]{1,64}$' },
});

const idempotencyKey = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description: "The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry.",
  schema: { type: 'string', minLength: 1, maxLength: 255 },
});

function pathParam(path: PathNames | undefined): MethodDecorator[] {
  const param = path && DESCRIBED_PATHS[path].param;
  return param ? [ApiParam(param)] : [];
}

/** A route that publishes one command of these types. */
export function DescribesCommand(options: {
  readonly summary: string;
  readonly description?: string;
  readonly bodies: Partial<Record<CommandType, Type>>;
  /** Absent: the body names what the command is about. */
  readonly path?: PathNames;
  /** The command's id is derived, whatever is sent. */
  readonly derivedId?: true;
  readonly optionalBody?: true;
}): MethodDecorator {
  const { summary, description, bodies, path, derivedId, optionalBody } = options;
  const types = Object.keys(bodies) as CommandType[];
  const models = Object.values(bodies);
  const schemas = models.map((model) => ({ $ref: getSchemaPath(model) }));
  return applyDecorators(
    ApiOperation({ summary, description }),
    ApiBearerAuth(API_KEY_SCHEME),
    ApiExtraModels(...models),
    ...(derivedId ? [] : [idempotencyKey]),
    ApiHeader({
      name: 'Prefer',
      required: false,
      description: '`wait=<seconds>` (at most 30) waits for the outcome.',
      schema: { type: 'string', examples: ['wait=10'] },
    }),
    ...pathParam(path),
    ...(path === undefined || DESCRIBED_PATHS[path].takesCreditType ? [creditTypeQuery] : []),
    ApiBody({
      required: !optionalBody,
      schema: oneOf(schemas),
      examples: bodyExamples(types, path, schemas.length > 1),
    }),
    ApiResponse({
      status: 200,
      description: 'Applied (only with `Prefer: wait`).',
      content: answer('Outcome'),
      headers: { ...LOCATION, ...APPLIED, ...REPLAYED },
    }),
    ApiResponse({
      status: 202,
      description: 'All in-sync replicas have the command; its outcome is not known yet.',
      content: answer('Accepted'),
      headers: { ...LOCATION, ...APPLIED },
    }),
    problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503),
  );
}

/** The route of batches. */
export function DescribesBatch(models: Partial<Record<CommandType, Type>>): MethodDecorator {
  const schemas = Object.values(models).map((model) => ({ $ref: getSchemaPath(model) }));
  const example = { commands: [COMMAND_EXAMPLES['account.open'][0], COMMAND_EXAMPLES['credit.delta'][0]] };
  return applyDecorators(
    ApiOperation({
      summary: 'Publish up to 1,000 commands',
      description: 'Each is accepted or refused by itself. Ids are in the commands; `Prefer` is not looked at.',
    }),
    ApiBearerAuth(API_KEY_SCHEME),
    ApiBody({
      schema: {
        type: 'object',
        required: ['commands'],
        additionalProperties: false,
        properties: { commands: { type: 'array', minItems: 1, maxItems: 1_000, items: { oneOf: schemas } } },
      },
      examples: { batch: { value: example } },
    }),
    ApiResponse({ status: 202, description: 'One result per command, in order.', content: answer('BatchResults') }),
    problems(400, 401, 403, 413, 415, 429, 500, 503),
  );
}

/** A route that reads. */
export function DescribesRead(options: {
  readonly summary: string;
  readonly description?: string;
  /** Names of schemas of the answer. */
  readonly answers: readonly string[];
  /** Absent: the path names nothing. */
  readonly path?: PathNames;
  /** Query parameters and what they mean. */
  readonly query?: Readonly<Record<string, string>>;
}): MethodDecorator {
  const { summary, description, answers, path, query = {} } = options;
  const refs = answers.map((name) => ({ $ref: `#/components/schemas/${name}` }));
  return applyDecorators(
    ApiOperation({ summary, description }),
    ApiBearerAuth(API_KEY_SCHEME),
    ...pathParam(path),
    ...(path === 'account' ? [creditTypeQuery] : []),
    ...Object.entries(query).map(([name, meaning]) =>
      ApiQuery({
        name,
        required: false,
        description: meaning,
        schema: { type: name === 'limit' ? 'integer' : 'string' },
      }),
    ),
    ApiResponse({
      status: 200,
      description: 'OK',
      content: { 'application/json': { schema: oneOf(refs) } },
    }),
    problems(400, 401, 403, 404, 429, 500, 503),
  );
}

interface Ref {
  readonly $ref: string;
}

function oneOf(refs: readonly Ref[]): Ref | { oneOf: Ref[] } {
  const [only, ...others] = refs;
  return only && others.length === 0 ? only : { oneOf: [...refs] };
}

/** Query parameters of every list. */
export const PAGING = {
  limit: 'Items per page, 1–250; default 50.',
  cursor: '`nextCursor` of the page before, with the same filters.',
} as const;

/** Examples of the contracts, without what the route knows already. */
function bodyExamples(
  types: readonly CommandType[],
  path: PathNames | undefined,
  withType: boolean,
): Record<string, { value: object }> {
  const examples: Record<string, { value: object }> = {};
  for (const type of types) {
    const known = ['tenantId', ...(path ? DESCRIBED_PATHS[path].known : []), ...(withType ? [] : ['type'])];
    const fitting = COMMAND_EXAMPLES[type].filter((example) => fits(example, path));
    fitting.forEach((example, index) => {
      const shown = Object.entries(example).filter(([name]) => !known.includes(name));
      examples[`${type} ${index + 1}`] = { value: Object.fromEntries(shown) };
    });
  }
  return examples;
}

/** Templates are made where nothing names an account, schedules of an account below it. */
function fits(example: object, path: PathNames | undefined): boolean {
  if (path === 'catalogue') return !('accountId' in example);
  return path !== 'account' || 'accountId' in example;
}
