import type { EachBatchPayload } from 'kafkajs';

/**
 * Commits resolved offsets a few times a second, in the background. kafkajs itself commits after every batch and
 * waits for it: at twelve partitions that was most of the requests of a busy worker, and a round trip of latency for
 * each batch (docs/adr). What is committed late is only read again after a crash, where the position store knows
 * that it was applied; its events are sent again with the same ids.
 */
export class OffsetCommits {
  /** The way to kafkajs's offsets of the present membership. */
  private newest: EachBatchPayload | undefined;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private stopping = false;

  /** @param intervalMs longest time that a resolved offset waits to be committed, milliseconds. */
  constructor(private readonly intervalMs: number) {}

  /** To be called when a batch's handler has returned. Waits only while stopping: then the group is left soon. */
  async afterBatch(payload: EachBatchPayload): Promise<void> {
    this.newest = payload;
    if (this.stopping) await this.commit();
    else this.timer ??= setTimeout(() => void this.commit(), this.intervalMs);
  }

  /** Commits what waits; batches that are still being worked on commit for themselves when they end. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.commit();
  }

  /** Never rejects: a member that was left behind can't commit, and its successor goes on from the older offset. */
  private async commit(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.running;
    this.running = this.commitNow();
    await this.running;
    this.running = undefined;
  }

  private async commitNow(): Promise<void> {
    const payload = this.newest;
    if (payload === undefined) return;
    try {
      await payload.commitOffsetsIfNecessary(payload.uncommittedOffsets());
    } catch {
      // Said by the next heartbeat too, which acts on it.
    }
  }
}
