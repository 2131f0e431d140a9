/** What is wrong with one field: becomes `INVALID_FIELD` of a record, or one of `errors[]` of a request. */
export class Fault {
  constructor(
    /** JSON pointer (RFC 6901) to the value, at most 255 characters; a longer one is cut to an ancestor. */
    readonly pointer: string,
    /** Names the field, the bad value and what is allowed. */
    readonly message: string,
  ) {}
}

/** Longest pointer that is reported; keys may be as long as the record. */
const POINTER_CHARACTERS_MAX = 255;
const SHOWN_CHARACTERS_MAX = 60;

/**
 * "delta is "1e2": allowed is …", with the value cut to a readable length.
 * @param written how a number was written, where that is what is wrong with it
 */
export function notAllowed(pointer: string, value: unknown, allowed: string, written?: string): Fault {
  const text = written === undefined ? shown(value) : cut(written);
  return new Fault(pointer, `${fieldName(pointer)} is ${text}: allowed is ${allowed}`);
}

export function missing(pointer: string): Fault {
  return new Fault(pointer, `${fieldName(pointer)} is missing`);
}

/** Appends a key or index to a pointer. */
export function pointerTo(parent: string, key: string | number): string {
  const token = String(key).replaceAll('~', '~0').replaceAll('/', '~1').toWellFormed();
  const pointer = `${parent}/${token}`;
  return pointer.length <= POINTER_CHARACTERS_MAX ? pointer : parent;
}

/** A value as text for a message, at most 60 characters of it. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  return cut((typeof value === 'string' ? JSON.stringify(value) : String(value)).toWellFormed());
}

function cut(text: string): string {
  return text.length <= SHOWN_CHARACTERS_MAX ? text : `${text.slice(0, SHOWN_CHARACTERS_MAX).toWellFormed()}…`;
}

function fieldName(pointer: string): string {
  return pointer.slice(1).replaceAll('/', '.') || 'the command';
}
