import { headerText, lastHeader, type RecordHeaders } from './headers.js';

/** Headers of request and reply, as Nest's Kafka client writes and reads them. */
export const REPLY_HEADERS = {
  correlationId: 'kafka_correlationId',
  topic: 'kafka_replyTopic',
  partition: 'kafka_replyPartition',
  /** Without it Nest's `send()` never completes. */
  isDisposed: 'kafka_nest-is-disposed',
} as const;

/** Where a command's outcome is to be sent too. Whether the topic may be written is `isReplyTopicAllowed`. */
export interface ReplyAddress {
  readonly topic: string;
  /** As sent, byte for byte. */
  readonly correlationId: Buffer;
  readonly partition?: number;
}

/**
 * The reply address of a record. Undefined when none is asked for, or when it is unusable (no correlation id, a
 * partition that is no number): replies are best effort.
 */
export function replyAddressOf(headers: RecordHeaders): ReplyAddress | undefined {
  const topic = headerText(headers, REPLY_HEADERS.topic);
  const correlationId = lastHeader(headers, REPLY_HEADERS.correlationId);
  if (topic === undefined || correlationId === undefined) return undefined;
  const address = { topic, correlationId: Buffer.from(correlationId) };
  const partition = headerText(headers, REPLY_HEADERS.partition);
  if (partition === undefined) return address;
  return /^\d{1,9}$/.test(partition) ? { ...address, partition: Number(partition) } : undefined;
}
