import type { Kafka } from 'kafkajs';

/**
 * The inner layer of kafkajs that knows brokers, metadata, TLS, SASL and connections, as far as
 * `RecordBatchProducer` and `KafkaLogAdmin` use it. kafkajs keeps it behind a symbol; its version is pinned exactly
 * (2.2.4) and the contract suite runs against a real broker, so that a change of it can't go unnoticed.
 */
export interface KafkajsCluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  isConnected(): boolean;
  refreshMetadata(): Promise<void>;
  refreshMetadataIfNecessary(): Promise<void>;
  addMultipleTargetTopics(topics: readonly string[]): Promise<void>;
  findTopicPartitionMetadata(topic: string): readonly PartitionMetadata[];
  findBroker(node: { nodeId: number }): Promise<KafkajsBroker>;
  findGroupCoordinator(group: { groupId: string }): Promise<KafkajsBroker>;
  removeBroker(address: { host: string; port: number }): void;
}

export interface PartitionMetadata {
  readonly partitionId: number;
  /** Node id of the leader; −1 when there is none. */
  readonly leader: number;
}

export interface KafkajsBroker {
  offsetCommit(commit: OffsetCommit): Promise<unknown>;
  disconnect(): Promise<void>;
  readonly connectionPool: { send<T>(exchange: Exchange<T>): Promise<T> };
}

export interface OffsetCommit {
  readonly groupId: string;
  readonly memberId: string;
  readonly groupGenerationId: number;
  readonly topics: readonly {
    readonly topic: string;
    readonly partitions: readonly { readonly partition: number; readonly offset: string }[];
  }[];
}

/** A request of the Kafka protocol and how its answer is read. */
export interface Exchange<T> {
  readonly request: {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly apiName: string;
    expectResponse(): boolean;
    /** kafkajs copies `buffer` behind the request header; `buf` is what it checks. */
    encode(): Promise<{ buf: Buffer; buffer: Buffer }>;
  };
  readonly response: {
    decode(payload: Buffer): Promise<T>;
    parse(data: T): Promise<T>;
  };
}

interface ClusterOptions {
  readonly metadataMaxAge: number;
  readonly allowAutoTopicCreation: boolean;
  readonly maxInFlightRequests: number | null;
}

/** A cluster with the connection settings of the client. @throws Error when kafkajs is not the version this was written for. */
export function clusterOf(kafka: Kafka, options: ClusterOptions): KafkajsCluster {
  const symbol = Object.getOwnPropertySymbols(kafka).find(
    ({ description }) => description === 'private:Kafka:createCluster',
  );
  const create: unknown = symbol && Reflect.get(kafka, symbol);
  if (typeof create !== 'function') throw new Error('kafkajs 2.2.4 is required: its cluster layer was not found');
  return (create as (options: ClusterOptions) => KafkajsCluster)(options);
}
