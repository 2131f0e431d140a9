import type { CliKafkaConfig } from '@app/config';
import { KafkaLogAdmin, kafkaClient, type LogAdmin } from '@app/messaging';

import type { CliContext } from '../context.js';
import { Unreachable } from '../errors.js';
import { kafkaSettings } from './settings.js';

/** kafkajs tries for half a minute; a person at a terminal wants to know sooner. */
const CONNECT_MS_MAX = 8_000;

/** What a command gets to work with. */
export interface Brokers {
  readonly admin: LogAdmin;
  readonly settings: CliKafkaConfig;
  /** For consumers and producers of its own. */
  readonly client: ReturnType<typeof kafkaClient>;
}

/** Runs the work with a connected admin client, and disconnects, whatever happened. @throws Unreachable */
export async function withKafka<T>(context: CliContext, work: (brokers: Brokers) => Promise<T>): Promise<T> {
  const settings = kafkaSettings(context);
  const client = kafkaClient({ ...settings.kafka, clientId: 'creditbus-cli' });
  const admin = new KafkaLogAdmin(client);
  await connect(admin, settings.kafka.brokers);
  try {
    return await work({ admin, settings, client });
  } finally {
    await admin.disconnect();
  }
}

async function connect(admin: LogAdmin, brokers: readonly string[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${CONNECT_MS_MAX / 1000} s`)), CONNECT_MS_MAX);
  });
  const connecting = admin.connect();
  try {
    await Promise.race([connecting, late]);
  } catch (error) {
    connecting.catch(() => undefined);
    throw new Unreachable(`Kafka at ${brokers.join(', ')} can not be reached: ${(error as Error).message}`, {
      hint: 'Check KAFKA_BROKERS, and TLS and SASL settings where the brokers ask for them.',
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}
