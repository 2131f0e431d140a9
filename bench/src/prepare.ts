import { Baseline, prepareBaseline } from './baseline.js';
import type { Contender, ContenderName } from './contender.js';
import { Creditbus, createCreditbusDatabase } from './creditbus.js';
import type { BenchOptions } from './options.js';
import { allocate } from './run.js';
import type { Servers } from './servers.js';
import { watch } from './watch.js';
import { type CommandRecord, type Shape, type Workload, grantings, openings, records } from './workload.js';

const CREDITBUS_SCHEMA = 'bench_schema';
export const CREDITBUS_TEMPLATE = 'bench_creditbus';

/** So much that no first grant is ever used up: all stay open. */
const GRANT_CREDITS = 1_000_000_000;

/** Grants expire, as they mostly do, but not in this run. */
const GRANTS_EXPIRE_AT = '2100-01-01T00:00:00Z';

interface GrantsScenario {
  readonly template: string;
  readonly grantsPerAccount: number;
  /** How many accounts have grants. */
  readonly accounts: (options: BenchOptions) => number;
}

const GRANTS: Readonly<Partial<Record<ContenderName, GrantsScenario>>> = {
  grants: { template: 'bench_grants', grantsPerAccount: 5, accounts: ({ accounts }) => accounts },
  'thousand-grants': { template: 'bench_thousand_grants', grantsPerAccount: 1_000, accounts: () => 1 },
};

const SHAPES: Readonly<Partial<Record<ContenderName, Shape>>> = {
  baseline: 'uniform',
  'baseline-concurrent': 'uniform',
  uniform: 'uniform',
  hot: 'hot',
  'half-duplicates': 'half-duplicates',
  grants: 'uniform',
  'thousand-grants': 'hot',
};

/** Prepared for the scheduler's drain: grants that have expired without anybody having noticed. */
export const DUE_TEMPLATE = 'bench_due';

export const DUE_GRANT_CREDITS = 100;

/** How many accounts have grants there; they have equally many, give or take one. */
export function dueAccounts({ accounts, due }: BenchOptions): number {
  return Math.min(accounts, due);
}

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
  const ofCreditbus = [...wanted].filter((name) => name !== 'floor' && !name.startsWith('baseline'));
  if (ofCreditbus.length > 0) await openAccounts(servers, options, folder);
  for (const name of ofCreditbus) {
    const scenario = GRANTS[name];
    if (scenario !== undefined) await giveGrants(servers, options, folder, scenario);
  }
  if (wanted.has('drain')) await giveDueGrants(servers, options, folder);

  const contenders = new Map<ContenderName, Contender>();
  for (const name of wanted) {
    const shape = SHAPES[name];
    if (shape === undefined) continue;
    const workload: Workload = {
      shape,
      records: recordsOf(name, options),
      accounts: options.accounts,
      seed: options.seed,
      grantsPerAccount: GRANTS[name]?.grantsPerAccount ?? 0,
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
  return new Creditbus(name, workload, topic, GRANTS[name]?.template ?? CREDITBUS_TEMPLATE, settings);
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
  if (name === 'thousand-grants') return options.thousandGrantsRecords;
  return options.records;
}

/** Opens all accounts in a new database, the template of all runs. */
async function openAccounts(servers: Servers, options: BenchOptions, folder: string): Promise<void> {
  const { accounts, seed } = options;
  await createCreditbusDatabase(servers.postgres, CREDITBUS_SCHEMA);
  const commands = openings(accounts, seed);
  await applyToCopy(servers, options, folder, {
    id: 'openings',
    from: CREDITBUS_SCHEMA,
    to: CREDITBUS_TEMPLATE,
    commands,
    count: accounts,
  });
}

/** Gives grants to the accounts of the template, in a template of its own. */
async function giveGrants(
  servers: Servers,
  options: BenchOptions,
  folder: string,
  scenario: GrantsScenario,
): Promise<void> {
  const accounts = scenario.accounts(options);
  const grants = accounts * scenario.grantsPerAccount;
  const given = { accounts, grants, amount: GRANT_CREDITS, expiresAt: GRANTS_EXPIRE_AT, seed: options.seed };
  await applyToCopy(servers, options, folder, {
    id: scenario.template.replace('bench_', ''),
    from: CREDITBUS_TEMPLATE,
    to: scenario.template,
    commands: grantings(given),
    count: grants,
  });
}

/**
 * Gives the grants that the drain ends. A grant can't be created expired, and waiting for it would take as long as the
 * slowest preparation: so the finished template gets the past expiry, one for all, as at the end of a month.
 */
async function giveDueGrants(servers: Servers, options: BenchOptions, folder: string): Promise<void> {
  const { due: grants, seed } = options;
  const given = { accounts: dueAccounts(options), grants, amount: DUE_GRANT_CREDITS, expiresAt: undefined, seed };
  await applyToCopy(servers, options, folder, {
    id: 'due',
    from: CREDITBUS_TEMPLATE,
    to: DUE_TEMPLATE,
    commands: grantings(given),
    count: grants,
  });
  await servers.postgres.query(DUE_TEMPLATE, 'UPDATE grants SET expires_at = now(), due_at = now()');
  await servers.postgres.vacuum(DUE_TEMPLATE);
}

/** What a template is made of: another one and commands, each of which has one balance event. */
interface Preparation {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly commands: Iterable<CommandRecord>;
  readonly count: number;
}

/** Lets the worker itself apply commands, then keeps its database as a template. */
async function applyToCopy(
  servers: Servers,
  { accounts, seed, partitions }: BenchOptions,
  folder: string,
  { id, from, to, commands, count }: Preparation,
): Promise<void> {
  const { broker, postgres } = servers;
  const topic = `bench.prepare.${id}.commands`;
  await broker.createTopics([topic], partitions);
  await broker.preload(topic, commands);
  const workload: Workload = { shape: 'uniform', records: count, accounts, seed };
  const worker = new Creditbus('uniform', workload, topic, from, { brokers: broker.brokers, profileFolder: undefined });
  const { names, clear } = await allocate(servers, worker, `prepare_${id}`, partitions, folder);
  const running = worker.start(names);
  try {
    await watch(servers, running, {
      eventsTopic: names.balanceTopic,
      events: count,
      lag: () => broker.lag(worker.groupId(names.id), topic),
    });
  } finally {
    await running.stop();
  }
  await postgres.vacuum(names.database);
  await postgres.clone(names.database, to);
  await clear();
}
