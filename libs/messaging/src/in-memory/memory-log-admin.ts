import type { LogAdmin, LogRange, TopicDefinition, TopicDescription } from '../log-admin.js';
import type { MemoryBroker } from './memory-broker.js';

/** `LogAdmin` on a `MemoryBroker`. */
export class MemoryLogAdmin implements LogAdmin {
  constructor(private readonly broker: MemoryBroker) {}

  connect(): Promise<void> {
    return Promise.resolve();
  }

  disconnect(): Promise<void> {
    return Promise.resolve();
  }

  createTopics(definitions: readonly TopicDefinition[]): Promise<readonly string[]> {
    return this.answer(() =>
      definitions.filter((definition) => this.broker.createTopic(definition)).map(({ name }) => name),
    );
  }

  deleteTopics(names: readonly string[]): Promise<void> {
    return this.answer(() => names.forEach((name) => this.broker.deleteTopic(name)));
  }

  describeTopics(names: readonly string[]): Promise<Map<string, TopicDescription>> {
    return this.answer(() => {
      const found = names.map((name) => this.broker.describe(name)).filter((topic) => topic !== undefined);
      return new Map(found.map((topic) => [topic.name, topic]));
    });
  }

  logRanges(topic: string): Promise<Map<number, LogRange>> {
    return this.answer(() => this.broker.ranges(topic));
  }

  groupOffsets(groupId: string, topic: string): Promise<Map<number, bigint | null>> {
    return this.answer(() => {
      const { offsets } = this.broker.group(groupId);
      const partitions = Array.from({ length: this.broker.partitionCount(topic) }, (_, partition) => partition);
      return new Map(partitions.map((partition) => [partition, offsets.get(`${topic}/${partition}`) ?? null]));
    });
  }

  setGroupOffsets(groupId: string, topic: string, offsets: ReadonlyMap<number, bigint>): Promise<void> {
    return this.answer(() => {
      const group = this.broker.group(groupId);
      if (group.memberCount > 0) throw new Error(`Group ${groupId} has members.`);
      for (const [partition, offset] of offsets) group.offsets.set(`${topic}/${partition}`, offset);
    });
  }

  deleteGroup(groupId: string): Promise<void> {
    return this.answer(() => this.broker.deleteGroup(groupId));
  }

  private async answer<T>(work: () => T): Promise<T> {
    await Promise.resolve();
    this.broker.assertReachable();
    return work();
  }
}
