import {
  balanceChangedEvent,
  cacheInvalidationOf,
  catalogChangedEvent,
  commandRejectedEvent,
  deadLetterRecord,
  type EncodedRecord,
  type Topics,
} from '@app/contracts';
import type { LedgerEntry } from '@app/domain';
import type { LogProducer, TopicPartition } from '@app/messaging';
import type { RecordResult } from './isolate.js';
import type { PublishedEvents } from './pipeline-observer.js';

export interface OutcomePublisherOptions {
  readonly topics: Topics;
  /** Consumer group, named on dead letters. */
  readonly group: string;
  /** Largest record that the dead-letter topic takes, bytes of key, value and headers; larger values are cut. */
  readonly deadLetterBytesMax: number;
}

/** The records that a chunk's results make, by topic. */
export interface OutgoingEvents {
  readonly balanceChanged: readonly EncodedRecord[];
  readonly commandRejected: readonly EncodedRecord[];
  readonly cacheInvalidation: readonly EncodedRecord[];
  readonly catalogChanged: readonly EncodedRecord[];
  readonly deadLetters: readonly EncodedRecord[];
}

/** Publishes what a chunk made. Resolves when the broker has acknowledged all of it (P2). */
export class OutcomePublisher {
  constructor(
    private readonly producer: LogProducer,
    private readonly options: OutcomePublisherOptions,
    private readonly nowMs: () => number = Date.now,
  ) {}

  async publish(from: TopicPartition, results: readonly RecordResult[]): Promise<PublishedEvents> {
    const { topics } = this.options;
    const events = this.eventsOf(from, results);
    const sends = [
      { topic: topics.balanceChanged, records: events.balanceChanged },
      { topic: topics.commandRejected, records: events.commandRejected },
      { topic: topics.cacheInvalidation, records: events.cacheInvalidation },
      { topic: topics.catalogChanged, records: events.catalogChanged },
      { topic: topics.deadLetter, records: events.deadLetters },
    ].filter(({ records }) => records.length > 0);
    if (sends.length > 0) await this.producer.send(sends);
    return sends.map(({ topic, records }) => ({ topic, count: records.length }));
  }

  /**
   * One balance event per command applied to an account, one catalogue event per command applied to the catalogue,
   * one rejection per rejected or conflicting one, in the order of the log; the newest version of each account as its
   * invalidation. A publisher's duplicate makes no event: its first
   * occurrence made them.
   */
  eventsOf(from: TopicPartition, results: readonly RecordResult[]): OutgoingEvents {
    const balanceChanged: EncodedRecord[] = [];
    const commandRejected: EncodedRecord[] = [];
    const catalogChanged: EncodedRecord[] = [];
    const deadLetters: EncodedRecord[] = [];
    const newest = new Map<string, Traced>();
    for (const { record, decoded, result } of results) {
      const { traceparent } = decoded;
      if (result.kind === 'dead-letter') {
        const { reason, message, pointer } = result;
        const { group, deadLetterBytesMax } = this.options;
        const { topic, partition } = from;
        const failed = { record, topic, partition, group, failedAt: this.nowMs(), reason, message, pointer };
        deadLetters.push(deadLetterRecord(failed, deadLetterBytesMax));
      } else if (result.kind !== 'duplicate') {
        const { entry } = result;
        if (entry.status === 'rejected') {
          commandRejected.push(commandRejectedEvent(entry, traceparent));
        } else if (result.kind !== 'conflict' && result.changed !== undefined) {
          catalogChanged.push(catalogChangedEvent(entry, result.changed, traceparent));
        } else {
          balanceChanged.push(balanceChangedEvent(entry, traceparent));
          keepNewest(newest, { entry, traceparent });
        }
      }
    }
    const cacheInvalidation = [...newest.values()].map(({ entry, traceparent }) =>
      cacheInvalidationOf(entry, traceparent),
    );
    return { balanceChanged, commandRejected, cacheInvalidation, catalogChanged, deadLetters };
  }
}

interface Traced {
  readonly entry: LedgerEntry;
  readonly traceparent: string | undefined;
}

function keepNewest(newest: Map<string, Traced>, traced: Traced): void {
  const { tenantId, accountId, creditType, version } = traced.entry;
  const key = `${tenantId}\0${accountId}\0${creditType}`;
  const before = newest.get(key)?.entry.version ?? 0n;
  if (version !== null && version > before) newest.set(key, traced);
}
