import type { ContenderName } from './contender.js';
import type { BenchResult, ContenderSummary, RatioName } from './summary.js';

/** A table of text: head and rows of equally many cells. */
export interface TextTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const TITLES: Record<ContenderName, string> = {
  baseline: 'baseline, default',
  'baseline-concurrent': 'baseline, all partitions at once',
  uniform: 'Creditbus, uniform',
  hot: 'Creditbus, one hot account',
  'half-duplicates': 'Creditbus, half duplicates',
  grants: 'Creditbus, five open grants each',
  'thousand-grants': 'Creditbus, one account with 1,000 open grants',
  drain: 'Creditbus, scheduler drain',
  gateway: 'gateway',
  floor: 'floor',
};

const RATIO_TITLES: Record<RatioName, string> = {
  uniformToBaseline: 'uniform / baseline, default',
  uniformToBaselineConcurrent: 'uniform / baseline, all partitions at once',
  uniformToFloor: 'uniform / floor',
  hotToUniform: 'hot account / uniform',
  halfDuplicatesToUniform: 'half duplicates / uniform (records)',
  uniformToGrants: 'uniform / five open grants each (target: at most 1.6)',
  hotToThousandGrants: 'hot account / one account with 1,000 open grants',
};

/** The tables for people, on the terminal and in the docs alike. */
export function tables(result: BenchResult): TextTable[] {
  const contenders = Object.entries(result.contenders) as [ContenderName, ContenderSummary][];
  const all = [throughput(contenders), storage(contenders), ratios(result)].filter(({ rows }) => rows.length > 0);
  if (result.drain !== undefined) all.push(drain(result.drain));
  if (result.gateway !== undefined) all.push(gateway(result.gateway, result.options.connections));
  return result.halfLoad === undefined ? all : [...all, halfLoad(result.halfLoad)];
}

/** One paragraph: what was run, when, on what. */
export function provenance({ command, date, machine, options }: BenchResult): string {
  const memory = (machine.memoryBytes / 2 ** 30).toFixed(0);
  const settings = Object.entries(machine.postgresSettings).map(([key, value]) => `${key}=${value}`);
  return (
    `\`${command}\`, ${date.slice(0, 10)}, ${machine.cores} cores (${machine.cpu}), ${memory} GiB, ${machine.system}; ` +
    `Node ${machine.node}, Kafka ${machine.kafka}, Postgres ${machine.postgres} (${settings.join(', ')}), everything on ` +
    `this machine. Medians of ${options.rounds}, interleaved; ${thousands(options.accounts)} accounts, ` +
    `${options.partitions} partitions, acks=all; ${thousands(options.records)} records, baseline ` +
    `${thousands(options.baselineRecords)} and ${thousands(options.baselineConcurrentRecords)}, 1,000 open grants ` +
    `${thousands(options.thousandGrantsRecords)}.`
  );
}

function throughput(contenders: readonly [ContenderName, ContenderSummary][]): TextTable {
  return {
    title: 'Throughput and what it costs',
    head: [
      'contender',
      'records/s',
      'slowest–fastest',
      'CPU µs/record: process',
      'Kafka',
      'Postgres',
      'peak memory MiB',
    ],
    rows: contenders.map(([name, summary]) => [
      TITLES[name],
      thousands(summary.recordsPerSecond),
      `${thousands(summary.slowest)}–${thousands(summary.fastest)}`,
      rounded(summary.cpuMicrosecondsPerRecord.process),
      rounded(summary.cpuMicrosecondsPerRecord.kafka),
      rounded(summary.cpuMicrosecondsPerRecord.postgres),
      rounded(summary.peakMemoryBytes === undefined ? undefined : summary.peakMemoryBytes / 2 ** 20),
    ]),
  };
}

function storage(contenders: readonly [ContenderName, ContenderSummary][]): TextTable {
  return {
    title: 'Bytes per command',
    head: ['contender', 'tables', 'indexes', 'WAL', 'command log', 'event logs'],
    rows: contenders.map(([name, { bytesPerCommand: bytes }]) => [
      TITLES[name],
      rounded(bytes.tables),
      rounded(bytes.indexes),
      rounded(bytes.wal),
      rounded(bytes.commandLog),
      rounded(bytes.eventLogs),
    ]),
  };
}

function ratios(result: BenchResult): TextTable {
  const known = Object.entries(result.ratios) as [RatioName, number][];
  return {
    title: 'Ratios',
    head: ['ratio of records/s', 'value'],
    rows: known.map(([name, value]) => [RATIO_TITLES[name], value.toFixed(value < 10 ? 2 : 1)]),
  };
}

function drain(summary: NonNullable<BenchResult['drain']>): TextTable {
  const { items, seconds, itemsPerSecond, cpuSeconds, peakMemoryBytes } = summary;
  return {
    title: `Scheduler drain: ${thousands(items)} grants that expired before the worker started`,
    head: ['seconds until all are applied', 'items/s', 'CPU s: process', 'Kafka', 'Postgres', 'peak memory MiB'],
    rows: [
      [
        seconds.toFixed(1),
        thousands(itemsPerSecond),
        rounded(cpuSeconds.process),
        rounded(cpuSeconds.kafka),
        rounded(cpuSeconds.postgres),
        rounded(peakMemoryBytes === undefined ? undefined : peakMemoryBytes / 2 ** 20),
      ],
    ],
  };
}

function gateway(loads: NonNullable<BenchResult['gateway']>, connections: number): TextTable {
  return {
    title: `One gateway process over loopback, ${connections} connections`,
    head: ['route', 'requests/s', 'p50 ms', 'p99 ms', 'max ms', 'CPU µs/request: gateway'],
    rows: Object.entries(loads).map(([route, load]) => [
      route,
      thousands(load.requestsPerSecond),
      load.p50.toFixed(1),
      load.p99.toFixed(1),
      load.max.toFixed(1),
      rounded(load.cpuMicrosecondsPerRequest),
    ]),
  };
}

function halfLoad(result: NonNullable<BenchResult['halfLoad']>): TextTable {
  const { recordsPerSecond, seconds, cpuCores, toBalanceEvent, toInvalidation } = result;
  const cores = (value: number | undefined): string => value?.toFixed(2) ?? '?';
  return {
    title:
      `Latency at half load: ${thousands(recordsPerSecond)} commands/s for ${seconds} s, using ${cores(cpuCores.process)} ` +
      `cores in the worker, ${cores(cpuCores.kafka)} in Kafka, ${cores(cpuCores.postgres)} in Postgres`,
    head: ['from the command’s append time to', 'p50 ms', 'p99 ms', 'max ms'],
    rows: [
      ['balance event', rounded(toBalanceEvent.p50), rounded(toBalanceEvent.p99), rounded(toBalanceEvent.max)],
      ['invalidation', rounded(toInvalidation.p50), rounded(toInvalidation.p99), rounded(toInvalidation.max)],
    ],
  };
}

function rounded(value: number | undefined): string {
  return value === undefined ? '?' : thousands(value);
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
