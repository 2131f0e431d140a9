import { parseArgs } from 'node:util';
import { CONTENDERS, type ContenderName } from './contender.js';

/** How large a bench is. Baselines get fewer commands because they need hundreds of times as long for each. */
export interface BenchOptions {
  readonly rounds: number;
  readonly accounts: number;
  /** Records of each Creditbus scenario and of the floor. */
  readonly records: number;
  readonly baselineRecords: number;
  readonly baselineConcurrentRecords: number;
  /** Records for the one account with 1,000 open grants. */
  readonly thousandGrantsRecords: number;
  /** Grants that have expired when the worker starts, in the scheduler's drain. */
  readonly due: number;
  /** HTTP requests to each route of the gateway. */
  readonly requests: number;
  /** Over how many connections at once. */
  readonly connections: number;
  /** Measured part of the half-load run; 0 leaves it out. */
  readonly halfLoadSeconds: number;
  /** Records per second of that run; undefined: half of what the uniform runs reached. */
  readonly halfLoadRate: number | undefined;
  readonly partitions: number;
  readonly seed: number;
  readonly only: readonly ContenderName[];
  /** A smoke run: its numbers mean nothing and are not kept. */
  readonly quick: boolean;
  /** Folder for CPU profiles of the worker; undefined: no profiling. */
  readonly profileFolder: string | undefined;
  /** Logs, profiles and such stay here when given. */
  readonly keepFolder: string | undefined;
  /** Command line as typed, for the report. */
  readonly command: string;
}

const FULL = {
  rounds: 3,
  accounts: 100_000,
  records: 200_000,
  baseline: 3_000,
  concurrent: 6_000,
  thousandGrants: 20_000,
  due: 100_000,
  requests: 20_000,
  connections: 64,
  halfLoadSeconds: 20,
};
const QUICK = {
  rounds: 1,
  accounts: 5_000,
  records: 40_000,
  baseline: 300,
  concurrent: 600,
  thousandGrants: 2_000,
  due: 5_000,
  requests: 1_000,
  connections: 64,
  halfLoadSeconds: 4,
};

/** Most due items: what the scheduler is built for. */
const DUE_MAX = 1_000_000;

/** An account has at most this many open grants. */
const GRANTS_PER_ACCOUNT_MAX = 1_000;

export const USAGE = `npm run bench -- [options]
  --quick                  a short smoke run
  --runs <n>               rounds; every contender runs once in each (default ${FULL.rounds})
  --accounts <n>           accounts (default ${FULL.accounts})
  --records <n>            records of each Creditbus scenario, even (default ${FULL.records})
  --baseline-records <n>   records of the baseline, default form (default ${FULL.baseline})
  --concurrent-records <n> records of the baseline, all partitions at once (default ${FULL.concurrent})
  --thousand-records <n>   records for the one account with 1,000 open grants (default ${FULL.thousandGrants})
  --due <n>                due items of the scheduler's drain, at most ${DUE_MAX} (default ${FULL.due})
  --requests <n>           HTTP requests to each route of the gateway (default ${FULL.requests})
  --connections <n>        over so many connections at once (default ${FULL.connections})
  --half-load <seconds>    length of the latency run, 0 for none (default ${FULL.halfLoadSeconds})
  --rate <n>               records per second of that run (default half of the measured throughput)
  --partitions <n>         partitions of every topic (default 12)
  --seed <n>               seed of the workload (default 1)
  --only <a,b>             some of: ${CONTENDERS.join(', ')}
  --cpu-prof <folder>      write a CPU profile of each worker and gateway
  --keep <folder>          keep the logs of all processes there`;

/** @throws Error naming the option, the bad value and what is allowed. */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      runs: { type: 'string' },
      accounts: { type: 'string' },
      records: { type: 'string' },
      'baseline-records': { type: 'string' },
      'concurrent-records': { type: 'string' },
      'thousand-records': { type: 'string' },
      due: { type: 'string' },
      requests: { type: 'string' },
      connections: { type: 'string' },
      'half-load': { type: 'string' },
      rate: { type: 'string' },
      partitions: { type: 'string', default: '12' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      'cpu-prof': { type: 'string' },
      keep: { type: 'string' },
    },
  });
  const size = values.quick ? QUICK : FULL;
  const number = (name: string, text: string | undefined, fallback: number, lowest = 1): number => {
    const value = text === undefined ? fallback : Number(text);
    if (!Number.isInteger(value) || value < lowest)
      throw new Error(`--${name} is "${text}"; allowed: an integer from ${lowest}`);
    return value;
  };
  const records = number('records', values.records, size.records, 2);
  if (records % 2 !== 0)
    throw new Error(`--records is "${records}"; allowed: an even integer, half of them are repeats in one scenario`);
  const accounts = number('accounts', values.accounts, size.accounts);
  const due = number('due', values.due, size.due);
  const dueMax = Math.min(DUE_MAX, accounts * GRANTS_PER_ACCOUNT_MAX);
  if (due > dueMax) throw new Error(`--due is "${due}"; allowed: an integer from 1 to ${dueMax}`);
  return {
    rounds: number('runs', values.runs, size.rounds),
    accounts,
    records,
    baselineRecords: number('baseline-records', values['baseline-records'], size.baseline),
    baselineConcurrentRecords: number('concurrent-records', values['concurrent-records'], size.concurrent),
    thousandGrantsRecords: number('thousand-records', values['thousand-records'], size.thousandGrants),
    due,
    requests: number('requests', values.requests, size.requests),
    connections: number('connections', values.connections, size.connections),
    halfLoadSeconds: number('half-load', values['half-load'], size.halfLoadSeconds, 0),
    halfLoadRate: values.rate === undefined ? undefined : number('rate', values.rate, 1),
    partitions: number('partitions', values.partitions, 12),
    seed: number('seed', values.seed, 1, 0),
    only: contenders(values.only),
    quick: values.quick,
    profileFolder: values['cpu-prof'],
    keepFolder: values.keep,
    command: commandLine(args),
  };
}

/** As typed, but for folders, which say nothing to anybody else. */
function commandLine(args: readonly string[]): string {
  const folders = ['--keep', '--cpu-prof'];
  const telling = args.filter((arg, index) => !folders.includes(arg) && !folders.includes(args[index - 1] ?? ''));
  return ['npm run bench', ...(telling.length > 0 ? ['--', ...telling] : [])].join(' ');
}

/** Whether the numbers are worth keeping: everybody took part, often enough, and no profiler slowed anybody down. */
export function isWhole(options: BenchOptions): boolean {
  const everybody = CONTENDERS.every((name) => options.only.includes(name)) && options.halfLoadSeconds > 0;
  return (
    everybody &&
    options.halfLoadRate === undefined &&
    !options.quick &&
    options.rounds >= 3 &&
    options.profileFolder === undefined
  );
}

function contenders(text: string | undefined): readonly ContenderName[] {
  if (text === undefined) return CONTENDERS;
  return text.split(',').map((name) => {
    const known = CONTENDERS.find((contender) => contender === name);
    if (known === undefined) throw new Error(`--only has "${name}"; allowed: ${CONTENDERS.join(', ')}`);
    return known;
  });
}
