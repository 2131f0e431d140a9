import type { GatewayConfig } from '@app/config';
import {
  type ClientLog,
  kafkaClient,
  KafkaLogAdmin,
  MicroBatchingProducer,
  type OutgoingRecord,
  RecordBatchProducer,
} from '@app/messaging';
import type { HealthCheck } from '@app/observability';

import type { CommandLog } from '../commands/command-log.js';
import { ReplyChannel } from './reply-channel.js';
import { untilDone } from './retry.js';

/** Everything that the gateway does with Kafka: publish commands, receive replies. */
export class KafkaConnection implements CommandLog {
  readonly replies: ReplyChannel;
  private readonly stopping = new AbortController();
  private readonly admin: KafkaLogAdmin;
  private readonly producer: RecordBatchProducer;
  private readonly batches: MicroBatchingProducer;

  constructor(
    private readonly config: Pick<GatewayConfig, 'kafka' | 'topics' | 'producer'>,
    log: ClientLog,
    private readonly warn: (message: string, error?: unknown) => void,
  ) {
    const kafka = kafkaClient(config.kafka, log);
    this.admin = new KafkaLogAdmin(kafka);
    this.producer = new RecordBatchProducer(kafka, { deadlineMs: config.producer.deadlineMs });
    this.batches = new MicroBatchingProducer(this.producer, config.producer);
    this.replies = new ReplyChannel(kafka, this.admin, config.topics, warn);
  }

  /** Commands that wait for acknowledgement. */
  get buffered(): { readonly records: number; readonly bytes: number } {
    return { records: this.batches.bufferedCount, bytes: this.batches.bufferedByteCount };
  }

  get checks(): readonly HealthCheck[] {
    return [
      { name: 'broker', check: () => this.admin.logRanges(this.config.topics.commands).then(() => undefined) },
      { name: 'replies', check: () => this.replies.checkStarted() },
    ];
  }

  publish(record: OutgoingRecord): Promise<void> {
    return this.batches.publish(this.config.topics.commands, record);
  }

  /** Connects in the background and joins the reply topic after that. */
  start(): void {
    const { signal } = this.stopping;
    const away = (error: unknown): void => this.warn('Kafka cannot be reached; trying again', error);
    void untilDone(signal, () => this.producer.connect(), away);
    void untilDone(signal, () => this.admin.connect(), away).then(() => {
      if (!signal.aborted) this.replies.start();
    });
  }

  /** Sends what is buffered, then disconnects. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.batches.close();
    await this.replies.stop();
    await Promise.allSettled([this.producer.disconnect(), this.admin.disconnect()]);
  }
}
