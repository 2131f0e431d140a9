import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js';

let mended = false;

/**
 * kafkajs 2.2.4 forgets a `seek()` when its connection breaks while it is carried out: it takes the seek off its
 * list, commits the offset, and when that fails goes on reading from where it was. A worker that goes back to the
 * position of a restored database would then silently skip commands. So what could not be carried out is put back.
 */
export function keepSeeks(): void {
  if (mended) return;
  mended = true;
  const { prototype } = ConsumerGroup;
  const original: unknown = Reflect.get(prototype, 'seekOffsets');
  if (typeof original !== 'function') throw new Error('kafkajs 2.2.4 is required: its consumer group was not found');
  prototype.seekOffsets = async function (topicPartitions) {
    const asked = topicPartitions.flatMap(({ topic, partitions }) =>
      partitions.map((partition) => ({
        topic,
        partition,
        offset: this.seekOffset.get(this.seekOffset.getKey(topic, partition)),
      })),
    );
    try {
      await Reflect.apply(original, this, [topicPartitions]);
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
}
