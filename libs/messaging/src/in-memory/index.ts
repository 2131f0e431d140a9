export { MemoryBroker, type MemoryBrokerOptions, type SendFailure } from './memory-broker.js';
export { MemoryLogAdmin } from './memory-log-admin.js';
export { MemoryLogConsumer, type MemoryLogConsumerOptions } from './memory-log-consumer.js';
export { MemoryLogProducer } from './memory-log-producer.js';
export { MemoryPositionStore } from './memory-position-store.js';
