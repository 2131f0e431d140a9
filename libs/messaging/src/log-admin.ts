/** Where a partition's log begins and ends. `end` is the offset that the next record gets. */
export interface LogRange {
  readonly start: bigint;
  readonly end: bigint;
}

export interface TopicDefinition {
  readonly name: string;
  readonly partitions: number;
  /** Absent: the broker's default. */
  readonly replicationFactor?: number;
  /** Topic configuration by Kafka's names, e.g. `message.timestamp.type`. */
  readonly configs: Readonly<Record<string, string>>;
}

export interface TopicDescription {
  readonly name: string;
  readonly partitions: number;
  readonly configs: Readonly<Record<string, string>>;
}

/** Administration of a log. Every call may reject with the client's error while the broker is away. */
export interface LogAdmin {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  /** Makes topics; those that exist are left as they are. Resolves with the names that were made. */
  createTopics(definitions: readonly TopicDefinition[]): Promise<readonly string[]>;
  deleteTopics(names: readonly string[]): Promise<void>;
  /** Topics that don't exist are absent from the result. */
  describeTopics(names: readonly string[]): Promise<Map<string, TopicDescription>>;
  /** By partition. Rejects when the topic doesn't exist. */
  logRanges(topic: string): Promise<Map<number, LogRange>>;
  /** By partition; null: the group has no offset there. */
  groupOffsets(groupId: string, topic: string): Promise<Map<number, bigint | null>>;
  /** Moves the offsets of a group without members. */
  setGroupOffsets(groupId: string, topic: string, offsets: ReadonlyMap<number, bigint>): Promise<void>;
  /** Deletes a group without members; a missing one is fine. */
  deleteGroup(groupId: string): Promise<void>;
}

/** Records between the group's offset (none: the log's start) and the log's end, by partition. */
export async function consumerLag(admin: LogAdmin, groupId: string, topic: string): Promise<Map<number, bigint>> {
  // Offsets first: an end that is read later is never below them, so that a lag is never negative.
  const offsets = await admin.groupOffsets(groupId, topic);
  const ranges = await admin.logRanges(topic);
  const lags = new Map<number, bigint>();
  for (const [partition, { start, end }] of ranges) {
    const offset = offsets.get(partition) ?? start;
    lags.set(partition, end - (offset > start ? offset : start));
  }
  return lags;
}
