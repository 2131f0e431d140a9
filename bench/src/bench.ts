import type { Contender } from './contender.js';
import { type DrainResult, runDrain } from './drain.js';
import { Floor } from './floor.js';
import { type GatewayResult, runGateway } from './gateway.js';
import { HALF_LOAD_WARM_UP_SECONDS, type HalfLoadResult, runHalfLoad } from './half-load.js';
import { machine } from './machine.js';
import type { BenchOptions } from './options.js';
import { creditbus, prepare } from './prepare.js';
import { type Allocated, type RunResult, allocate, runOnce } from './run.js';
import type { Servers } from './servers.js';
import { median } from './statistics.js';
import { type BenchResult, summarize } from './summary.js';
import type { Workload } from './workload.js';
import { print } from './terminal.js';

/** Prepares everything, runs all rounds interleaved, then the latency run at half of what was reached. */
export async function runBench(servers: Servers, options: BenchOptions, folder: string): Promise<BenchResult> {
  const facts = await machine(servers);
  print('preparing accounts and commands …');
  const contenders = await prepare(servers, options, folder);
  const context: Context = { servers, options, folder, runs: [] };
  const drains: DrainResult[] = [];
  const gateways: GatewayResult[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const contender of contenders.values()) {
      const { names, clear } = await runFresh(context, contender, round);
      // The floor writes again what this run wrote, so it comes while that is still there.
      if (contender.name === 'uniform' && options.only.includes('floor')) {
        const floor = new Floor(contender, names, servers.broker.brokers, options.partitions);
        await (await runFresh(context, floor, round)).clear();
      }
      await clear();
    }
    if (options.only.includes('drain')) {
      const drain = await runDrain(servers, options, folder, round);
      drains.push(drain);
      print(`round ${round}: drain ${drain.items} items in ${drain.seconds.toFixed(1)} s, verified`);
    }
    if (options.only.includes('gateway')) {
      const gateway = await runGateway(servers, options, folder, round);
      gateways.push(gateway);
      const rates = Object.values(gateway.loads).map(({ requestsPerSecond }) => Math.round(requestsPerSecond));
      print(`round ${round}: gateway ${rates.join(', ')} requests/s, verified`);
    }
  }
  const halfLoad = options.halfLoadSeconds > 0 && contenders.has('uniform') ? await atHalfLoad(context) : undefined;
  return summarize(options, facts, context.runs, drains, gateways, halfLoad);
}

interface Context {
  readonly servers: Servers;
  readonly options: BenchOptions;
  /** For the logs of the contenders. */
  readonly folder: string;
  /** Results so far. */
  readonly runs: RunResult[];
}

/** One run on a database and topics of its own, which still exist afterwards. */
async function runFresh(
  { servers, options, folder, runs }: Context,
  contender: Contender,
  round: number,
): Promise<Allocated> {
  const id = `${contender.name.replaceAll('-', '_')}_${round}`;
  const allocated = await allocate(servers, contender, id, options.partitions, folder);
  const result = await runOnce(servers, contender, allocated.names, round);
  runs.push(result);
  print(`round ${round}: ${contender.name} ${Math.round(result.window.recordsPerSecond)} records/s, verified`);
  return allocated;
}

async function atHalfLoad({ servers, options, folder, runs }: Context): Promise<HalfLoadResult> {
  const reached = runs.filter(({ contender }) => contender === 'uniform').map(({ window }) => window.recordsPerSecond);
  const recordsPerSecond = options.halfLoadRate ?? Math.round(median(reached) / 2);
  const workload: Workload = {
    shape: 'uniform',
    records: recordsPerSecond * (HALF_LOAD_WARM_UP_SECONDS + options.halfLoadSeconds),
    accounts: options.accounts,
    seed: options.seed + 1,
  };
  const topic = 'bench.half-load.commands';
  await servers.broker.createTopics([topic], options.partitions);
  const contender = creditbus('uniform', workload, topic, servers, options);
  const { names, clear } = await allocate(servers, contender, 'half_load', options.partitions, folder);
  print(`half load: ${recordsPerSecond} records/s`);
  const result = await runHalfLoad(servers, contender, names, recordsPerSecond);
  await clear();
  return result;
}
