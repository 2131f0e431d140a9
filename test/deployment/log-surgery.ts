import { kafkaClient } from '@app/messaging';

/** What retention does, at once: removes the records of a partition below an offset. */
export async function removeRecordsBefore(
  brokers: string,
  topic: string,
  partition: number,
  offset: bigint,
): Promise<void> {
  const admin = kafkaClient({ brokers: brokers.split(','), clientId: 'test-surgery' }).admin();
  await admin.connect();
  try {
    // Without this kafkajs deletes nothing: it doesn't know the topic's leaders yet.
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: offset.toString() }] });
  } finally {
    await admin.disconnect();
  }
}
