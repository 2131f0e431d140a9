/**
 * A plain program that answers balances from memory, for services that ask before every single job:
 *
 *   GET /balances/key_1  →  { "available": "97", "balance": "100", "held": "3", "unlimited": false, "version": "42" }
 *
 * An account is read from the gateway once; after that `credits.cache-invalidation.v1` keeps it fresh. The cache never
 * goes back to an older version, in whatever order reads and invalidations come in. Without Kafka it holds nothing and
 * asks the gateway each time: `GET /health` tells 503.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { BalanceCache, Creditbus, CreditbusError, followWithKafkaJs, readBalancesOf } from '@creditbus/client';
import { Kafka } from 'kafkajs';

const {
  KAFKA_BROKERS = '127.0.0.1:9092',
  CREDITS_URL = 'http://127.0.0.1:3000',
  CREDITS_API_KEY = '',
  CREDITS_INVALIDATION_TOPIC = 'credits.cache-invalidation.v1',
  CREDITS_TENANT = 'acme',
  PORT = '4003',
} = process.env;

const creditbus = new Creditbus({ baseUrl: CREDITS_URL, apiKey: CREDITS_API_KEY });
const cache = new BalanceCache({ tenantId: CREDITS_TENANT, read: readBalancesOf(creditbus) });

const kafka = new Kafka({ clientId: 'balance-service', brokers: KAFKA_BROKERS.split(',') });
const admin = kafka.admin();
// A group of its own: every process needs all invalidations, not a share of them.
const consumer = kafka.consumer({ groupId: `balance-service-${randomUUID()}`, allowAutoTopicCreation: false });

/** Status and body of an answer. */
async function balanceOf(accountId: string): Promise<[status: number, body: object]> {
  try {
    const { available, balance, held, unlimited, version } = await cache.get(accountId);
    return [200, { available, balance, held, unlimited, version }];
  } catch (error) {
    if (error instanceof CreditbusError && error.status === 404) return [404, { message: 'no such account' }];
    console.error('a balance could not be read:', error);
    return [503, { message: 'try again' }];
  }
}

function answer(response: ServerResponse, [status, body]: [status: number, body: object]): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const server = createServer((request, response) => {
  const path = request.url ?? '';
  const name = /^\/balances\/([^/?]+)$/.exec(path)?.[1];
  const accountId = name === undefined ? undefined : decoded(name);
  if (path === '/health') answer(response, [cache.isOnline ? 200 : 503, { held: cache.size }]);
  else if (accountId === undefined) answer(response, [404, { message: 'no such route' }]);
  else void balanceOf(accountId).then((found) => answer(response, found));
});

function decoded(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}

async function stop(exitCode: number): Promise<void> {
  server.close();
  await Promise.all([consumer.disconnect(), admin.disconnect()]);
  process.exit(exitCode);
}

async function main(): Promise<void> {
  // Where kafkajs does not start again by itself, an orchestrator shall do it.
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    if (!payload.restart) void stop(1);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(0));
  await Promise.all([consumer.connect(), admin.connect()]);
  await followWithKafkaJs({ cache, consumer, admin, topic: CREDITS_INVALIDATION_TOPIC });
  server.listen(Number(PORT), '127.0.0.1');
}

void main();
