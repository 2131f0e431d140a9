/** Inner modules of kafkajs 2.2.4 that are mended; see keep-seeks.ts and mend-headers.ts. */
declare module 'kafkajs/src/consumer/consumerGroup.js' {
  interface SeekOffsets {
    has(topic: string, partition: number): boolean;
    set(topic: string, partition: number, offset: string): void;
    get(key: string): string | undefined;
    getKey(topic: string, partition: number): string;
  }

  class ConsumerGroup {
    readonly seekOffset: SeekOffsets;
    seekOffsets(
      topicPartitions: readonly { readonly topic: string; readonly partitions: readonly number[] }[],
    ): Promise<void>;
  }

  export = ConsumerGroup;
}

declare module 'kafkajs/src/consumer/seekOffsets.js' {
  import type ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js';

  const SeekOffsets: new () => InstanceType<typeof ConsumerGroup>['seekOffset'];
  export = SeekOffsets;
}

declare module 'kafkajs/src/protocol/decoder.js' {
  class Decoder {
    constructor(bytes: Buffer);
    readVarIntArray(read: (decoder: Decoder) => unknown): { reduce(): unknown };
  }

  export = Decoder;
}
