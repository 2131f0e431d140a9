import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiSecurity } from '@nestjs/swagger';
import { LIMITS } from '@app/contracts';

import { SCHEMATIC_KEY_SCHEME } from '../../documentation/document.js';
import { BURN_STRATEGIES, EXPIRY_UNITS, ROLLOVER_POLICIES } from './credit-body.js';
import { EXPIRY_TYPES, GRANT_REASONS, ZERO_OUT_REASONS } from './grant-body.js';
import { EVENT_TYPES } from './ledger-json.js';

interface Schema {
  readonly type: string | readonly string[];
  readonly [keyword: string]: unknown;
}
type Properties = Readonly<Record<string, Schema>>;
interface Body {
  readonly required: readonly string[];
  readonly properties: Properties;
  readonly example: object;
}

const string = (maxLength: number, more: object = {}): Schema => ({ type: 'string', maxLength, ...more });
const orNull = ({ type, enum: choices, ...more }: Schema): Schema => ({
  type: [type, 'null'].flat(),
  ...more,
  ...(Array.isArray(choices) && { enum: [...(choices as unknown[]), null] }),
});
const choice = (choices: readonly string[]): Schema => ({ type: 'string', enum: choices });
const integer = (minimum: number, maximum?: number): Schema => ({
  type: 'integer',
  minimum,
  ...(maximum !== undefined && { maximum }),
});
const time: Schema = { type: 'string', format: 'date-time' };
const amount: Schema = { type: 'number', exclusiveMinimum: 0, description: 'Every digit counts.' };
const id = string(LIMITS.idCharactersMax, { minLength: 1 });

const CREDIT: Properties = {
  name: string(LIMITS.nameCharactersMax, { minLength: 1 }),
  description: string(LIMITS.descriptionCharactersMax),
  burn_strategy: orNull(choice(BURN_STRATEGIES)),
  currency_prices: orNull({
    type: 'array',
    maxItems: 50,
    items: {
      type: 'object',
      required: ['currency'],
      properties: {
        currency: string(3, { minLength: 1 }),
        price_per_unit: orNull(integer(0)),
        price_per_unit_decimal: orNull(string(LIMITS.amountCharactersMax)),
      },
    },
  }),
  default_expiry_unit: orNull(choice(EXPIRY_UNITS)),
  default_expiry_unit_count: orNull(integer(1, LIMITS.calendarCountMax)),
  default_rollover_policy: orNull(choice(ROLLOVER_POLICIES)),
  icon: orNull(string(64)),
  per_unit_price: orNull(integer(1)),
  per_unit_price_decimal: orNull(string(LIMITS.amountCharactersMax)),
  plural_name: orNull(string(512)),
  singular_name: orNull(string(512)),
};

export const CREDIT_BODY: Body = {
  required: ['name', 'description'],
  properties: CREDIT,
  example: { name: 'API credits', description: 'For calls of the API', burn_strategy: 'first_in_first_out' },
};
export const NEW_CREDIT_BODY: Body = {
  required: ['name', 'description', 'currency'],
  properties: { ...CREDIT, currency: string(3, { minLength: 1 }) },
  example: { name: 'API credits', description: 'For calls of the API', currency: 'USD', per_unit_price: 1 },
};
export const NEW_GRANT_BODY: Body = {
  required: ['company_id', 'credit_id', 'quantity', 'reason'],
  properties: {
    company_id: id,
    credit_id: id,
    quantity: amount,
    reason: choice(GRANT_REASONS),
    expires_at: orNull(time),
    expiry_type: orNull(choice(EXPIRY_TYPES)),
    expiry_unit: orNull(choice(EXPIRY_UNITS)),
    expiry_unit_count: orNull(integer(1, LIMITS.calendarCountMax)),
    credit_bundle_id: orNull(id),
    currency: orNull(string(3)),
    renewal_enabled: orNull({ type: 'boolean', enum: [false] }),
  },
  example: { company_id: 'comp_1', credit_id: 'credit_1', quantity: 1000, reason: 'purchased' },
};
export const ZERO_OUT_BODY: Body = {
  required: [],
  properties: { reason: orNull(choice(ZERO_OUT_REASONS)) },
  example: { reason: 'plan_change' },
};
export const LEASE_BODY: Body = {
  required: ['company_id', 'credit_type_id', 'requested_amount'],
  properties: { company_id: id, credit_type_id: id, requested_amount: amount, expires_at: orNull(time) },
  example: { company_id: 'comp_1', credit_type_id: 'credit_1', requested_amount: 100 },
};
export const EXTENSION_BODY: Body = {
  required: ['additional_amount'],
  properties: {
    additional_amount: { type: 'number', minimum: 0, description: 'Every digit counts.' },
    expires_at: orNull(time),
    idempotency_key: orNull(id),
  },
  example: { additional_amount: 50, idempotency_key: 'extend-1' },
};

export const CREDIT_FILTER: Properties = {
  ids: { type: 'array', items: id, description: 'Only these; may be given several times.' },
  name: { ...id, description: 'Only those whose name contains it.' },
};
export const COMPANY: Properties = { company_id: id };
export const COMPANY_GRANTS: Properties = {
  company_id: id,
  order: choice(['created_at', 'expires_at', 'quantity', 'quantity_remaining']),
  dir: choice(['asc', 'desc']),
};
export const LEDGER_FILTER: Properties = {
  company_id: id,
  billing_credit_id: id,
  event_type: choice(EVENT_TYPES),
  feature_id: { ...id, description: 'There are no features here: nothing is found.' },
  start_time: { ...time, description: 'Inclusive.' },
  end_time: { ...time, description: 'Exclusive.' },
};

const PAGING: Properties = {
  limit: { ...integer(0, 250), default: 100 },
  offset: { ...integer(0), default: 0 },
};

const ERRORS: Readonly<Record<number, string>> = {
  400: 'Malformed, or against a limit: names every wrong field.',
  401: 'No API key, or one that is unknown, revoked or expired.',
  403: 'The key has not the scope, or is limited to other accounts.',
  404: 'Not found; of another tenant is answered alike.',
  409: 'Not possible now, the idempotency key was used for another request, or the outcome is not known yet.',
  429: 'Too many requests with this key.',
  500: 'A fault of ours.',
  503: 'Kafka or Postgres is away: try again with the same idempotency key.',
};
const TOO_FEW = { 402: 'There are too few credits.' };

const error = { type: 'object', required: ['error'], properties: { error: { type: 'string' } } };

/** A route in the OpenAPI document. */
export function DescribesSchematic(options: {
  readonly summary: string;
  readonly description?: string;
  readonly path?: 'credit_id' | 'grant_id' | 'lease_id';
  readonly body?: Body;
  readonly query?: Properties;
  /** Takes limit and offset. */
  readonly isList?: true;
  /** Takes an idempotency key; with a body it does anyway. */
  readonly writes?: true;
  readonly status?: 201;
}): MethodDecorator {
  const { summary, description, path, body, query = {}, isList, writes, status = 200 } = options;
  const parameters = { ...query, ...(isList && PAGING) };
  const errors = Object.entries({ ...ERRORS, ...(path === 'lease_id' || body === LEASE_BODY ? TOO_FEW : {}) });
  return applyDecorators(
    ApiOperation({ summary, description }),
    ApiSecurity(SCHEMATIC_KEY_SCHEME),
    ...(writes || body ? [idempotencyKey] : []),
    ...(path === undefined ? [] : [ApiParam({ name: path, schema: id as object })]),
    ...(body === undefined ? [] : [bodyIn(body)]),
    ...Object.entries(parameters).map(([name, { description: meaning, ...schema }]) =>
      ApiQuery({ name, required: name === 'company_id', description: meaning as string, schema: schema as object }),
    ),
    ApiResponse({ status, description: 'OK', content: { 'application/json': { schema: ANSWER } } }),
    ...errors.map(([code, text]) =>
      ApiResponse({
        status: Number(code),
        description: text,
        content: { 'application/json': { schema: error, example: { error: text } } },
      }),
    ),
  );
}

const ANSWER = {
  type: 'object',
  required: ['data', 'params'],
  properties: {
    data: { type: ['object', 'array'], items: { type: 'object' }, description: 'See docs/compat/schematic.md.' },
    params: { type: 'object', description: 'The parameters as they were understood.' },
  },
} as object;

const idempotencyKey = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description: 'The effect of all requests with one key is single.',
  schema: { type: 'string', minLength: 1, maxLength: LIMITS.idCharactersMax },
});

function bodyIn({ required, properties, example }: Body): MethodDecorator {
  const schema = { type: 'object', ...(required.length > 0 && { required }), properties, example };
  return ApiBody({ required: required.length > 0, schema: schema as object });
}
