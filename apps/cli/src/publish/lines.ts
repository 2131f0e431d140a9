import type { Readable } from 'node:stream';

export interface Line {
  /** Counted from 1, empty lines too, as an editor does. */
  readonly number: number;
  readonly text: string;
  /** Position after this line, bytes. */
  readonly endByte: number;
}

/** A line this long is no command any more; reading on would only fill memory. */
export const LINE_BYTES_MAX = 1024 * 1024;

/** A line that is too long to be read. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
  constructor(readonly line: number) {
    super(`line ${line} is longer than ${LINE_BYTES_MAX} bytes: each line holds one command`);
  }
}

const NEWLINE = 10;
const UTF8_STRICT = new TextDecoder('utf-8', { fatal: true });

/**
 * Lines of a stream that are not empty; `text` is undefined when a line is no UTF-8. Ends in "\n" or "\r\n", the last
 * one may have none. @throws LineTooLong
 */
export async function* readLines(stream: Readable): AsyncGenerator<Omit<Line, 'text'> & { readonly text?: string }> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  let endByte = 0;
  for await (const part of stream) {
    const bytes: Buffer = Buffer.isBuffer(part) ? part : Buffer.from(part as string);
    let begin = 0;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, begin)) {
      const line = rest.length === 0 ? bytes.subarray(begin, at) : Buffer.concat([rest, bytes.subarray(begin, at)]);
      rest = Buffer.alloc(0);
      begin = at + 1;
      number += 1;
      endByte += line.length + 1;
      const text = decoded(line);
      if (text !== '') yield { number, text, endByte };
    }
    rest = Buffer.concat([rest, bytes.subarray(begin)]);
    if (rest.length > LINE_BYTES_MAX) throw new LineTooLong(number + 1);
  }
  const text = decoded(rest);
  if (text !== '') yield { number: number + 1, text, endByte: endByte + rest.length };
}

/** Without blanks around it and without a byte order mark, which editors put at the beginning of files. */
function decoded(line: Buffer): string | undefined {
  try {
    return UTF8_STRICT.decode(line).trim();
  } catch {
    return undefined;
  }
}
