import type { FieldError } from './problem.js';

/** Keys of one object at most: `meta` of a key of Unkey's, in 10,000 characters of JSON, has no more. */
export const OBJECT_KEYS_MAX = 2_000;

/** Keys and list items of a whole body at most: a batch of 1,000 commands with 50 pairs of metadata each has fewer. */
export const BODY_PARTS_MAX = 100_000;

/** From so many keys on a set is quicker than looking through them. */
const SET_FROM_KEYS = 8;

/** An object or array that the scan is in. */
interface Level {
  readonly isArray: boolean;
  readonly keys: string[];
  seen: Set<string> | undefined;
  /** Of the item of an array. */
  index: number;
}

/**
 * Whether a body is worth parsing: what is nested deeper than `depthMax`, has more parts than any request needs, or
 * names a key twice in one object (RFC 8259 leaves open which of both counts, so that two readers may see two
 * requests) is told by one scan of its text, before anything is made of it. Text that is no JSON is passed over:
 * the parser says so.
 */
export function jsonShapeFault(text: string, depthMax: number): FieldError | undefined {
  const levels: Level[] = [];
  let level: Level | undefined;
  let isKeyNext = false;
  let parts = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfString(text, at);
        if (end < 0) return undefined;
        if (isKeyNext && level !== undefined) {
          const key = keyIn(text, at, end);
          if (isRepeated(level, key)) {
            return { pointer: pointerOf(levels, key), message: `the key ${shown(key)} is there twice; send it once` };
          }
          if (level.keys.length >= OBJECT_KEYS_MAX) {
            return {
              pointer: pointerOf(levels.slice(0, -1)),
              message: `an object has more than ${OBJECT_KEYS_MAX} keys`,
            };
          }
          add(level, key);
          parts += 1;
          isKeyNext = false;
        }
        at = end;
        break;
      }
      case OPENING_BRACE:
      case OPENING_BRACKET:
        if (levels.length === depthMax) {
          const message = `objects and arrays are nested deeper than the allowed ${depthMax} levels`;
          return { pointer: pointerOf(levels), message };
        }
        isKeyNext = text.charCodeAt(at) === OPENING_BRACE;
        level = { isArray: !isKeyNext, keys: [], seen: undefined, index: 0 };
        levels.push(level);
        break;
      case CLOSING_BRACE:
      case CLOSING_BRACKET:
        levels.pop();
        level = levels.at(-1);
        isKeyNext = false;
        break;
      case COMMA:
        if (level === undefined) break;
        if (level.isArray) {
          level.index += 1;
          parts += 1;
        }
        isKeyNext = !level.isArray;
        break;
    }
    if (parts > BODY_PARTS_MAX) {
      return { pointer: '', message: `the body has more than ${BODY_PARTS_MAX} keys and list items` };
    }
  }
  return undefined;
}

/** Where the string that begins here ends, or -1. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return -1;
}

/** What a key's text means: `"a"` and `"\u0061"` are the same key. */
function keyIn(text: string, start: number, end: number): string {
  const key = text.slice(start + 1, end);
  if (!key.includes('\\')) return key;
  try {
    return JSON.parse(text.slice(start, end + 1)) as string;
  } catch {
    return key;
  }
}

function isRepeated({ keys, seen }: Level, key: string): boolean {
  return seen === undefined ? keys.includes(key) : seen.has(key);
}

function add(level: Level, key: string): void {
  level.keys.push(key);
  if (level.seen !== undefined) level.seen.add(key);
  else if (level.keys.length === SET_FROM_KEYS) level.seen = new Set(level.keys);
}

/** JSON pointer (RFC 6901) to the part that the scan is at. */
function pointerOf(levels: readonly Level[], key?: string): string {
  const names = levels.map(({ isArray, keys, index }) => (isArray ? String(index) : (keys.at(-1) ?? '')));
  if (key !== undefined) names.splice(-1, 1, key);
  return names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function shown(key: string): string {
  return JSON.stringify(key.length > 64 ? `${key.slice(0, 64)}…` : key);
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPENING_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
