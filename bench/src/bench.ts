import { Baseline, prepareBaseline } from "./baseline.js";
import type { Contender, ContenderName } from "./contender.js";
import type { BenchOptions } from "./options.js";
import { type RunResult, runOnce } from "./run.js";
import type { Servers } from "./servers.js";
import { type Workload, records } from "./workload.js";

/** Prepares everything, runs all rounds interleaved, reports. */
export async function runBench(
  servers: Servers,
  options: BenchOptions,
  folder: string,
): Promise<void> {
  const contenders = await prepare(servers, options);
  const results: RunResult[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const contender of contenders) {
      const run = await runOnce(
        servers,
        contender,
        round,
        options.partitions,
        folder,
      );
      results.push(run.result);
      console.log(JSON.stringify(run.result, undefined, 1));
      await run.clear();
    }
  }
}

async function prepare(
  servers: Servers,
  options: BenchOptions,
): Promise<Contender[]> {
  const { broker, postgres } = servers;
  const { accounts, seed, partitions } = options;
  const wanted = (name: ContenderName): boolean => options.only.includes(name);
  const preload = async (topic: string, workload: Workload): Promise<void> => {
    await broker.createTopics([topic], partitions);
    await broker.preload(topic, records(workload));
  };
  const contenders: Contender[] = [];
  await prepareBaseline(postgres, accounts);
  for (const name of ["baseline", "baseline-concurrent"] as const) {
    if (!wanted(name)) continue;
    const concurrent = name === "baseline-concurrent";
    const workload: Workload = {
      shape: "uniform",
      records: concurrent
        ? options.baselineConcurrentRecords
        : options.baselineRecords,
      accounts,
      seed,
    };
    const topic = `bench.${name}.commands`;
    await preload(topic, workload);
    contenders.push(
      new Baseline(
        name,
        workload,
        topic,
        broker.brokers,
        concurrent ? partitions : 1,
      ),
    );
  }
  return contenders;
}
