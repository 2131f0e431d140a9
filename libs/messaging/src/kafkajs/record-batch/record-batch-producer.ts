import { setTimeout as sleep } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import type { LogProducer, TopicRecords } from '../../ports.js';
import { separateClient } from '../kafka-client.js';
import { clusterOf, type KafkajsCluster } from './kafkajs-cluster.js';
import { partitionQueues, type PartitionQueue } from './partition-queues.js';
import { produceExchange, type PartitionAck } from './produce-exchange.js';
import { isRefusal, ProduceRefused, ProduceTimeout } from './produce-failure.js';

export interface RecordBatchProducerOptions {
  /** Largest record batch, bytes; below `max.message.bytes` of the topics (1,048,588 by default). */
  readonly maxBatchBytes: number;
  /** How long a send may take before it rejects with `ProduceTimeout`, milliseconds. */
  readonly deadlineMs: number;
  /** How long a broker may wait for its in-sync replicas, milliseconds. */
  readonly ackTimeoutMs: number;
  /** Pause between attempts, milliseconds. */
  readonly retryPauseMs: number;
}

const DEFAULTS: RecordBatchProducerOptions = {
  maxBatchBytes: 1_000_000,
  deadlineMs: 30_000,
  ackTimeoutMs: 10_000,
  retryPauseMs: 100,
};

interface WaitingSend {
  readonly batch: readonly TopicRecords[];
  readonly deadlineAtMs: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * `LogProducer` with our own record batch encoder on kafkajs's connections (TLS, SASL, metadata are kafkajs's).
 *
 * At most one request per broker is in flight; what is sent meanwhile waits and goes out together in the next
 * one, so that many partitions share a round trip and order within a partition is the order of calls. A failed
 * request is repeated as it was until the deadline (acks=all, at least once: consumers deduplicate by event id).
 */
export class RecordBatchProducer implements LogProducer {
  private readonly cluster: KafkajsCluster;
  private readonly options: RecordBatchProducerOptions;
  private waiting: WaitingSend[] = [];
  private sending: Promise<void> | null = null;
  /** Why the send at work has not succeeded yet; told when its deadline comes. */
  private lastFailure: unknown;

  /** @param kafka made by `kafkaClient` */
  constructor(kafka: Kafka, options: Partial<RecordBatchProducerOptions> = {}) {
    this.options = { ...DEFAULTS, ...options };
    const { deadlineMs, retryPauseMs } = this.options;
    // kafkajs would try for many seconds by itself, and wait longer for an answer than the deadline allows.
    const client = separateClient(kafka, {
      requestTimeoutMs: deadlineMs,
      retry: { retries: 1, initialRetryTime: retryPauseMs, maxRetryTime: retryPauseMs, multiplier: 1, factor: 0 },
    });
    this.cluster = clusterOf(client, {
      metadataMaxAge: 300_000,
      allowAutoTopicCreation: false,
      maxInFlightRequests: 1,
    });
  }

  connect(): Promise<void> {
    return this.cluster.connect();
  }

  /**
   * @throws ProduceRefused when the broker refuses records for what they are. @throws ProduceTimeout at the deadline,
   * which counts from the call: what is still waiting then is never sent, of what is on its way the fate is unknown.
   */
  send(batch: readonly TopicRecords[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const { deadlineMs } = this.options;
      const send: WaitingSend = {
        batch,
        deadlineAtMs: Date.now() + deadlineMs,
        resolve: () => {
          clearTimeout(timer);
          resolve();
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        this.waiting = this.waiting.filter((other) => other !== send);
        reject(
          new ProduceTimeout(`records were not acknowledged within ${deadlineMs} ms`, { cause: this.lastFailure }),
        );
      }, deadlineMs);
      this.waiting.push(send);
      this.sending ??= this.sendWaiting();
    });
  }

  /** Waits for what was sent, then closes the connections. */
  async disconnect(): Promise<void> {
    await this.sending;
    await this.cluster.disconnect();
  }

  private async sendWaiting(): Promise<void> {
    while (this.waiting.length > 0) {
      const sends = this.waiting;
      this.waiting = [];
      try {
        await this.sendTogether(
          sends.flatMap(({ batch }) => batch),
          Math.max(...sends.map(({ deadlineAtMs }) => deadlineAtMs)),
        );
        for (const { resolve } of sends) resolve();
      } catch (error) {
        await this.rejectGuilty(sends, error);
      }
    }
    // In the same step as the last look at what waits: a send in between would wait for ever.
    this.sending = null;
  }

  /** A refusal is the fault of some records of one send; the others are sent again without it. */
  private async rejectGuilty(sends: readonly WaitingSend[], error: unknown): Promise<void> {
    if (!(error instanceof ProduceRefused) || sends.length === 1) {
      for (const { reject } of sends) reject(asError(error));
      return;
    }
    for (const { batch, deadlineAtMs, resolve, reject } of sends) {
      await this.sendTogether(batch, deadlineAtMs).then(resolve, (own: unknown) => reject(asError(own)));
    }
  }

  private async sendTogether(batch: readonly TopicRecords[], deadlineAtMs: number): Promise<void> {
    this.lastFailure = undefined;
    let queues: PartitionQueue[] | undefined;
    for (let attempt = 0; Date.now() < deadlineAtMs; attempt++) {
      try {
        if (attempt > 0) await this.recover();
        queues ??= await this.encode(batch);
        queues = await this.sendHeads(queues);
        while (queues.length > 0) queues = await this.sendHeads(queues);
        return;
      } catch (error) {
        if (error instanceof ProduceRefused) throw error;
        if (error instanceof Unacknowledged) queues = error.remaining;
        this.lastFailure = error;
        await sleep(this.options.retryPauseMs);
      }
    }
    throw new ProduceTimeout(`records were not acknowledged within ${this.options.deadlineMs} ms`, {
      cause: this.lastFailure,
    });
  }

  private async encode(batch: readonly TopicRecords[]): Promise<PartitionQueue[]> {
    await this.cluster.addMultipleTargetTopics(batch.map(({ topic }) => topic));
    await this.cluster.refreshMetadataIfNecessary();
    return partitionQueues(batch, (topic) => this.partitionsOf(topic), this.options.maxBatchBytes);
  }

  private partitionsOf(topic: string): ReturnType<KafkajsCluster['findTopicPartitionMetadata']> {
    const partitions = this.cluster.findTopicPartitionMetadata(topic);
    if (partitions.length === 0) throw new Error(`topic ${topic} is not known to the brokers`);
    return partitions;
  }

  /** Sends the first batch of each partition; returns what remains. @throws Unacknowledged, ProduceRefused */
  private async sendHeads(queues: readonly PartitionQueue[]): Promise<PartitionQueue[]> {
    const byLeader = new Map<number, PartitionQueue[]>();
    for (const queue of queues) {
      const leader =
        this.partitionsOf(queue.topic).find(({ partitionId }) => partitionId === queue.partition)?.leader ?? -1;
      byLeader.set(leader, [...(byLeader.get(leader) ?? []), queue]);
    }
    const outcomes = await Promise.allSettled([...byLeader].map(([leader, own]) => this.produce(leader, own)));
    const acks = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
    const errorCodes = new Map(acks.map((ack) => [`${ack.topic}/${ack.partition}`, ack.errorCode]));

    const failed: PartitionQueue[] = [];
    for (const queue of queues) {
      const errorCode = errorCodes.get(`${queue.topic}/${queue.partition}`);
      if (errorCode === 0) queue.batches.shift();
      else if (errorCode !== undefined && isRefusal(errorCode))
        throw new ProduceRefused(queue.topic, queue.partition, errorCode);
      else failed.push(queue);
    }
    const remaining = queues.filter(({ batches }) => batches.length > 0);
    if (failed.length === 0) return remaining;
    const lost = outcomes.find((outcome) => outcome.status === 'rejected');
    throw new Unacknowledged(remaining, failed, errorCodes, lost?.reason);
  }

  private async produce(leader: number, queues: readonly PartitionQueue[]): Promise<PartitionAck[]> {
    const broker = await this.cluster.findBroker({ nodeId: leader });
    const batches = queues.map(({ topic, partition, batches: [batch] }) => ({
      topic,
      partition,
      batch: batch as Buffer,
    }));
    try {
      return await broker.connectionPool.send(produceExchange(batches, this.options.ackTimeoutMs));
    } catch (error) {
      await broker.disconnect();
      throw error;
    }
  }

  private async recover(): Promise<void> {
    if (!this.cluster.isConnected()) await this.cluster.connect();
    await this.cluster.refreshMetadata();
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** Some partitions did not acknowledge; to be sent again. */
class Unacknowledged extends Error {
  override readonly name = 'Unacknowledged';
  constructor(
    readonly remaining: PartitionQueue[],
    failed: readonly PartitionQueue[],
    errorCodes: ReadonlyMap<string, number>,
    cause: unknown,
  ) {
    const names = failed.map(({ topic, partition }) => {
      const name = `${topic}/${partition}`;
      return `${name} (${errorCodes.get(name) ?? 'no answer'})`;
    });
    super(`not acknowledged: ${names.join(', ')}`, { cause });
  }
}
