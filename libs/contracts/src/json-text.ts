import { randomUUID } from 'node:crypto';
import { Fault, pointerTo } from './fault.js';
import { LIMITS } from './limits.js';

export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Prefix of number tokens that were turned into strings, so that `JSON.parse` keeps their source text. Drawn per
 * process: a publisher can't write a string that looks like a marked number.
 */
const MARK = `\0number:${randomUUID()}:`;
const MARK_JSON = JSON.stringify(MARK).slice(0, -1);

/** Strings and numbers of a text that is known to be JSON. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** A number token that means exactly what it says: an integer without exponent, fraction or negative zero. */
const PLAIN_INTEGER = /^(?:0|-?[1-9]\d{0,15})$/;

/** A number of a JSON text that is no plain integer within ±(2^53−1), kept as its source text. */
export class NumberText {
  constructor(readonly text: string) {}

  /** As `JSON.parse` reads it: the nearest double. */
  toNumber(): number {
    return Number(this.text);
  }

  toString(): string {
    return this.text;
  }
}

/**
 * `JSON.parse` that loses no number: integers within ±(2^53−1) whose text is a plain integer become numbers, all
 * other numbers (`1e2`, `1.0`, `-0`, 9007199254740993, `0.99999999999999999`) become `NumberText`. Everything else,
 * duplicate keys (the last wins) and `__proto__` (an ordinary key) included, is as in `JSON.parse`.
 * @throws SyntaxError when the text is no JSON.
 */
export function parseJsonLossless(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const marked = text.replace(TOKEN, (token) =>
    token.startsWith('"') || isPlainInteger(token) ? token : `${MARK_JSON}${token}"`,
  );
  if (marked === text) return value;
  return withNumberTexts(JSON.parse(marked));
}

/** Where the exact text of numbers can be asked for while reading fields. */
export interface NumberSource {
  /** Whether the number at this JSON pointer was written as a plain integer within ±(2^53−1). */
  isPlainInteger(pointer: string, value: number): boolean;
  /** How the number at this JSON pointer was written; undefined when there is none. */
  textOf(pointer: string): string | undefined;
}

/**
 * The text that a command was parsed from. `JSON.parse` rounds (0.99999999999999999 is 1, 1e2 is 100), so whoever
 * takes a number for an amount asks here how it was written.
 */
export class JsonSource implements NumberSource {
  #marked: unknown;

  constructor(
    private readonly text: string,
    /** Pointer from the text's root to the command: empty, or `/data` within a structured CloudEvent. */
    private readonly root: '' | '/data',
  ) {}

  isPlainInteger(pointer: string, value: number): boolean {
    if (!Number.isSafeInteger(value)) return false;
    return this.isPlainlyWritten(pointer, value) || PLAIN_INTEGER.test(this.textOf(pointer) ?? '');
  }

  textOf(pointer: string): string | undefined {
    return numberTextOf(this.at(pointer));
  }

  /** The command parsed again with every number as marked text (`numberTextOf`). */
  marked(): unknown {
    this.#marked ??= JSON.parse(
      this.text.replace(TOKEN, (token) => (token.startsWith('"') ? token : `${MARK_JSON}${token}"`)),
    );
    return this.root === '' ? this.#marked : (this.#marked as JsonObject).data;
  }

  /**
   * Fast answer for nearly all records: the text has no escapes and names the field once, directly followed by the
   * digits that the number prints as. Anything else (also a nested or repeated field of that name) is looked up.
   */
  private isPlainlyWritten(pointer: string, value: number): boolean {
    const { text } = this;
    const key = `"${pointer.slice(pointer.lastIndexOf('/') + 1)}"`;
    const found = text.indexOf(key);
    if (found < 0 || text.includes(key, found + key.length) || text.includes('\\')) return false;
    let start = found + key.length;
    if (text.charCodeAt(start) !== COLON) return false;
    start += text.charCodeAt(start + 1) === SPACE ? 2 : 1;
    const digits = Object.is(value, -0) ? '-0' : String(value);
    if (digits === '-0' || !text.startsWith(digits, start)) return false;
    const delimiter = text.charCodeAt(start + digits.length);
    return delimiter === COMMA || delimiter === CLOSING_BRACE || delimiter === SPACE;
  }

  private at(pointer: string): unknown {
    let value: unknown = this.marked();
    for (const key of pointer.slice(this.root.length).split('/').slice(1)) {
      value = typeof value === 'object' && value !== null ? (value as JsonObject)[key] : undefined;
    }
    return value;
  }
}

/** The source text of a marked number; undefined for everything else. */
export function numberTextOf(value: unknown): string | undefined {
  return isMarked(value) ? value.slice(MARK.length) : undefined;
}

/**
 * Finds what no command may contain, in unknown fields too: nesting deeper than the limit, lone surrogates (they
 * have no UTF-8 form), U+0000 (Postgres text has none).
 */
export function findTextFault(value: unknown, depthMax: number = LIMITS.depthMax): Fault | undefined {
  return textFaultAt('', value, depthMax);
}

/**
 * Whether `findTextFault` could find anything in this text. Lone surrogates and U+0000 can only be written as
 * escapes in valid UTF-8, and depth needs that many brackets, so that most texts need no walk.
 */
export function mayHaveTextFault(text: string, depthMax: number = LIMITS.depthMax): boolean {
  return text.includes('\\u') || occurrences(text, '{', depthMax) + occurrences(text, '[', depthMax) > depthMax;
}

/** Replaces marked numbers in place. A loop, not a recursion: a body of a megabyte can nest half a million deep. */
function withNumberTexts(root: unknown): unknown {
  const holder: JsonObject = { root };
  const pending: JsonObject[] = [holder];
  for (let container = pending.pop(); container !== undefined; container = pending.pop()) {
    for (const key of Object.keys(container)) {
      const item = container[key];
      if (isMarked(item)) container[key] = new NumberText(item.slice(MARK.length));
      else if (typeof item === 'object' && item !== null) pending.push(item as JsonObject);
    }
  }
  return holder.root;
}

function textFaultAt(pointer: string, value: unknown, depthLeft: number): Fault | undefined {
  if (typeof value === 'string') return stringFault(pointer, value);
  if (typeof value !== 'object' || value === null || value instanceof NumberText) return undefined;
  if (depthLeft === 0) {
    return new Fault(pointer, `objects and arrays are nested deeper than the allowed ${LIMITS.depthMax} levels`);
  }
  for (const [key, item] of Object.entries(value)) {
    const at = pointerTo(pointer, key);
    const fault = stringFault(at, key) ?? textFaultAt(at, item, depthLeft - 1);
    if (fault) return fault;
  }
  return undefined;
}

function stringFault(pointer: string, text: string): Fault | undefined {
  if (text.includes('\0')) return new Fault(pointer, 'the character U+0000 is not allowed anywhere in a command');
  if (!text.isWellFormed()) return new Fault(pointer, 'a surrogate without its pair is not allowed in a command');
  return undefined;
}

function occurrences(text: string, character: string, enough: number): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0 && count <= enough; at = text.indexOf(character, at + 1)) count += 1;
  return count;
}

function isPlainInteger(token: string): boolean {
  return PLAIN_INTEGER.test(token) && Number.isSafeInteger(Number(token));
}

function isMarked(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith(MARK);
}

const SPACE = 0x20;
const COMMA = 0x2c;
const COLON = 0x3a;
const CLOSING_BRACE = 0x7d;
