import { check } from './check.js';
import type { Contender, ContenderName, RunNames } from './contender.js';
import { type EventLog, readEvents } from './events.js';
import { topicLogBytes } from './processes.js';
import { type CpuSeconds, type Servers, cpuBetween, inMicroseconds } from './servers.js';
import { type Watched, watch } from './watch.js';
import { type Window, cpuPerRecord, measuredWindow } from './window.js';
import { type Expectation, expectation } from './workload.js';

/** Storage taken by one command; undefined where it can't be seen. */
export interface BytesPerCommand {
  readonly tables: number;
  readonly indexes: number;
  readonly wal: number;
  readonly commandLog: number | undefined;
  readonly eventLogs: number | undefined;
}

/** What one run of one contender showed. */
export interface RunResult {
  readonly contender: ContenderName;
  readonly round: number;
  readonly window: Window;
  /** Over the whole run, from the first sample to the last. */
  readonly cpuSeconds: CpuSeconds;
  /** In the measured window, microseconds. */
  readonly cpuMicrosecondsPerRecord: CpuSeconds;
  readonly peakMemoryBytes: number | undefined;
  readonly bytesPerCommand: BytesPerCommand;
  /** What was verified. */
  readonly checks: readonly string[];
}

/** Sizes before and after. */
interface Sizes {
  readonly tables: number;
  readonly indexes: number;
  readonly wal: number;
}

/** A run's database and topics, made fresh. */
export interface Allocated {
  readonly names: RunNames;
  /** Drops them. */
  readonly clear: () => Promise<void>;
}

/** Makes a copy of the contender's template and its topics. */
export async function allocate(
  { broker, postgres }: Servers,
  contender: Contender,
  id: string,
  partitions: number,
  folder: string,
): Promise<Allocated> {
  const database = `bench_run_${id}`;
  const topics = contender.topics(id);
  const all = [topics.balance, topics.invalidation, ...topics.others];
  await broker.createTopics(all, partitions);
  const databaseUrl = await postgres.clone(contender.template, database);
  return {
    names: {
      id,
      database,
      databaseUrl,
      balanceTopic: topics.balance,
      invalidationTopic: topics.invalidation,
      logFile: `${folder}/${id}.log`,
    },
    clear: async () => {
      await postgres.drop(database);
      await broker.deleteTopics(all);
    },
  };
}

/** Runs one contender over its whole preloaded topic and verifies what it did. */
export async function runOnce(
  servers: Servers,
  contender: Contender,
  names: RunNames,
  round: number,
): Promise<RunResult> {
  const { broker, postgres } = servers;
  const { database, balanceTopic, invalidationTopic } = names;
  const expected = expectation(contender.workload);
  const before = await sizes(servers, database);
  const watched = await watchToTheEnd(servers, contender, names, expected.commands);
  const after = await sizes(servers, database);
  const events = await readEvents(broker, balanceTopic, invalidationTopic);
  return {
    contender: contender.name,
    round,
    ...summary(watched, events, expected),
    bytesPerCommand: {
      tables: (after.tables - before.tables) / expected.commands,
      indexes: (after.indexes - before.indexes) / expected.commands,
      wal: (after.wal - before.wal) / expected.commands,
      commandLog: logBytes(servers, [contender.commandsTopic], expected.records),
      eventLogs: logBytes(servers, [balanceTopic, invalidationTopic], expected.commands),
    },
    checks: check(expected, await contender.ledgerFacts(postgres, database), events),
  };
}

async function watchToTheEnd(
  servers: Servers,
  contender: Contender,
  names: RunNames,
  events: number,
): Promise<Watched> {
  const group = contender.groupId(names.id);
  const running = contender.start(names);
  try {
    return await watch(servers, running, {
      eventsTopic: names.balanceTopic,
      events,
      lag: () => (group === undefined ? Promise.resolve(0) : servers.broker.lag(group, contender.commandsTopic)),
    });
  } finally {
    await running.stop();
  }
}

function summary(watched: Watched, events: EventLog, expected: Expectation) {
  const { samples, peakMemoryBytes } = watched;
  const recordsPerEvent = expected.records / expected.commands;
  const perRecord = cpuPerRecord(samples, recordsPerEvent);
  const first = samples[0]?.cpu;
  const last = samples.at(-1)?.cpu;
  const zero: CpuSeconds = { process: 0, kafka: 0, postgres: 0 };
  return {
    window: measuredWindow([...events.balanceAtMs.values()], recordsPerEvent),
    cpuSeconds: cpuBetween(first ?? zero, last ?? zero),
    cpuMicrosecondsPerRecord: inMicroseconds(perRecord),
    peakMemoryBytes,
  };
}

async function sizes({ postgres }: Servers, database: string): Promise<Sizes> {
  return { ...(await postgres.size(database)), wal: await postgres.walBytes() };
}

function logBytes({ brokerPid }: Servers, topics: readonly string[], records: number): number | undefined {
  if (brokerPid === undefined) return undefined;
  let sum = 0;
  for (const topic of topics) {
    const bytes = topicLogBytes(brokerPid, topic);
    if (bytes === undefined) return undefined;
    sum += bytes;
  }
  return sum / records;
}
