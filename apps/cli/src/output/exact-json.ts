import { NumberText } from '@app/contracts';

/**
 * JSON text of a value of `parseJsonLossless`, indented by two blanks, with every number as it was written.
 * `JSON.stringify` can't do this: in Node 20 it has no way to print a number that is no float.
 */
export function exactJson(value: unknown, indent = ''): string {
  if (value instanceof NumberText) return value.text;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const items = Array.isArray(value)
    ? value.map((item) => exactJson(item, inner))
    : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${exactJson(item, inner)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (items.length === 0) return `${open}${close}`;
  return `${open}\n${items.map((item) => `${inner}${item}`).join(',\n')}\n${indent}${close}`;
}
