/**
 * A job for the first of the month: begins the billing cycle of every subscription.
 *
 *   node billing-cycle-reset.js 2026-12 < subscriptions.jsonl
 *
 * with lines such as {"accountId":"key_1","credits":"1000","rolloverPercent":25}. Each account gets its credits for
 * the period; of what is left of the old one a part is carried over, the rest ends.
 *
 * The command's id names account and period, so the job may run twice, crash in the middle and start again, or run
 * on two machines at once: every account is reset once per period. (With other credits for the same period the second
 * run is a conflict: rejected, without effect.)
 */
import { createInterface } from 'node:readline';
import { Kafka, type Message, Partitioners, type Producer } from 'kafkajs';

const {
  KAFKA_BROKERS = '127.0.0.1:9092',
  CREDITS_TOPIC = 'credits.commands.v1',
  CREDITS_TENANT = 'acme',
} = process.env;

/** Commands in one request to Kafka. */
const BATCH = 500;

interface Subscription {
  readonly accountId: string;
  readonly credits: string;
  readonly rolloverPercent?: number;
}

function resetOf({ accountId, credits, rolloverPercent }: Subscription, period: string): Message {
  const command = {
    type: 'account.reset',
    id: `reset:${CREDITS_TENANT}:${accountId}:${period}`,
    tenantId: CREDITS_TENANT,
    accountId,
    period,
    value: credits,
    ...(rolloverPercent !== undefined && { rollover: { percent: rolloverPercent } }),
    reason: 'billing-cycle',
  };
  return { key: `${CREDITS_TENANT}:${accountId}`, value: JSON.stringify(command) };
}

/** @throws Error naming the line, when it has not what the command's id and contents are made of */
function subscriptionIn(line: string, number: number): Subscription {
  try {
    const { accountId, credits, rolloverPercent } = JSON.parse(line) as Partial<Subscription>;
    if (typeof accountId === 'string' && typeof credits === 'string') return { accountId, credits, rolloverPercent };
  } catch {
    // Told like any other line that is wrong.
  }
  throw new Error(`line ${number} is not like {"accountId":"key_1","credits":"1000"}: ${line}`);
}

/** Publishes one reset for each line. Resolves with their number when all in-sync replicas have all of them. */
async function resetAll(producer: Producer, lines: AsyncIterable<string>, period: string): Promise<number> {
  let count = 0;
  let number = 0;
  let messages: Message[] = [];
  const send = async (): Promise<void> => {
    await producer.send({ topic: CREDITS_TOPIC, acks: -1, messages });
    count += messages.length;
    messages = [];
  };
  for await (const line of lines) {
    number += 1;
    if (line.trim() !== '') messages.push(resetOf(subscriptionIn(line, number), period));
    if (messages.length === BATCH) await send();
  }
  if (messages.length > 0) await send();
  return count;
}

async function main(period: string | undefined): Promise<void> {
  if (period === undefined || !/^\d{4}-\d{2}$/.test(period)) throw new Error('which period? Such as 2026-12');
  const kafka = new Kafka({ clientId: 'billing-cycle-reset', brokers: KAFKA_BROKERS.split(',') });
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  try {
    const count = await resetAll(producer, createInterface({ input: process.stdin }), period);
    console.log(`accounts that begin ${period}: ${count}`);
  } finally {
    await producer.disconnect();
  }
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(`not all accounts were reset; running it again is safe: ${String(error)}`);
  process.exitCode = 1;
});
