import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js';
import { mend } from './mend.js';

/**
 * kafkajs 2.2.4 forgets a `seek()` when its connection breaks while it is carried out: it takes the seek off its
 * list, commits the offset, and when that fails goes on reading from where it was. A worker that goes back to the
 * position of a restored database would then silently skip commands. So what could not be carried out is put back.
 */
export function keepSeeks(): void {
  mend(ConsumerGroup, 'seekOffsets', (original) => {
    return async function (topicPartitions) {
      const asked = topicPartitions.flatMap(({ topic, partitions }) =>
        partitions.map((partition) => ({
          topic,
          partition,
          offset: this.seekOffset.get(this.seekOffset.getKey(topic, partition)),
        })),
      );
      try {
        await original.call(this, topicPartitions);
      } catch (error) {
        for (const { topic, partition, offset } of asked) {
          // A newer seek wins. One that was carried out before the failure is only carried out twice.
          if (offset !== undefined && !this.seekOffset.has(topic, partition)) {
            this.seekOffset.set(topic, partition, offset);
          }
        }
        throw error;
      }
    };
  });
}
