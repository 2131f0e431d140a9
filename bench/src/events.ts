import type { KafkaMessage } from 'kafkajs';
import type { Broker } from './broker.js';

/** What both events of a contender say, as far as the bench checks it. */
export interface EventLog {
  /** Append time of each balance event, milliseconds, by command id. */
  readonly balanceAtMs: ReadonlyMap<string, number>;
  /** Account and version of each balance event, by command id. */
  readonly balanceOf: ReadonlyMap<string, AccountVersion>;
  /** Balance events on the topic, repeats included. */
  readonly balanceEvents: number;
  readonly invalidationEvents: number;
  /** Invalidations of each account in the topic's order. */
  readonly invalidations: ReadonlyMap<string, readonly TimedVersion[]>;
}

export interface AccountVersion {
  readonly accountId: string;
  readonly version: number;
}

export interface TimedVersion {
  readonly version: number;
  readonly atMs: number;
}

/** Reads both topics whole. Versions stay far below 2^53 here. */
export async function readEvents(broker: Broker, balanceTopic: string, invalidationTopic: string): Promise<EventLog> {
  const balanceAtMs = new Map<string, number>();
  const balanceOf = new Map<string, AccountVersion>();
  const invalidations = new Map<string, TimedVersion[]>();
  let balanceEvents = 0;
  let invalidationEvents = 0;
  await broker.readAll([balanceTopic, invalidationTopic], (topic, _partition, message) => {
    const data = dataOf(message);
    const atMs = Number(message.timestamp);
    const version = Number(data.version);
    if (topic === balanceTopic) {
      balanceEvents += 1;
      balanceAtMs.set(data.commandId ?? '', atMs);
      balanceOf.set(data.commandId ?? '', {
        accountId: data.accountId,
        version,
      });
      return;
    }
    invalidationEvents += 1;
    const known = invalidations.get(data.accountId);
    if (known === undefined) invalidations.set(data.accountId, [{ version, atMs }]);
    else known.push({ version, atMs });
  });
  return {
    balanceAtMs,
    balanceOf,
    balanceEvents,
    invalidationEvents,
    invalidations,
  };
}

interface EventData {
  readonly accountId: string;
  readonly version: string;
  readonly commandId?: string;
}

/** The event's data: the value itself, or inside a structured CloudEvent. */
function dataOf(message: KafkaMessage): EventData {
  const value = JSON.parse(message.value?.toString('utf8') ?? 'null') as EventData & { data?: EventData };
  return value.data ?? value;
}
