import { randomUUID } from 'node:crypto';

import { gatewayReplyTopic, type Topics } from '@app/contracts';
import { type KafkaLogAdmin, KafkaLogConsumer, ReplyListener } from '@app/messaging';

import type { AwaitedReply, OutcomeReplies } from '../commands/command-log.js';
import { untilDone } from './retry.js';

type Kafka = ConstructorParameters<typeof KafkaLogConsumer>[0];
type Warn = (message: string, error?: unknown) => void;

/** Replies are few and wanted at once; nothing of the past matters. Times in milliseconds. */
const CONSUMER_OPTIONS = {
  startFrom: 'latest',
  commits: false,
  partitionsConcurrently: 1,
  sessionTimeoutMs: 20_000,
  heartbeatIntervalMs: 3_000,
  maxWaitMs: 500,
} as const;

/** The gateway's end of the reply topic. A listener that died is replaced; meanwhile waits ask the ledger at their end. */
export class ReplyChannel implements OutcomeReplies {
  private readonly stopping = new AbortController();
  private listener: ReplyListener | undefined;
  private wasReady = false;

  constructor(
    private readonly kafka: Kafka,
    private readonly admin: KafkaLogAdmin,
    private readonly topics: Topics,
    private readonly warn: Warn,
  ) {}

  expect(waitMs: number): AwaitedReply | undefined {
    return this.listener?.expect(waitMs);
  }

  /** Joins in the background. The admin must be connected. */
  start(): void {
    void untilDone(
      this.stopping.signal,
      () => this.listen(),
      (error) => this.warn('replies cannot be received yet; trying again', error),
    );
  }

  /** @throws until replies could be received for the first time: a wait would last its whole time. */
  checkStarted(): void {
    this.wasReady ||= this.listener?.isReady ?? false;
    if (!this.wasReady) throw new Error('the reply topic has not been joined yet');
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.listener?.stop();
  }

  private async listen(): Promise<void> {
    const listener = new ReplyListener({
      topic: await this.topic(),
      consumer: new KafkaLogConsumer(this.kafka, `creditbus-gateway-replies-${randomUUID()}`, CONSUMER_OPTIONS),
      admin: this.admin,
      warning: this.warn,
      onFatal: (error) => {
        this.warn('the reply listener gave up; starting another', error);
        this.start();
      },
    });
    this.listener = listener;
    try {
      await listener.start();
    } catch (error) {
      await listener.stop();
      throw error;
    }
  }

  /** The topic of the gateways, or where it wasn't made the one of Nest clients. */
  private async topic(): Promise<string> {
    const own = gatewayReplyTopic(this.topics);
    if ((await this.admin.describeTopics([own])).has(own)) return own;
    this.warn(`topic ${own} is missing, so replies are expected on ${this.topics.reply}; run: creditbus topics`);
    return this.topics.reply;
  }
}
