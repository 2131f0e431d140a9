/** Control characters and bidirectional overrides: they could move or rewrite what a terminal shows. */
const CONTROLS = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Text from a ledger, safe to show on a terminal: control characters become visible escapes. */
export function shown(text: string): string {
  return text.replace(CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A value in a cell: nothing and empty lists as a dash, times and amounts as they are, objects as JSON. */
export function cell(value: unknown): string {
  if (value === null || value === undefined || value === '') return '-';
  if (typeof value === 'string') return shown(value);
  if (Array.isArray(value)) return value.length === 0 ? '-' : value.map(cell).join(', ');
  return typeof value === 'object' ? shown(JSON.stringify(value)) : shown(`${value as number | bigint | boolean}`);
}
