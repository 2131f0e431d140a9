import { workerConfig } from '@app/config';
import { CommandWorker } from './command-worker.js';

const worker = new CommandWorker(workerConfig(), {
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
});
process.on('SIGTERM', () => void worker.stop().then(() => process.exit(0)));
process.on('SIGINT', () => void worker.stop().then(() => process.exit(0)));
worker.start().then(
  () => console.log('worker started'),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
