// @ts-check
// Puts each line of standard input onto a topic as it is, like Kafka's console producer: for trying out what a
// service in any language may send. `node scripts/console-producer.mjs [topic]`, brokers from KAFKA_BROKERS or the
// running stack.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root, stackFile } from './stack/paths.mjs';

const topic = process.argv[2] ?? 'credits.commands.v1';
const brokers = process.env.KAFKA_BROKERS || fromStack();
const { kafkaClient, RecordBatchProducer } = createRequire(import.meta.url)(
  join(root, 'dist', 'libs', 'messaging', 'src', 'index.js'),
);
const producer = new RecordBatchProducer(kafkaClient({ brokers: brokers.split(','), clientId: 'console-producer' }));
await producer.connect();
let count = 0;
for await (const line of createInterface({ input: process.stdin })) {
  if (line === '') continue;
  await producer.send([{ topic, records: [{ value: line }] }]);
  count += 1;
}
await producer.disconnect();
console.log(`${count} record${count === 1 ? '' : 's'} written to ${topic}`);

function fromStack() {
  try {
    return JSON.parse(readFileSync(stackFile, 'utf8')).kafkaBrokers;
  } catch {
    console.error('Set KAFKA_BROKERS, or start a stack with npm start.');
    process.exit(2);
  }
}
