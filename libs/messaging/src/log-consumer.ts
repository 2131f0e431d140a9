import type { LogRecord, TopicPartition } from './ports.js';

/**
 * What a heartbeat told about the group membership.
 * `member`: confirmed. `rebalancing`: still a member, but the group waits for this consumer to hand its partitions
 * back. `lost`: the group went on without it. `unknown`: the coordinator didn't answer.
 */
export type Membership = 'member' | 'rebalancing' | 'lost' | 'unknown';

/** Records of one partition as they were fetched, never empty. */
export interface FetchedBatch extends TopicPartition {
  /** The position that was asked for. The first record may lie above it: offsets have gaps. */
  readonly fetchedFrom: bigint;
  /** The position after this batch; above the last record when transaction markers follow it. */
  readonly nextOffset: bigint;
  /** End of the log (high watermark) when it was fetched. */
  readonly logEnd: bigint;
  readonly records: readonly LogRecord[];
  /** Everything below `nextOffset` is done; committed to the group at the latest when the handler returns. */
  resolve(nextOffset: bigint): void;
  /** True when the batch must be left alone: the consumer stops, or its partition was moved to another position. */
  isStale(): boolean;
  /** Tells the group that this member is alive; sent at most once per heartbeat interval. Never throws. */
  heartbeat(): Promise<Membership>;
}

/** How far a partition could be read when it was fetched. */
export interface ReadableEnd extends TopicPartition {
  /** The position that was asked for. */
  readonly position: bigint;
  /** Where the oldest transaction begins that has not ended; nothing from here on is readable. Else the log's end. */
  readonly lastStableOffset: bigint;
  /** End of the log (high watermark). */
  readonly logEnd: bigint;
}

/** What a `LogConsumer` calls. None of these may throw. */
export interface LogConsumerHandlers {
  /** A new assignment, before anything of it is fetched; replaces the one before. Partitions paused here stay paused. */
  assigned(partitions: readonly TopicPartition[]): void;
  /** At most one at a time per partition. What it leaves unresolved is fetched again. */
  batch(batch: FetchedBatch): Promise<void>;
  /** With every fetch that brought something, or nothing because an open transaction holds the partition up. */
  fetched?(end: ReadableEnd): void;
  /** The client gave up. `restarting`: it tries again by itself; otherwise it is dead for good. */
  crashed(error: Error, restarting: boolean): void;
}

/**
 * A member of a consumer group. Starts at the group's offset, or at the beginning of the log when there is none.
 * Two implementations: `KafkaLogConsumer` and `InMemoryLogConsumer`.
 */
export interface LogConsumer {
  readonly groupId: string;
  /** Connects, joins the group and begins to fetch. Rejects when the first connection fails; may be called again. */
  start(topics: readonly string[], handlers: LogConsumerHandlers): Promise<void>;
  /** Fetches no more, waits for running handlers, commits what they resolved, leaves the group, disconnects. */
  stop(): Promise<void>;
  /** The next fetch of the partition begins here; batches fetched before are dropped or become stale. */
  seek(at: TopicPartition, offset: bigint): void;
  pause(at: TopicPartition): void;
  resume(at: TopicPartition): void;
  /** When the last confirmed heartbeat (or join) was SENT, ms since the epoch; 0: never. */
  lastHeartbeatAtMs(): number;
  /** When the client last showed any sign of life (fetch, heartbeat, join, reconnect), ms since the epoch; 0: never. */
  lastActivityAtMs(): number;
}
