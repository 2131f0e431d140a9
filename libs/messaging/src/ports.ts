/**
 * What the rest of the product knows of a log with partitions. Two implementations, one contract suite:
 * Kafka (kafkajs) and the in-memory broker for fast deterministic tests.
 */

export type HeaderValue = Buffer | string;
export type Headers = Readonly<Record<string, HeaderValue | null | readonly (HeaderValue | null)[] | undefined>>;

/** A record as read from the log. */
export interface LogRecord {
  readonly offset: bigint;
  /** Append time, milliseconds since the epoch (the topic has `message.timestamp.type=LogAppendTime`). */
  readonly timestampMs: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Headers;
  /** Set: these are no records but what lies on the log in their place, and `value` is the beginning of its bytes. */
  readonly undecodable?: Undecodable;
}

/**
 * What a publisher put onto the log and nobody can read: a batch that a codec refuses, that unpacks to too much, or
 * whose records are malformed. Handed on like one record at the first of its offsets, so that it is dead-lettered
 * and the partition flows on (P7).
 */
export interface Undecodable {
  /** The last offset that it takes. */
  readonly lastOffset: bigint;
  /** Its size on the log, of which `value` has at most the first 64 KiB. */
  readonly bytes: number;
  /** What is wrong with it, for people; the same at every redelivery. */
  readonly reason: string;
}

/** A record to be written. Without `partition` the key decides (murmur2, as the Java client). */
export interface OutgoingRecord {
  readonly key?: Buffer | string | null;
  readonly value: Buffer | string | null;
  readonly headers?: Headers;
  readonly partition?: number;
}

export interface TopicRecords {
  readonly topic: string;
  readonly records: readonly OutgoingRecord[];
}

/** Writes records. Order within a partition is the order of calls and of records within a call. */
export interface LogProducer {
  connect(): Promise<void>;
  /** Resolves when all in-sync replicas have acknowledged every record (acks=all); rejects when any was not. */
  send(batch: readonly TopicRecords[]): Promise<void>;
  disconnect(): Promise<void>;
}

/** One partition of a topic. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/**
 * What the progress row must hold when a chunk is applied (overview, "progress row"): this worker's owner, and
 * the next offset that this worker claimed or left there. That offset is often AHEAD of the chunk's first record:
 * after a crash between Postgres commit and offset commit the records before it are read again.
 * The transaction sets the row to the larger of `nextOffset` and the chunk's `toOffset`.
 */
export interface Fence {
  readonly owner: string;
  readonly nextOffset: bigint;
}

/** Records of one partition, in offset order, to be applied and published as one unit. */
export interface Chunk extends TopicPartition {
  readonly fence: Fence;
  /** Position after its last record; where the next chunk begins. */
  readonly toOffset: bigint;
  readonly records: readonly LogRecord[];
}

/**
 * Applies a chunk and publishes its events; resolves when both are acknowledged, so that the offset may move.
 * Throws `PositionLost` when the fence didn't hold (nothing was applied), anything else for an outage: the
 * consumer backs off and hands over the same records again.
 */
export interface ChunkProcessor {
  process(chunk: Chunk, signal: ChunkSignal): Promise<void>;
}

/** What a processor may ask its consumer while it works on a chunk. */
export interface ChunkSignal {
  /** Keeps the group membership alive; to be called around every round trip. Throws when membership is lost. */
  heartbeat(): Promise<void>;
  /** True while the last successful heartbeat is younger than the session timeout: only then may events be sent. */
  mayPublish(): boolean;
}

/** The position row of a partition, kept where the effects are kept (overview, "progress row"). */
export interface Position {
  /** Next offset to apply; null: no row yet, so the beginning of the log. */
  readonly nextOffset: bigint | null;
}

/** Where positions are kept. Implemented by the store. */
export interface PositionStore {
  /** Writes a fresh random owner into the row of each partition (made when missing) and returns owner and position. */
  claim(topic: string, partitions: readonly number[]): Promise<Map<number, Position & { readonly owner: string }>>;
  /** Reads the positions without claiming them. */
  read(topic: string, partitions: readonly number[]): Promise<Map<number, Position>>;
}

/** The fence did not hold: another owner, or another position than this worker left. Nothing was applied. */
export class PositionLost extends Error {
  override readonly name = 'PositionLost';
  constructor(
    readonly topic: string,
    readonly partition: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The group went on without this worker, or may have: no heartbeat was confirmed within the session timeout.
 * Thrown by `ChunkSignal.heartbeat`, and to be thrown by a processor that finds `mayPublish()` false. The chunk is
 * left unresolved; the owner of the partition, whoever it is by now, gets its records again and sends their events.
 */
export class MembershipLost extends Error {
  override readonly name = 'MembershipLost';
}
