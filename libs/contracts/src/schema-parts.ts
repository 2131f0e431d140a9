import type { JsonSchema } from './json-schema.js';

/*
 * What the schemas of several messages are made of.
 */

export const text = (description: string, more: JsonSchema = {}): JsonSchema => ({
  type: 'string',
  description,
  ...more,
});

export const amountText: JsonSchema = { type: 'string', pattern: '^-?(0|[1-9]\\d*)(\\.\\d*[1-9])?$' };
export const versionText: JsonSchema = { type: 'string', pattern: '^(0|[1-9]\\d*)$' };
export const dateTime: JsonSchema = { type: 'string', format: 'date-time' };
export const strings: JsonSchema = { type: 'object', additionalProperties: { type: 'string' } };
export const amountOrNull: JsonSchema = { ...amountText, type: ['string', 'null'] };
