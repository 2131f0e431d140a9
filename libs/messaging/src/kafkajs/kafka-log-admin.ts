import { setTimeout as sleep } from 'node:timers/promises';
import { type Admin, ConfigResourceTypes, type Kafka } from 'kafkajs';
import type { LogAdmin, LogRange, TopicDefinition, TopicDescription } from '../log-admin.js';
import { clusterOf } from './record-batch/kafkajs-cluster.js';

/** How long new topics may take until they are served. */
const TOPICS_SERVED_MS_MAX = 15_000;

/** Commits from outside the group, which the broker refuses while the group has members. */
const NO_MEMBER = { memberId: '', groupGenerationId: -1 } as const;

/** `LogAdmin` on a kafkajs admin client, which reconnects by itself. */
export class KafkaLogAdmin implements LogAdmin {
  private readonly admin: Admin;

  constructor(private readonly kafka: Kafka) {
    this.admin = kafka.admin();
  }

  connect(): Promise<void> {
    return this.admin.connect();
  }

  disconnect(): Promise<void> {
    return this.admin.disconnect();
  }

  async createTopics(definitions: readonly TopicDefinition[]): Promise<readonly string[]> {
    const existing = new Set(await this.admin.listTopics());
    const missing = definitions.filter(({ name }) => !existing.has(name));
    if (missing.length === 0) return [];
    await this.admin.createTopics({
      // kafkajs's own wait fails when the broker that it asks has not heard of the new topic yet.
      waitForLeaders: false,
      topics: missing.map(({ name, partitions, replicationFactor, configs }) => ({
        topic: name,
        numPartitions: partitions,
        // −1: the broker's default.
        replicationFactor: replicationFactor ?? -1,
        configEntries: Object.entries(configs).map(([configName, value]) => ({ name: configName, value })),
      })),
    });
    const made = missing.map(({ name }) => name);
    await this.untilServed(made);
    return made;
  }

  /** A topic is made on the controller; the brokers hear of it a moment later. */
  private async untilServed(names: string[]): Promise<void> {
    const deadline = Date.now() + TOPICS_SERVED_MS_MAX;
    for (;;) {
      try {
        const { topics } = await this.admin.fetchTopicMetadata({ topics: names });
        if (topics.every(({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0)))
          return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
      if (Date.now() > deadline) throw new Error(`not every partition of ${names.join(', ')} has a leader`);
      await sleep(50);
    }
  }

  async deleteTopics(names: readonly string[]): Promise<void> {
    await this.admin.deleteTopics({ topics: [...names] });
  }

  async describeTopics(names: readonly string[]): Promise<Map<string, TopicDescription>> {
    // Asking for a topic that doesn't exist would fail for all of them.
    const existing = new Set(await this.admin.listTopics());
    const asked = names.filter((name) => existing.has(name));
    const described = new Map<string, TopicDescription>();
    if (asked.length === 0) return described;
    const { topics } = await this.admin.fetchTopicMetadata({ topics: asked });
    const { resources } = await this.admin.describeConfigs({
      includeSynonyms: false,
      resources: asked.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })),
    });
    const configs = new Map(
      resources.map(({ resourceName, configEntries }) => [
        resourceName,
        Object.fromEntries(configEntries.map(({ configName, configValue }) => [configName, configValue])),
      ]),
    );
    for (const { name, partitions } of topics) {
      described.set(name, { name, partitions: partitions.length, configs: configs.get(name) ?? {} });
    }
    return described;
  }

  async logRanges(topic: string): Promise<Map<number, LogRange>> {
    const offsets = await this.admin.fetchTopicOffsets(topic);
    return new Map(offsets.map(({ partition, low, high }) => [partition, { start: BigInt(low), end: BigInt(high) }]));
  }

  async groupOffsets(groupId: string, topic: string): Promise<Map<number, bigint | null>> {
    const [found] = await this.admin.fetchOffsets({ groupId, topics: [topic] });
    // Negative: none, or one of kafkajs's marks for a default that it has not looked up yet.
    const offset = (text: string) => (text.startsWith('-') ? null : BigInt(text));
    return new Map(found?.partitions.map(({ partition, offset: text }) => [partition, offset(text)]));
  }

  async setGroupOffsets(groupId: string, topic: string, offsets: ReadonlyMap<number, bigint>): Promise<void> {
    // Not `admin.setOffsets`, which joins the group as a consumer, assigns itself everything and may never fetch.
    const cluster = clusterOf(this.kafka, {
      metadataMaxAge: 300_000,
      allowAutoTopicCreation: false,
      maxInFlightRequests: 1,
    });
    try {
      await cluster.connect();
      const coordinator = await cluster.findGroupCoordinator({ groupId });
      await coordinator.offsetCommit({
        groupId,
        ...NO_MEMBER,
        topics: [
          { topic, partitions: [...offsets].map(([partition, offset]) => ({ partition, offset: `${offset}` })) },
        ],
      });
    } finally {
      await cluster.disconnect();
    }
  }

  async deleteGroup(groupId: string): Promise<void> {
    try {
      await this.admin.deleteGroups([groupId]);
    } catch (error) {
      if (!isMissingGroup(error)) throw error;
    }
  }
}

function isMissingGroup(error: unknown): boolean {
  const groups: unknown = error instanceof Error ? Reflect.get(error, 'groups') : undefined;
  return (
    Array.isArray(groups) &&
    groups.length > 0 &&
    groups.every((group: { error?: { type?: string } }) => group.error?.type === 'GROUP_ID_NOT_FOUND')
  );
}
