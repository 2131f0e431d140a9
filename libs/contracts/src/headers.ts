/** Headers as they were sent or are to be: bytes, text or nothing, a list when a name was sent more than once. */
export type HeaderValue = Buffer | string;
export type RecordHeaders = Readonly<Record<string, HeaderValue | null | readonly (HeaderValue | null)[] | undefined>>;

/** A record as it was read from a topic. */
export interface IncomingRecord {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: RecordHeaders;
}

/** A record as the messaging library takes it. */
export interface EncodedRecord {
  readonly key?: Buffer | string | null;
  readonly value: Buffer | string | null;
  readonly headers?: RecordHeaders;
  readonly partition?: number;
}

/** The header's value; the last one when it was sent more than once. */
export function lastHeader(headers: RecordHeaders, name: string): HeaderValue | undefined {
  const value = headers[name];
  if (typeof value === 'string' || Buffer.isBuffer(value)) return value;
  return value?.at(-1) ?? undefined;
}

/** The header's value as text; bytes that are no UTF-8 become U+FFFD. */
export function headerText(headers: RecordHeaders, name: string): string | undefined {
  const value = lastHeader(headers, name);
  return typeof value === 'string' ? value : value?.toString('utf8');
}

const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The W3C trace context of a record, from its own header or the CloudEvents extension; ignored when ill-formed. */
export function traceparentOf(headers: RecordHeaders): string | undefined {
  return asTraceparent(headerText(headers, 'traceparent') ?? headerText(headers, 'ce_traceparent'));
}

export function asTraceparent(value: unknown): string | undefined {
  return typeof value === 'string' && TRACEPARENT.test(value) ? value : undefined;
}
