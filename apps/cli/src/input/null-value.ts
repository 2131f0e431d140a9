/**
 * Stands for null in an option's value: commander makes an empty text of a parser's null, and an empty text is no
 * "clear it" and no "unlimited".
 */
export const NULL = Symbol('null');

export type OrNull<T> = T | typeof NULL;

/** A parser that reads one word as null, and everything else as `parse` does. */
export function nullable<T>(word: string, parse: (text: string) => T): (text: string) => OrNull<T> {
  return (text) => (text === word ? NULL : parse(text));
}

/** The value as it is sent: null for NULL, undefined for what was not given. */
export function sent<T>(value: OrNull<T> | undefined): T | null | undefined {
  return value === NULL ? null : value;
}

/** A time as it is sent: RFC 3339, null for NULL, undefined for what was not given. */
export function sentTime(value: OrNull<number> | undefined): string | null | undefined {
  if (value === undefined) return undefined;
  return value === NULL ? null : new Date(value).toISOString();
}
