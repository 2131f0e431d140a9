import type { JsonSchema } from '@app/contracts';

/*
 * Words of which the schemas of answers are made.
 */

export const text = (description: string, more: JsonSchema = {}): JsonSchema => ({
  type: 'string',
  description,
  ...more,
});
export const textOrNull = (description: string): JsonSchema => ({ type: ['string', 'null'], description });
export const amount = (description: string): JsonSchema =>
  text(description, { pattern: '^-?(0|[1-9]\\d*)(\\.\\d+)?$' });
export const version = (description: string): JsonSchema => text(description, { pattern: '^\\d+$' });
export const time = (description: string): JsonSchema => text(description, { format: 'date-time' });
export const timeOrNull = (description: string): JsonSchema => ({
  type: ['string', 'null'],
  format: 'date-time',
  description,
});
export const integer = (description: string, more: JsonSchema = {}): JsonSchema => ({
  type: 'integer',
  description,
  ...more,
});
export const choice = (description: string, choices: readonly string[]): JsonSchema => ({
  type: 'string',
  enum: choices,
  description,
});
export const choiceOrNull = (description: string, choices: readonly string[]): JsonSchema => ({
  type: ['string', 'null'],
  enum: [...choices, null],
  description,
});
export const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

export function object(
  description: string,
  properties: Record<string, JsonSchema>,
  optional: readonly string[] = [],
): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', description, required, properties };
}

/** An object, or null. */
export function objectOrNull(
  description: string,
  properties: Record<string, JsonSchema>,
  optional: readonly string[] = [],
): JsonSchema {
  return { ...object(description, properties, optional), type: ['object', 'null'] };
}

export const listOf = (description: string, items: JsonSchema): JsonSchema => ({ type: 'array', description, items });

/** A page of a list. */
export const list = (items: JsonSchema): JsonSchema =>
  object('One page.', {
    data: { type: 'array', items },
    nextCursor: textOrNull(
      'To be sent as `cursor` with the same filters; null: the last page. A page narrowed by a filter may be short, even ' +
        'empty, and still not be the last.',
    ),
  });

export const scale: JsonSchema = {
  type: 'integer',
  minimum: 0,
  maximum: 9,
  description: 'Decimal places of its amounts.',
};

export const metadata: JsonSchema = {
  description: "The publisher's.",
  type: ['object', 'null'],
  additionalProperties: { type: 'string' },
};
