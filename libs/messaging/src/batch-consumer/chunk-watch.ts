import type { FetchedBatch, LogConsumer, Membership } from '../log-consumer.js';
import { type ChunkSignal, MembershipLost } from '../ports.js';

/**
 * Keeps the membership alive while a chunk is worked on, and answers for it. Heartbeats are offered by a timer too,
 * so that one long round trip doesn't cost the membership; the consumer's client thins them out.
 */
export class ChunkWatch implements ChunkSignal {
  private readonly timer: NodeJS.Timeout;
  private last: Membership = 'member';

  constructor(
    private readonly batch: FetchedBatch,
    private readonly consumer: LogConsumer,
    private readonly isCurrent: () => boolean,
    private readonly limits: {
      readonly sessionTimeoutMs: number;
      readonly heartbeatIntervalMs: number;
    },
    private readonly nowMs: () => number,
  ) {
    this.timer = setInterval(() => void this.beat(), limits.heartbeatIntervalMs);
  }

  /** The group waits for this consumer: finish the chunk in hand and leave. */
  get rebalancing(): boolean {
    return this.last === 'rebalancing';
  }

  get lost(): boolean {
    return this.last === 'lost' || !this.isCurrent();
  }

  async heartbeat(): Promise<void> {
    await this.beat();
    if (this.lost)
      throw new MembershipLost(`${this.batch.topic}/${this.batch.partition}: the group went on without us`);
  }

  mayPublish(): boolean {
    return !this.lost && this.nowMs() - this.consumer.lastHeartbeatAtMs() < this.limits.sessionTimeoutMs;
  }

  end(): void {
    clearInterval(this.timer);
  }

  private async beat(): Promise<void> {
    const answer = await this.batch.heartbeat();
    // Once lost, always lost: a later "member" belongs to another assignment.
    if (this.last !== 'lost') this.last = answer;
  }
}
