import { type LogAdmin, type OutgoingRecord, partitionOf, type PositionStore } from '@app/messaging';

interface Sample {
  readonly atMs: number;
  /** End of the log by partition. */
  readonly ends: ReadonlyMap<number, bigint>;
}

/**
 * Which partitions of the command log are applied too late: where the log ended `lagMsMax` ago has not been reached
 * yet. There the scheduler waits, because what it publishes would only lengthen the queue, again and again. A
 * partition that is stopped (its position lies outside the log) counts too, and holds no other one back.
 */
export class CommandLag {
  /** The newest one that is at least `lagMsMax` old, and those after it. */
  private readonly samples: Sample[] = [];
  private readonly late = new Set<number>();
  private partitionCount = 0;

  constructor(
    private readonly admin: Pick<LogAdmin, 'logRanges'>,
    private readonly positions: Pick<PositionStore, 'read'>,
    private readonly topic: string,
    private readonly lagMsMax: number,
  ) {}

  /** To be called about every second. @throws when Kafka or Postgres is away */
  async look(nowMs: number): Promise<void> {
    const before = this.samples.at(-1);
    const known = [...(before?.ends.keys() ?? (await this.admin.logRanges(this.topic)).keys())];
    // Positions first: then one above the end is outside the log, not just newer than the end.
    const positions = await this.positions.read(this.topic, known);
    const ranges = await this.admin.logRanges(this.topic);

    this.samples.push({ atMs: nowMs, ends: new Map([...ranges].map(([partition, { end }]) => [partition, end])) });
    while (nowMs - (this.samples[1]?.atMs ?? nowMs) >= this.lagMsMax) this.samples.shift();
    const [oldest] = this.samples;
    const reference = oldest !== undefined && nowMs - oldest.atMs >= this.lagMsMax ? oldest.ends : undefined;

    this.partitionCount = ranges.size;
    this.late.clear();
    for (const [partition, { start, end }] of ranges) {
      const position = positions.get(partition)?.nextOffset ?? start;
      const dueOffset = reference?.get(partition) ?? start;
      if (position < dueOffset || position > end) this.late.add(partition);
    }
  }

  get latePartitions(): number {
    return this.late.size;
  }

  get isEverywhere(): boolean {
    return this.late.size > 0 && this.late.size === this.partitionCount;
  }

  /** Whether commands with this key would be applied too late. */
  isLate(key: OutgoingRecord['key']): boolean {
    return this.late.size > 0 && this.late.has(partitionOf(key, this.partitionCount));
  }
}
