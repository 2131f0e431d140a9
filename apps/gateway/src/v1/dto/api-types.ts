import type { ApiPropertyOptions } from '@nestjs/swagger';

/*
 * How fields with more than one JSON type are shown in the OpenAPI document. The decorators of swagger infer nothing
 * from unions, so these say it.
 */

const amountText = { type: 'string', maxLength: 64, pattern: '^-?(0|[1-9]\\d*)(\\.\\d+)?$' } as const;
const plainInteger = { type: 'integer', minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER } as const;

/** An amount: a decimal string, or a plain integer. */
export const API_AMOUNT = { oneOf: [amountText, plainInteger] } satisfies ApiPropertyOptions;

/** The same, above 0. */
export const API_AMOUNT_ABOVE_0 = {
  oneOf: [
    { ...amountText, pattern: '^(?!0(\\.0+)?$)(0|[1-9]\\d*)(\\.\\d+)?$' },
    { ...plainInteger, minimum: 1 },
  ],
} satisfies ApiPropertyOptions;

/** The same, 0 or above. */
export const API_AMOUNT_FROM_0 = {
  oneOf: [
    { ...amountText, pattern: '^(0|[1-9]\\d*)(\\.\\d+)?$' },
    { ...plainInteger, minimum: 0 },
  ],
} satisfies ApiPropertyOptions;

export const API_INSTANT = { type: 'string', format: 'date-time' } satisfies ApiPropertyOptions;

export const API_METADATA = {
  type: 'object',
  additionalProperties: { type: 'string', maxLength: 500 },
} satisfies ApiPropertyOptions;

export const API_AMOUNT_OR_NULL = { ...API_AMOUNT, nullable: true } satisfies ApiPropertyOptions;

export const API_INSUFFICIENT_POLICY = {
  oneOf: [
    { type: 'string', enum: ['reject', 'clamp', 'allow'] },
    {
      type: 'object',
      required: ['downTo'],
      properties: { downTo: API_AMOUNT },
      additionalProperties: false,
    },
  ],
  example: 'reject',
} satisfies ApiPropertyOptions;
