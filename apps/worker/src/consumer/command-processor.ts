import type { DecodeResult } from '@app/contracts';
import { type Chunk, type ChunkProcessor, type ChunkSignal, type LogRecord, MembershipLost } from '@app/messaging';
import type { Ledger } from '@app/store';
import { applyIsolating } from './isolate.js';
import type { OutcomePublisher } from './outcome-publisher.js';
import type { ReplySender } from './reply-sender.js';
import type { PipelineObserver } from './pipeline-observer.js';

/**
 * The way of a chunk: decode → one Postgres transaction (read, decide, write) → publish. Resolves when the broker
 * has acknowledged the events, so that the offset may move (P2); a crash anywhere before means that the records
 * come again and their events are rebuilt from the ledger (overview, "The idea that keeps it simple").
 */
export class CommandProcessor implements ChunkProcessor {
  constructor(
    private readonly decode: (record: LogRecord) => DecodeResult,
    private readonly ledger: Ledger,
    private readonly publisher: OutcomePublisher,
    /** Undefined: replies are switched off. */
    private readonly replies: ReplySender | undefined,
    private readonly observer: PipelineObserver,
  ) {}

  /**
   * @throws PositionLost when another worker took over or Postgres was restored: nothing was applied or published.
   * @throws MembershipLost when the heartbeats stopped: the events are left to the partition's owner.
   * Any other error is an outage; the consumer hands over the same records again.
   */
  async process(chunk: Chunk, signal: ChunkSignal): Promise<void> {
    const startedAt = performance.now();
    const records = chunk.records.map((record) => ({
      record,
      decoded: this.decodeSafely(record),
    }));
    const decodedAt = performance.now();

    const results = await applyIsolating(this.ledger, chunk, records, signal);
    const appliedAt = performance.now();

    await signal.heartbeat();
    if (!signal.mayPublish())
      throw new MembershipLost('the heartbeats stopped, so the events are left to the owner of the partition');
    const events = await this.publisher.publish(chunk, results);
    this.replies?.send(results);

    const timings = {
      decodeMs: decodedAt - startedAt,
      applyMs: appliedAt - decodedAt,
      publishMs: performance.now() - appliedAt,
    };
    this.observer.chunkProcessed(results, timings, events);
  }

  /** An exception of the decoder is a bug on one record, so it becomes that record's dead letter (P7). */
  private decodeSafely(record: LogRecord): DecodeResult {
    try {
      return this.decode(record);
    } catch (error) {
      return {
        ok: false,
        code: 'PROCESSING_FAILED',
        message: `the decoder failed: ${String(error)}`,
      };
    }
  }
}
