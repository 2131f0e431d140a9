import Decoder from 'kafkajs/src/protocol/decoder.js';
import { mend } from './mend.js';

/** A header as kafkajs reads it. */
interface Header {
  readonly key: string;
  readonly value: Buffer | null;
}

type HeaderObject = Record<string, Header['value'] | Header['value'][]>;

/**
 * kafkajs 2.2.4 makes the headers of a record by copying all of them for each: 6,000 take 10 s, so that one record
 * with many would cost a worker its membership, again and again. It also tells by asking a plain object whether a name
 * was sent before, which is wrong of `constructor` and `__proto__`. Nothing else but headers is read by the method
 * that is mended here, and what it returns is only reduced to that object.
 */
export function mendHeaders(): void {
  mend(Decoder, 'readVarIntArray', (original) => {
    return function (read) {
      const headers = original.call(this, read) as unknown as readonly Header[];
      return { reduce: () => headerObject(headers) };
    };
  });
}

function headerObject(headers: readonly Header[]): HeaderObject {
  if (headers.length === 0) return {};
  const byName = new Map<string, HeaderObject[string]>();
  for (const { key, value } of headers) {
    const before = byName.get(key);
    if (before === undefined) byName.set(key, value);
    else if (Array.isArray(before)) before.push(value);
    else byName.set(key, [before, value]);
  }
  return Object.fromEntries(byName);
}
