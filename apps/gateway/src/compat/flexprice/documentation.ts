import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiSecurity } from '@nestjs/swagger';
import { type JsonSchema, LIMITS } from '@app/contracts';
import { z } from 'zod';

import { FLEXPRICE_KEY_SCHEME } from '../../documentation/document.js';
import { object, text } from '../../documentation/schema-parts.js';
import { CREDIT_GRANT, listed, TOP_UP, TRANSACTION, WALLET, WALLET_BALANCE } from './answer-schemas.js';
import {
  createGrantBody,
  createWalletBody,
  debitBody,
  deleteGrantBody,
  listGrantsQuery,
  topUpBody,
  transactionsQuery,
  updateGrantBody,
} from './requests.js';

/*
 * Flexprice's operations in the OpenAPI document. Bodies are described by the very schemas that check them.
 */

interface Operation {
  readonly summary: string;
  readonly description?: string;
  readonly body?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** What `{id}` is; absent: the path has none. */
  readonly id?: string;
  readonly answer: JsonSchema;
  readonly status?: number;
  readonly example?: object;
}

const OPERATIONS = {
  createCreditGrant: {
    summary: 'Make a credit grant',
    description: 'A schedule of grants to the account of a subscription, or a template of a plan or addon.',
    body: createGrantBody,
    answer: CREDIT_GRANT,
    status: 201,
    example: {
      name: 'Monthly credits',
      scope: 'SUBSCRIPTION',
      subscription_id: 'subs_1',
      credits: '100',
      cadence: 'RECURRING',
      period: 'MONTHLY',
    },
  },
  listCreditGrants: { summary: 'List credit grants', query: listGrantsQuery, answer: listed(CREDIT_GRANT) },
  getPlanCreditGrants: { summary: 'List credit grants of a plan', id: 'Plan', answer: listed(CREDIT_GRANT) },
  getCreditGrant: { summary: 'Read a credit grant', id: 'Credit grant', answer: CREDIT_GRANT },
  updateCreditGrant: {
    summary: 'Change a credit grant',
    description: 'Name, metadata (replaced whole) and end; absent is kept, everything else is fixed. All or nothing.',
    id: 'Credit grant',
    body: updateGrantBody,
    answer: CREDIT_GRANT,
    example: { name: 'Monthly credits 2027', metadata: { team: 'growth' } },
  },
  deleteCreditGrant: {
    summary: 'End a credit grant',
    description: 'At `effective_date`, else now. What was given stays.',
    id: 'Credit grant',
    body: deleteGrantBody,
    answer: object('What was done.', { message: text('For people.') }),
    example: {},
  },
  createWallet: {
    summary: 'Make a wallet',
    description: 'One active wallet per customer, currency and type.',
    body: createWalletBody,
    answer: WALLET,
    example: { customer_id: 'cust_1', currency: 'usd', initial_credits_to_load: '10' },
  },
  getWallet: { summary: 'Read a wallet', id: 'Wallet', answer: WALLET },
  getWalletBalance: { summary: 'Read the balance of a wallet', id: 'Wallet', answer: WALLET_BALANCE },
  getWalletTransactions: {
    summary: 'List transactions of a wallet',
    id: 'Wallet',
    query: transactionsQuery,
    answer: listed(TRANSACTION),
  },
  topUpWallet: {
    summary: 'Add credits to a wallet',
    description: 'Makes a grant, and one more of `bonus_credits`. A repeat of the `idempotency_key` is answered 409.',
    id: 'Wallet',
    body: topUpBody,
    answer: TOP_UP,
    example: { credits_to_add: '25.5', transaction_reason: 'PURCHASED_CREDIT_DIRECT', idempotency_key: 'order-17' },
  },
  debitWallet: {
    summary: 'Take credits from a wallet',
    description: '`MANUAL_BALANCE_DEBIT`, the default reason, may take more than there is; no other reason may.',
    id: 'Wallet',
    body: debitBody,
    answer: WALLET,
    example: { credits: '3', idempotency_key: 'usage-4711' },
  },
  terminateWallet: {
    summary: 'Close a wallet',
    description: 'For ever; it keeps what it holds.',
    id: 'Wallet',
    answer: WALLET,
  },
} as const satisfies Record<string, Operation>;

const ERRORS: Readonly<Record<number, string>> = {
  400: 'validation_error or invalid_operation: malformed, or refused.',
  401: 'No API key, or one that is unknown, revoked or expired.',
  403: 'permission_denied: the key has not the scope, or is limited to other accounts.',
  404: "not_found; another tenant's is answered alike.",
  409: 'already_exists or version_conflict; a repeat on a wallet; or the outcome is not known yet.',
  429: 'Too many requests with this key; `Retry-After` says when to come back.',
  500: 'A fault of ours.',
  503: 'Kafka or Postgres is away: nothing was done, or the idempotency key makes trying again safe.',
};

const ERROR = object('An error.', {
  success: { type: 'boolean', enum: [false] },
  error: object('What is wrong.', { message: text('For people.'), internal_error: { type: 'null' } }),
});

/** One of Flexprice's operations in the OpenAPI document. */
export function DescribesFlexprice(name: keyof typeof OPERATIONS): MethodDecorator {
  const { summary, description, body, query, id, answer, status = 200, example }: Operation = OPERATIONS[name];
  const writes = body !== undefined || name === 'terminateWallet';
  return applyDecorators(
    ApiOperation({ summary, ...(description !== undefined && { description }) }),
    ApiSecurity(FLEXPRICE_KEY_SCHEME),
    ...(writes ? [IDEMPOTENCY_KEY] : []),
    ...(id === undefined ? [] : [ApiParam({ name: 'id', description: `${id} id.`, schema: { type: 'string' } })]),
    ...(query === undefined ? [] : queryParameters(query)),
    ...(body === undefined
      ? []
      : [
          ApiBody({
            required: body !== deleteGrantBody,
            schema: schemaOf(body),
            examples: { [name]: { value: example } },
          }),
        ]),
    ApiResponse({ status, description: 'Done.', content: json(answer) }),
    ...Object.entries(ERRORS).map(([code, meaning]) =>
      ApiResponse({ status: Number(code), description: meaning, content: json(ERROR) }),
    ),
  );
}

const IDEMPOTENCY_KEY = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description: 'The effect of all requests with one key is single. 1–255 characters.',
  schema: { type: 'string', minLength: 1, maxLength: LIMITS.idCharactersMax },
});

const MEANINGS: Readonly<Record<string, string>> = {
  limit: 'Items at most.',
  offset: 'Items to leave out first.',
  order: 'By time.',
  start_time: 'From this time on.',
  end_time: 'Before this time.',
};

function queryParameters(query: z.ZodObject): MethodDecorator[] {
  const { properties = {} } = schemaOf(query) as { properties?: Record<string, OpenApiSchema & { not?: object }> };
  return Object.entries(properties)
    .filter(([, schema]) => schema.not === undefined)
    .map(([name, schema]) =>
      ApiQuery({
        name,
        required: false,
        description: MEANINGS[name] ?? 'Only those with this.',
        schema: name === 'limit' || name === 'offset' ? { type: 'integer' } : schema,
      }),
    );
}

/** The decorators' own type knows OpenAPI 3.0 only, in which a type is one word. */
type OpenApiSchema = Extract<Parameters<typeof ApiBody>[0], { schema: unknown }>['schema'];

function schemaOf(schema: z.ZodType): OpenApiSchema {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest as OpenApiSchema;
}

const json = (schema: JsonSchema): Record<string, { schema: OpenApiSchema }> => ({
  'application/json': { schema: schema as OpenApiSchema },
});
