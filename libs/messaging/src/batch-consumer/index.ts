export { BatchConsumer, type BatchConsumerParts, type BatchConsumerState } from './batch-consumer.js';
export { BATCH_CONSUMER_DEFAULTS, type BatchConsumerOptions, batchConsumerOptions } from './options.js';
export type {
  ChunkDone,
  ChunkFailed,
  ConsumerObserver,
  OpenTransaction,
  StoppedPartition,
  UndecodableRange,
} from './observer.js';
