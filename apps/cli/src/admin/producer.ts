import { type LogProducer, RecordBatchProducer } from '@app/messaging';

import type { Brokers } from './kafka.js';

const DEADLINE_MS = 30_000;

/** Runs the work with a connected producer, and disconnects, whatever happened. */
export async function withProducer<T>(
  { client }: Pick<Brokers, 'client'>,
  work: (producer: LogProducer) => Promise<T>,
): Promise<T> {
  const producer = new RecordBatchProducer(client, { deadlineMs: DEADLINE_MS });
  await producer.connect();
  try {
    return await work(producer);
  } finally {
    await producer.disconnect();
  }
}
