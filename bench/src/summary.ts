import type { ContenderName } from './contender.js';
import type { DrainResult } from './drain.js';
import { type GatewayResult, type GatewayRoute, type RouteLoad, GATEWAY_ROUTES } from './gateway.js';
import type { HalfLoadResult } from './half-load.js';
import type { Machine } from './machine.js';
import type { BenchOptions } from './options.js';
import type { BytesPerCommand, RunResult } from './run.js';
import type { CpuSeconds } from './servers.js';
import { median } from './statistics.js';

/** Medians over the rounds, each figure by itself. */
export interface ContenderSummary {
  readonly recordsPerSecond: number;
  readonly slowest: number;
  readonly fastest: number;
  readonly cpuSeconds: CpuSeconds;
  readonly cpuMicrosecondsPerRecord: CpuSeconds;
  readonly peakMemoryBytes: number | undefined;
  readonly bytesPerCommand: BytesPerCommand;
}

/** What bench/results/latest.json holds. */
export interface BenchResult {
  readonly command: string;
  readonly date: string;
  readonly machine: Machine;
  readonly options: Omit<BenchOptions, 'command' | 'profileFolder' | 'keepFolder'>;
  readonly contenders: Readonly<Partial<Record<ContenderName, ContenderSummary>>>;
  /** Quotients of records per second; absent where a side was not run. */
  readonly ratios: Readonly<Partial<Record<RatioName, number>>>;
  readonly halfLoad: HalfLoadResult | undefined;
  /** Medians over the rounds; absent when it was not run. */
  readonly drain: Omit<DrainResult, 'round' | 'checks'> | undefined;
  /** By route, medians over the rounds; absent when it was not run. */
  readonly gateway: Readonly<Record<GatewayRoute, RouteLoad>> | undefined;
  /** Every single run. */
  readonly runs: readonly RunResult[];
  readonly drains: readonly DrainResult[];
  readonly gateways: readonly GatewayResult[];
}

const RATIOS = {
  uniformToBaseline: ['uniform', 'baseline'],
  uniformToBaselineConcurrent: ['uniform', 'baseline-concurrent'],
  uniformToFloor: ['uniform', 'floor'],
  hotToUniform: ['hot', 'uniform'],
  halfDuplicatesToUniform: ['half-duplicates', 'uniform'],
  uniformToGrants: ['uniform', 'grants'],
  hotToThousandGrants: ['hot', 'thousand-grants'],
} as const satisfies Record<string, readonly [ContenderName, ContenderName]>;

export type RatioName = keyof typeof RATIOS;

export function summarize(
  options: BenchOptions,
  machine: Machine,
  runs: readonly RunResult[],
  drains: readonly DrainResult[],
  gateways: readonly GatewayResult[],
  halfLoad: HalfLoadResult | undefined,
): BenchResult {
  const contenders: Partial<Record<ContenderName, ContenderSummary>> = {};
  for (const name of options.only) {
    const own = runs.filter(({ contender }) => contender === name);
    if (own.length > 0) contenders[name] = summaryOf(own);
  }
  const ratios: Partial<Record<RatioName, number>> = {};
  for (const [name, [above, below]] of Object.entries(RATIOS)) {
    const [a, b] = [contenders[above], contenders[below]];
    if (a !== undefined && b !== undefined) ratios[name as RatioName] = a.recordsPerSecond / b.recordsPerSecond;
  }
  const { command, profileFolder: _profile, keepFolder: _keep, ...kept } = options;
  return {
    command,
    date: new Date().toISOString(),
    machine,
    options: kept,
    contenders,
    ratios,
    halfLoad,
    drain: drains.length === 0 ? undefined : drainOf(drains, options.due),
    gateway: gateways.length === 0 ? undefined : gatewayOf(gateways),
    runs,
    drains,
    gateways,
  };
}

function drainOf(drains: readonly DrainResult[], items: number): BenchResult['drain'] {
  return {
    items,
    seconds: median(drains.map(({ seconds }) => seconds)),
    itemsPerSecond: median(drains.map(({ itemsPerSecond }) => itemsPerSecond)),
    cpuSeconds: cpuMedian(drains.map(({ cpuSeconds }) => cpuSeconds)),
    peakMemoryBytes: medianOfKnown(drains.map(({ peakMemoryBytes }) => peakMemoryBytes)),
  };
}

function gatewayOf(gateways: readonly GatewayResult[]): Record<GatewayRoute, RouteLoad> {
  const of = (route: GatewayRoute): RouteLoad => {
    const loads = gateways.map((gateway) => gateway.loads[route]);
    const middle = (get: (load: RouteLoad) => number): number => median(loads.map(get));
    return {
      requests: middle(({ requests }) => requests),
      seconds: middle(({ seconds }) => seconds),
      requestsPerSecond: middle(({ requestsPerSecond }) => requestsPerSecond),
      p50: middle(({ p50 }) => p50),
      p99: middle(({ p99 }) => p99),
      max: middle(({ max }) => max),
      cpuMicrosecondsPerRequest: middle(({ cpuMicrosecondsPerRequest }) => cpuMicrosecondsPerRequest),
    };
  };
  return Object.fromEntries(GATEWAY_ROUTES.map((route) => [route, of(route)])) as Record<GatewayRoute, RouteLoad>;
}

function summaryOf(runs: readonly RunResult[]): ContenderSummary {
  const rates = runs.map(({ window }) => window.recordsPerSecond);
  return {
    recordsPerSecond: median(rates),
    slowest: Math.min(...rates),
    fastest: Math.max(...rates),
    cpuSeconds: cpuMedian(runs.map(({ cpuSeconds }) => cpuSeconds)),
    cpuMicrosecondsPerRecord: cpuMedian(runs.map(({ cpuMicrosecondsPerRecord }) => cpuMicrosecondsPerRecord)),
    peakMemoryBytes: medianOfKnown(runs.map(({ peakMemoryBytes }) => peakMemoryBytes)),
    bytesPerCommand: {
      tables: median(runs.map(({ bytesPerCommand }) => bytesPerCommand.tables)),
      indexes: median(runs.map(({ bytesPerCommand }) => bytesPerCommand.indexes)),
      wal: median(runs.map(({ bytesPerCommand }) => bytesPerCommand.wal)),
      commandLog: medianOfKnown(runs.map(({ bytesPerCommand }) => bytesPerCommand.commandLog)),
      eventLogs: medianOfKnown(runs.map(({ bytesPerCommand }) => bytesPerCommand.eventLogs)),
    },
  };
}

function cpuMedian(values: readonly CpuSeconds[]): CpuSeconds {
  return {
    process: medianOfKnown(values.map(({ process }) => process)),
    kafka: medianOfKnown(values.map(({ kafka }) => kafka)),
    postgres: medianOfKnown(values.map(({ postgres }) => postgres)),
  };
}

function medianOfKnown(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : median(known);
}
