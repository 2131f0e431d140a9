import type { LogAdmin, LogRange } from '../log-admin.js';
import type { LogConsumer } from '../log-consumer.js';
import type { PositionStore } from '../ports.js';
import { backoffMs, waitMs } from './backoff.js';
import type { Lane } from './lane.js';
import type { ConsumerObserver, StoppedPartition } from './observer.js';
import type { BatchConsumerOptions } from './options.js';
import { resumePosition } from './resume-position.js';

interface ClaimParts {
  readonly consumer: LogConsumer;
  readonly admin: LogAdmin;
  readonly positions: PositionStore;
}

/** What becomes of a claimed lane. */
interface ClaimedLanes {
  isCurrent(lane: Lane): boolean;
  resume(lane: Lane, seekTo: bigint): void;
  stop(lane: Lane, why: StoppedPartition): void;
}

const HEARTBEAT_POLL_MS = 20;

/**
 * Claims positions and decides where partitions go on. One claim at a time, so that a late answer to an old claim
 * can't write its owner over a newer one's; retried until it succeeds or the assignment has ended.
 */
export class PositionClaims {
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: ClaimParts,
    private readonly options: BatchConsumerOptions,
    private readonly observer: ConsumerObserver,
    private readonly claimed: ClaimedLanes,
  ) {}

  /** In the background. Not before a heartbeat sent after `membershipAfterMs` was confirmed. */
  request(lanes: readonly Lane[], assignment: AbortSignal, membershipAfterMs: number): void {
    this.last = this.last.then(() => this.claimUntilDone(lanes, assignment, membershipAfterMs));
  }

  /** Lanes whose row or log isn't what this worker left, each with the reason as a sentence. Never throws. */
  async compare(lanes: readonly Lane[]): Promise<ReadonlyMap<Lane, string>> {
    const moved = new Map<Lane, string>();
    for (const [topic, ofTopic] of byTopic(lanes)) {
      const expected = new Map(ofTopic.map((lane) => [lane, lane.rowPosition]));
      try {
        // The row first: an end that is read later is never below a row that is right.
        const rows = await this.parts.positions.read(
          topic,
          ofTopic.map((lane) => lane.partition),
        );
        const ranges = await this.parts.admin.logRanges(topic);
        for (const lane of ofTopic) {
          if (lane.rowPosition !== expected.get(lane)) continue;
          const row = rows.get(lane.partition)?.nextOffset ?? null;
          const reason = this.movedBecause(lane, row, ranges.get(lane.partition));
          if (reason !== undefined) moved.set(lane, reason);
        }
      } catch (error) {
        this.observer.warning?.(`${topic}: idle partitions could not be compared; trying again.`, error);
      }
    }
    return moved;
  }

  private movedBecause(lane: Lane, row: bigint | null, log: LogRange | undefined): string | undefined {
    const { topic, partition } = lane;
    if (log === undefined) return undefined;
    const at = resumePosition({ topic, partition, row, group: lane.position ?? null, log });
    if (lane.status === 'stopped') {
      return at.kind === 'resume' ? `${lane.key}: the position lies inside the log again.` : undefined;
    }
    if (at.kind === 'stop') return at.stopped.message;
    if ((row ?? 0n) !== lane.rowPosition) {
      return `${lane.key}: the progress row moved from ${lane.rowPosition} to ${row ?? 'none'}.`;
    }
    const position = lane.position ?? log.end;
    this.observer.lag?.({ topic, partition, lag: log.end > position ? log.end - position : 0n });
    return undefined;
  }

  private async claimUntilDone(lanes: readonly Lane[], assignment: AbortSignal, afterMs: number): Promise<void> {
    for (let attempt = 1; !assignment.aborted; attempt++) {
      // Those that an earlier attempt has placed are not claimed again: that would take them from themselves.
      const waiting = lanes.filter((lane) => lane.status === 'claiming' && this.claimed.isCurrent(lane));
      if (waiting.length === 0 || !(await this.membershipConfirmed(assignment, afterMs))) return;
      try {
        for (const [topic, ofTopic] of byTopic(waiting)) await this.claim(topic, ofTopic, assignment);
      } catch (error) {
        this.observer.warning?.('Positions could not be claimed; trying again.', error);
        const { backoffInitialMs, pauseMaxMs } = this.options;
        await waitMs(backoffMs(attempt, backoffInitialMs, pauseMaxMs), assignment);
      }
    }
  }

  private async membershipConfirmed(assignment: AbortSignal, afterMs: number): Promise<boolean> {
    while (this.parts.consumer.lastHeartbeatAtMs() <= afterMs) {
      if (!(await waitMs(HEARTBEAT_POLL_MS, assignment))) return false;
    }
    return !assignment.aborted;
  }

  private async claim(topic: string, lanes: readonly Lane[], assignment: AbortSignal): Promise<void> {
    const { admin, positions, consumer } = this.parts;
    const rows = await positions.claim(
      topic,
      lanes.map((lane) => lane.partition),
    );
    const groups = await admin.groupOffsets(consumer.groupId, topic);
    const ranges = await admin.logRanges(topic);
    if (assignment.aborted) return;
    for (const lane of lanes) {
      const row = rows.get(lane.partition);
      const log = ranges.get(lane.partition);
      if (!this.claimed.isCurrent(lane)) continue;
      if (row === undefined || log === undefined) throw new Error(`${lane.key}: no position was claimed.`);
      lane.owner = row.owner;
      lane.rowPosition = row.nextOffset ?? 0n;
      this.place(lane, row.nextOffset, groups.get(lane.partition) ?? null, log);
    }
  }

  private place(lane: Lane, row: bigint | null, committed: bigint | null, log: LogRange): void {
    const { topic, partition } = lane;
    // What this worker has read to in this assignment is published; the group's offset may lag behind it.
    const at = resumePosition({ topic, partition, row, group: lane.position ?? committed, log });
    if (at.kind === 'stop') return this.claimed.stop(lane, at.stopped);
    if (at.warning !== undefined) this.observer.warning?.(at.warning);
    lane.position = at.position;
    lane.lastChunkAtMs = 0;
    this.observer.positioned?.({ topic, partition, position: at.position, rowPosition: row });
    // Even where the client seems to be there already: a seek of an earlier assignment may still be on its list.
    this.claimed.resume(lane, at.position);
  }
}

function byTopic(lanes: readonly Lane[]): Map<string, Lane[]> {
  const topics = new Map<string, Lane[]>();
  for (const lane of lanes) {
    const ofTopic = topics.get(lane.topic);
    if (ofTopic === undefined) topics.set(lane.topic, [lane]);
    else ofTopic.push(lane);
  }
  return topics;
}
