export { type ClientLog, kafkaClient, type KafkaSettings, type LogLevel } from './kafka-client.js';
export { KafkaLogAdmin } from './kafka-log-admin.js';
export { KAFKA_LOG_CONSUMER_DEFAULTS, KafkaLogConsumer, type KafkaLogConsumerOptions } from './kafka-log-consumer.js';
export { partitionOf } from './record-batch/partition-queues.js';
export { ProduceRefused, ProduceTimeout } from './record-batch/produce-failure.js';
export { RecordBatchProducer, type RecordBatchProducerOptions } from './record-batch/record-batch-producer.js';
