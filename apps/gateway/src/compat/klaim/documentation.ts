import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOperation, ApiParam, ApiResponse } from '@nestjs/swagger';
import { LIMITS } from '@app/contracts';

import { API_KEY_SCHEME } from '../../documentation/document.js';
import { INVALID_BODY, UNKNOWN_USER } from './errors.js';

const ERRORS: Readonly<Record<number, readonly [description: string, message: string]>> = {
  400: ['No body, no JSON, `credit_delta` is no number; or the credits can not be changed so.', INVALID_BODY],
  401: ['No API key, or one that is unknown, revoked or expired.', 'the API key is not valid'],
  403: ['The key has not the scope `credits:write`, or is limited to other accounts.', 'limited to other accounts'],
  404: ['There is no such user; of another tenant is answered alike.', UNKNOWN_USER],
  409: ['The `Idempotency-Key` was used for another request; or the outcome is not known yet.', 'use a new id'],
  413: ['The body is larger than 1 MiB.', 'the body is larger than the allowed 1 MiB'],
  429: ['Too many requests with this key; `Retry-After` says when to come back.', 'too many requests'],
  500: ['A fault of ours.', 'something went wrong on our side'],
  503: ['Kafka or Postgres is away: try again with the same `Idempotency-Key`.', 'try again'],
};

/** `PUT /users/{user_id}/credits` in the OpenAPI document. */
export function DescribesCreditUpdate(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      summary: "Change a user's credits",
      description: 'Adds or takes; waits until it is applied. Send an `Idempotency-Key` to repeat it safely.',
    }),
    ApiBearerAuth(API_KEY_SCHEME),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'The effect of all requests with one key is single. 1–255 characters.',
      schema: { type: 'string', minLength: 1, maxLength: LIMITS.idCharactersMax },
    }),
    ApiParam({
      name: 'user_id',
      description: 'Account id or external id of the configured credit type, or system id (`acct_…`). URL-encoded.',
      schema: { type: 'string', minLength: 1, maxLength: LIMITS.idCharactersMax, examples: ['user_1'] },
    }),
    ApiBody({
      schema: {
        type: 'object',
        required: ['credit_delta'],
        properties: {
          credit_delta: { type: 'number', description: 'Added; taken when negative. Every digit counts.' },
          description: {
            type: 'string',
            maxLength: LIMITS.descriptionCharactersMax,
            description: 'Kept on the entry.',
          },
        },
      },
      examples: { take: { value: { credit_delta: -3, description: '3 images' } } },
    }),
    ApiResponse({
      status: 200,
      description: 'Applied; an earlier request with the same key too. `credit_balance` is the balance after it.',
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['message', 'credit_balance'],
            properties: { message: { type: 'string' }, credit_balance: { type: 'number' } },
          },
          example: { message: 'resource updated successfully', credit_balance: 706 },
        },
      },
    }),
    ...Object.entries(ERRORS).map(([status, [description, message]]) =>
      ApiResponse({
        status: Number(status),
        description,
        content: {
          'application/json': {
            schema: { type: 'object', required: ['message'], properties: { message: { type: 'string' } } },
            example: { message },
          },
        },
      }),
    ),
  );
}
