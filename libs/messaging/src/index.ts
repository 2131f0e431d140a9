export * from './ports.js';
export * from './log-admin.js';
export * from './log-consumer.js';
export * from './batch-consumer/index.js';
export * from './kafkajs/index.js';
export * from './in-memory/index.js';
