import type { ContenderName, RunNames } from './contender.js';
import { Creditbus } from './creditbus.js';
import { Floor } from './floor.js';
import { HALF_LOAD_WARM_UP_SECONDS, type HalfLoadResult, runHalfLoad } from './half-load.js';
import { machine } from './machine.js';
import type { BenchOptions } from './options.js';
import { creditbus, prepare } from './prepare.js';
import { type RunResult, allocate, runOnce } from './run.js';
import type { Servers } from './servers.js';
import { median } from './statistics.js';
import { type BenchResult, summarize } from './summary.js';
import type { Workload } from './workload.js';

/** Prepares everything, runs all rounds interleaved, then the latency run at half of what was reached. */
export async function runBench(servers: Servers, options: BenchOptions, folder: string): Promise<BenchResult> {
  const facts = await machine(servers);
  console.log('preparing accounts and commands …');
  const contenders = await prepare(servers, options, folder);
  const runs: RunResult[] = [];
  const run = async (
    round: number,
    name: ContenderName,
    uniform?: RunNames,
  ): Promise<{ names: RunNames; clear: () => Promise<void> }> => {
    const contender =
      uniform === undefined ? contenders.get(name) : floorOf(contenders.get('uniform'), uniform, servers, options);
    if (contender === undefined) throw new Error(`${name} was not prepared`);
    const id = `${name.replaceAll('-', '_')}_${round}`;
    const allocated = await allocate(servers, contender, id, options.partitions, folder);
    const result = await runOnce(servers, contender, allocated.names, round);
    runs.push(result);
    console.log(`round ${round}: ${name} ${Math.round(result.window.recordsPerSecond)} records/s, verified`);
    return allocated;
  };
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const name of contenders.keys()) {
      const { names, clear } = await run(round, name);
      // The floor writes again what this run wrote, so it comes while that is still there.
      if (name === 'uniform' && options.only.includes('floor')) await (await run(round, 'floor', names)).clear();
      await clear();
    }
  }
  const halfLoad =
    options.halfLoadSeconds > 0 && contenders.has('uniform')
      ? await atHalfLoad(servers, options, runs, folder)
      : undefined;
  return summarize(options, facts, runs, halfLoad);
}

function floorOf(uniform: unknown, source: RunNames, { broker }: Servers, { partitions }: BenchOptions): Floor {
  if (!(uniform instanceof Creditbus)) throw new Error('the floor needs the uniform run');
  return new Floor(uniform, source, broker.brokers, partitions);
}

async function atHalfLoad(
  servers: Servers,
  options: BenchOptions,
  runs: readonly RunResult[],
  folder: string,
): Promise<HalfLoadResult> {
  const reached = median(
    runs.filter(({ contender }) => contender === 'uniform').map(({ window }) => window.recordsPerSecond),
  );
  const recordsPerSecond = Math.round(reached / 2);
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
  const result = await runHalfLoad(servers, contender, names, recordsPerSecond);
  await clear();
  return result;
}
