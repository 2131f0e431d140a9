import { check } from './check.js';
import { Creditbus } from './creditbus.js';
import { readLedger } from './creditbus-ledger.js';
import { readEvents } from './events.js';
import type { BenchOptions } from './options.js';
import { DUE_GRANT_CREDITS, DUE_TEMPLATE, dueAccounts } from './prepare.js';
import { allocate } from './run.js';
import { type CpuSeconds, type Servers, cpuBetween } from './servers.js';
import { type Watched, watch } from './watch.js';
import { measuredWindow } from './window.js';
import type { Expectation } from './workload.js';

/** How long the scheduler took to have everything applied that was due at once. */
export interface DrainResult {
  readonly round: number;
  readonly items: number;
  /** From the start of the worker's process to the last event, as precise as the samples are. */
  readonly seconds: number;
  /** After the warm-up, by the broker's append times. */
  readonly itemsPerSecond: number;
  readonly cpuSeconds: CpuSeconds;
  readonly peakMemoryBytes: number | undefined;
  readonly checks: readonly string[];
}

/** Starts a worker on an empty log and a database full of grants that have expired; verifies that each has ended. */
export async function runDrain(
  servers: Servers,
  options: BenchOptions,
  folder: string,
  round: number,
): Promise<DrainResult> {
  const { broker, postgres } = servers;
  const { due: items, accounts, partitions, profileFolder, seed } = options;
  const id = `drain_${round}`;
  const topic = `bench.${id}.commands`;
  await broker.createTopics([topic], partitions);
  // Nobody sends commands but the worker's own scheduler.
  const nothing = { shape: 'uniform', records: 0, accounts, seed } as const;
  const worker = new Creditbus('drain', nothing, topic, DUE_TEMPLATE, { brokers: broker.brokers, profileFolder });
  const { names, clear } = await allocate(servers, worker, id, partitions, folder);
  const startedAtMs = Date.now();
  const running = worker.start(names);
  let watched: Watched;
  try {
    watched = await watch(servers, running, {
      eventsTopic: names.balanceTopic,
      events: items,
      lag: () => broker.lag(worker.groupId(names.id), topic),
    });
  } finally {
    await running.stop();
  }
  const events = await readEvents(broker, names.balanceTopic, names.invalidationTopic);
  const checks = check(expectationOf(options), await readLedger(postgres, names.database, 'grant.expire'), events);
  await clear();
  await broker.deleteTopics([topic]);
  const { samples, peakMemoryBytes } = watched;
  const first = samples[0];
  const end = samples.find((sample) => sample.events === items);
  if (first === undefined || end === undefined) throw new Error('a drain without samples');
  return {
    round,
    items,
    seconds: (end.atMs - startedAtMs) / 1000,
    itemsPerSecond: measuredWindow([...events.balanceAtMs.values()], 1).recordsPerSecond,
    cpuSeconds: cpuBetween(first.cpu, end.cpu),
    peakMemoryBytes,
    checks,
  };
}

/** Every grant has ended with all that it had, also the first of each account. */
function expectationOf(options: BenchOptions): Expectation {
  const { due } = options;
  return {
    records: due,
    commands: due,
    sum: BigInt(-due * DUE_GRANT_CREDITS),
    grants: { open: 0, drawn: BigInt(dueAccounts(options) * DUE_GRANT_CREDITS) },
  };
}
