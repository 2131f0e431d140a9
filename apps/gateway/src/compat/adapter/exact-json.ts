import { NumberText } from '@app/contracts';

/**
 * `JSON.stringify` that loses no number: a `NumberText` or a bigint is written as a JSON number with all its digits.
 * For values of `jsonObject` and answers made of them, so not nested deeper than requests may be.
 */
export function exactJson(value: unknown): string {
  if (typeof value === 'bigint' || value instanceof NumberText) return String(value);
  if (value === undefined) return 'null';
  if (Array.isArray(value)) return `[${value.map(exactJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${members.map(([name, item]) => `${JSON.stringify(name)}:${exactJson(item)}`).join(',')}}`;
}
