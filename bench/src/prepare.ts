import { Baseline, prepareBaseline } from './baseline.js';
import type { Contender, ContenderName } from './contender.js';
import { Creditbus, createCreditbusDatabase } from './creditbus.js';
import type { BenchOptions } from './options.js';
import { allocate } from './run.js';
import type { Servers } from './servers.js';
import { watch } from './watch.js';
import { type Shape, type Workload, openings, records } from './workload.js';

const CREDITBUS_SCHEMA = 'bench_schema';
const CREDITBUS_TEMPLATE = 'bench_creditbus';

const SHAPES: Readonly<Partial<Record<ContenderName, Shape>>> = {
  baseline: 'uniform',
  'baseline-concurrent': 'uniform',
  uniform: 'uniform',
  hot: 'hot',
  'half-duplicates': 'half-duplicates',
};

/** Makes the template databases and preloads the commands of every contender that is wanted, before anything is timed. */
export async function prepare(
  servers: Servers,
  options: BenchOptions,
  folder: string,
): Promise<Map<ContenderName, Contender>> {
  const { broker, postgres } = servers;
  const wanted = new Set(options.only);
  // The floor writes again what the uniform run wrote.
  if (wanted.has('floor')) wanted.add('uniform');
  if (wanted.has('baseline') || wanted.has('baseline-concurrent')) await prepareBaseline(postgres, options.accounts);
  if (wanted.has('uniform') || wanted.has('hot') || wanted.has('half-duplicates'))
    await openAccounts(servers, options, folder);

  const contenders = new Map<ContenderName, Contender>();
  for (const name of wanted) {
    const shape = SHAPES[name];
    if (shape === undefined) continue;
    const workload: Workload = {
      shape,
      records: recordsOf(name, options),
      accounts: options.accounts,
      seed: options.seed,
    };
    const topic = `bench.${name}.commands`;
    await broker.createTopics([topic], options.partitions);
    await broker.preload(topic, records(workload));
    contenders.set(name, contenderOf(name, workload, topic, servers, options));
  }
  return contenders;
}

/** The worker on the prepared accounts. */
export function creditbus(
  name: ContenderName,
  workload: Workload,
  topic: string,
  servers: Servers,
  options: BenchOptions,
): Creditbus {
  const settings = { brokers: servers.broker.brokers, profileFolder: options.profileFolder };
  return new Creditbus(name, workload, topic, CREDITBUS_TEMPLATE, settings);
}

function contenderOf(
  name: ContenderName,
  workload: Workload,
  topic: string,
  servers: Servers,
  options: BenchOptions,
): Contender {
  const { brokers } = servers.broker;
  if (name === 'baseline') return new Baseline(name, workload, topic, brokers, 1);
  if (name === 'baseline-concurrent') return new Baseline(name, workload, topic, brokers, options.partitions);
  return creditbus(name, workload, topic, servers, options);
}

function recordsOf(name: ContenderName, options: BenchOptions): number {
  if (name === 'baseline') return options.baselineRecords;
  if (name === 'baseline-concurrent') return options.baselineConcurrentRecords;
  return options.records;
}

/** Lets the worker itself open all accounts, then keeps its database as the template of all runs. */
async function openAccounts(
  servers: Servers,
  { accounts, seed, partitions }: BenchOptions,
  folder: string,
): Promise<void> {
  const { broker, postgres } = servers;
  await createCreditbusDatabase(postgres, CREDITBUS_SCHEMA);
  const topic = 'bench.openings.commands';
  await broker.createTopics([topic], partitions);
  await broker.preload(topic, openings(accounts, seed));
  const workload: Workload = { shape: 'uniform', records: accounts, accounts, seed };
  const opener = new Creditbus('uniform', workload, topic, CREDITBUS_SCHEMA, {
    brokers: broker.brokers,
    profileFolder: undefined,
  });
  const { names, clear } = await allocate(servers, opener, 'openings', partitions, folder);
  const running = opener.start(names);
  try {
    await watch(servers, running, {
      eventsTopic: names.balanceTopic,
      events: accounts,
      lag: () => broker.lag(opener.groupId(names.id), topic),
    });
  } finally {
    await running.stop();
  }
  await postgres.vacuum(names.database);
  await postgres.clone(names.database, CREDITBUS_TEMPLATE);
  await clear();
}
