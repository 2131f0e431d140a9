import { topicNames } from '@app/contracts';
import { CommandWorker } from './command-worker.js';

// settings from env for now
const worker = new CommandWorker(
  {
    host: '127.0.0.1',
    port: Number(process.env['WORKER_PORT'] ?? 3001),
    kafka: { brokers: (process.env['KAFKA_BROKERS'] ?? '').split(','), clientId: 'creditbus-worker' },
    postgres: { url: process.env['DATABASE_URL'] ?? '', applicationName: 'creditbus-worker' },
    topics: topicNames(process.env['TOPIC_PREFIX'] ? { prefix: process.env['TOPIC_PREFIX'] } : {}),
    group: process.env['CONSUMER_GROUP'] ?? 'creditbus-worker',
    consumer: {},
    chunks: {},
  },
  {
    consumer: {
      chunkFailed: (f) => console.error('chunk failed', f.error),
      warning: console.error,
      stopped: console.error,
    },
    pipeline: { chunkProcessed: () => undefined, repliesMissed: () => undefined },
    clientLog: (level, message, details) => (level === 'error' ? console.error(message, details) : undefined),
    warn: console.error,
    onFatal: (error) => {
      console.error(error);
      process.exit(1);
    },
  },
);
process.on('SIGTERM', () => void worker.stop().then(() => process.exit(0)));
process.on('SIGINT', () => void worker.stop().then(() => process.exit(0)));
worker.start().then(
  () => console.log('worker started'),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
