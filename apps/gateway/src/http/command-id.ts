import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

import { isLengthWithin, LIMITS } from '@app/contracts';

import { invalidField } from './problem.js';

const HEADER = 'idempotency-key';

/** What of a request says its `Idempotency-Key`. */
export interface KeyedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly raw: Pick<IncomingMessage, 'rawHeaders'>;
}

/**
 * The command id that a request asks for by `Idempotency-Key`, or undefined without one. Header bytes are read as
 * UTF-8, so that the same id in a header and in a body is the same command.
 * @throws Problem 400 for an empty or too long key, for bytes that are not UTF-8, and for two keys that differ (one of
 * them would be taken for part of the other).
 */
export function idempotencyKeyOf(request: KeyedRequest): string | undefined {
  const header = request.headers[HEADER];
  if (header === undefined) return undefined;
  const [first = '', ...others] = linesOf(request);
  if (others.some((other) => other !== first)) {
    throw invalidField('Idempotency-Key', 'Idempotency-Key is there more than once; send one');
  }
  const key = utf8(first);
  if (key === undefined || !isLengthWithin(key, 1, LIMITS.idCharactersMax)) {
    const allowed = `1–${LIMITS.idCharactersMax} characters of UTF-8`;
    throw invalidField('Idempotency-Key', `Idempotency-Key must be ${allowed}`);
  }
  return key;
}

/**
 * The command's id: from the header, else from the body, else none (then one is made).
 * @throws Problem 400 when both are given and differ, or the id is reserved for the scheduler (`~…`).
 */
export function chosenCommandId(fromHeader: string | undefined, fromBody: unknown): string | undefined {
  const bodyId = typeof fromBody === 'string' ? fromBody : undefined;
  if (fromHeader !== undefined && bodyId !== undefined && fromHeader !== bodyId) {
    throw invalidField('/id', 'id and Idempotency-Key differ; send one of them, or the same in both');
  }
  const id = fromHeader ?? bodyId;
  if (id?.startsWith('~')) {
    const pointer = fromHeader === undefined ? '/id' : 'Idempotency-Key';
    throw invalidField(pointer, 'ids that begin with ~ are reserved for commands of the scheduler; choose another');
  }
  return id;
}

/** The header as it was sent, line by line: Node joins lines that have the same name. */
function linesOf({ raw: { rawHeaders } }: KeyedRequest): string[] {
  return rawHeaders.filter((_value, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === HEADER);
}

function utf8(latin1: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(latin1, 'latin1'));
  } catch {
    return undefined;
  }
}
