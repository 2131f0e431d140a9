import { isJsonObject, numberTextOf } from './json-text.js';

/**
 * JSON with sorted keys (by UTF-16 code units) and no blanks, as RFC 8785 writes it, but for marked numbers,
 * which keep their source text: what was sent differently counts as different.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return numberTextOf(value) ?? JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${members.join(',')}}`;
}
