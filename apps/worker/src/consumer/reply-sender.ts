import {
  deadLetterReply,
  type EncodedRecord,
  isReplyTopicAllowed,
  outcomeReply,
  type ReplyAddress,
  type Topics,
} from '@app/contracts';
import type { LogProducer } from '@app/messaging';
import type { RecordResult } from './isolate.js';

/** Replies in flight; beyond it replies are forgotten, so that a slow reply topic can't fill the memory. */
const REPLIES_PENDING_MAX = 10_000;
/** Reply topics with a producer of their own at a time; the one unused for longest makes room. */
const REPLY_TOPICS_MAX = 32;

/**
 * Sends outcomes to whoever asked for a reply (contracts, "Request/reply"). Best effort: apart from the events,
 * with a short deadline, never awaited by a chunk. Each reply topic has a producer of its own, so that one that is
 * missing, deleted or slow holds no other's replies back; what can't be delivered is counted and forgotten.
 */
export class ReplySender {
  private readonly producers = new Map<string, Promise<LogProducer>>();
  private pending = 0;

  constructor(
    /** Makes an unconnected producer with a short deadline. */
    private readonly makeProducer: () => LogProducer,
    private readonly topics: Topics,
    private readonly onMissed: (count: number) => void,
  ) {}

  send(results: readonly RecordResult[]): void {
    for (const [topic, records] of this.repliesOf(results)) {
      if (this.pending + records.length > REPLIES_PENDING_MAX) this.onMissed(records.length);
      else void this.sendTo(topic, records);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.producers.keys()].map((topic) => this.drop(topic)));
  }

  private async sendTo(topic: string, records: readonly EncodedRecord[]): Promise<void> {
    this.pending += records.length;
    try {
      await (await this.producerOf(topic)).send([{ topic, records }]);
    } catch {
      this.onMissed(records.length);
      await this.drop(topic);
    } finally {
      this.pending -= records.length;
    }
  }

  private producerOf(topic: string): Promise<LogProducer> {
    const producer = this.producers.get(topic) ?? this.connect();
    this.producers.delete(topic);
    this.producers.set(topic, producer); // the newest at the end
    const [unusedForLongest] = this.producers.keys();
    if (this.producers.size > REPLY_TOPICS_MAX && unusedForLongest !== undefined) void this.drop(unusedForLongest);
    return producer;
  }

  private async connect(): Promise<LogProducer> {
    const producer = this.makeProducer();
    await producer.connect();
    return producer;
  }

  private async drop(topic: string): Promise<void> {
    const producer = this.producers.get(topic);
    this.producers.delete(topic);
    await producer?.then((connected) => connected.disconnect()).catch(() => undefined);
  }

  private repliesOf(results: readonly RecordResult[]): Map<string, EncodedRecord[]> {
    const byTopic = new Map<string, EncodedRecord[]>();
    for (const each of results) {
      const { reply } = each.decoded;
      if (reply === undefined) continue;
      if (!isReplyTopicAllowed(this.topics, reply.topic)) {
        this.onMissed(1);
        continue;
      }
      const records = byTopic.get(reply.topic);
      if (records === undefined) byTopic.set(reply.topic, [replyTo(each, reply)]);
      else records.push(replyTo(each, reply));
    }
    return byTopic;
  }
}

function replyTo({ decoded, result }: RecordResult, to: ReplyAddress): EncodedRecord {
  if (result.kind !== 'dead-letter') return outcomeReply(to, result.entry, { duplicate: result.kind === 'duplicate' });
  const { reason: code, message } = result;
  return deadLetterReply(to, { code, message, commandId: decoded.ok ? decoded.command.id : decoded.commandId });
}
