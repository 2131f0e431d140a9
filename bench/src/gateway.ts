import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gatewayReplyTopic, topicNames } from '@app/contracts';
import { ApiKeyStore, createDataSource } from '@app/store';
import { check } from './check.js';
import type { ContenderProcess } from './contender-process.js';
import { Creditbus } from './creditbus.js';
import { readLedger } from './creditbus-ledger.js';
import { readEvents } from './events.js';
import { type HttpLoad, httpLoad, type LoadRequest } from './http-load.js';
import type { BenchOptions } from './options.js';
import { CREDITBUS_TEMPLATE } from './prepare.js';
import { cpuSecondsOfTree } from './processes.js';
import { SeededRandom } from './random.js';
import { allocate } from './run.js';
import type { Servers } from './servers.js';
import { watch } from './watch.js';
import { accountId, TENANT_ID } from './workload.js';

/** What is measured of the gateway; each command takes credits of an account that is drawn anew. */
export const GATEWAY_ROUTES = [
  'POST /v1/commands',
  'POST /v1/commands, Prefer: wait',
  'POST /v2/keys.updateCredits',
] as const;
export type GatewayRoute = (typeof GATEWAY_ROUTES)[number];

/** The load on one route. */
export interface RouteLoad extends HttpLoad {
  readonly cpuMicrosecondsPerRequest: number;
}

export interface GatewayResult {
  readonly round: number;
  readonly loads: Readonly<Record<GatewayRoute, RouteLoad>>;
  readonly checks: readonly string[];
}

/** Requests before those that are measured, on each route, as a share of them. */
const WARM_UP_SHARE = 0.1;

/** How long worker and gateway may take to be ready. */
const READY_MS_MAX = 30_000;

/** Starts a worker and a gateway and sends to each route in turn; verifies that every command was applied once. */
export async function runGateway(
  servers: Servers,
  options: BenchOptions,
  folder: string,
  round: number,
): Promise<GatewayResult> {
  const { broker, postgres } = servers;
  const { partitions, accounts, seed, requests, connections } = options;
  const id = `gateway_${round}`;
  const topic = `bench.${id}.commands`;
  const reply = gatewayReplyTopic(topicNames({ names: { commands: topic } }));
  await broker.createTopics([topic, reply], partitions);
  const nothing = { shape: 'uniform', records: 0, accounts, seed } as const;
  const settings = { brokers: broker.brokers, profileFolder: options.profileFolder };
  const creditbus = new Creditbus('gateway', nothing, topic, CREDITBUS_TEMPLATE, settings);
  const { names, clear } = await allocate(servers, creditbus, id, partitions, folder);
  const key = await createKey(names.databaseUrl);
  const port = await freePort();
  const worker = creditbus.start(names);
  const gateway = creditbus.startGateway(names, port);
  const load = new CommandLoad(key, accounts, seed);
  const loads: Partial<Record<GatewayRoute, RouteLoad>> = {};
  try {
    await ready(gateway, port);
    const group = creditbus.groupId(id);
    await until(async () => broker.groupIsStable(group), worker, 'the worker has not joined its group');
    for (const route of GATEWAY_ROUTES) {
      const all = load.requests(route);
      await httpLoad(port, connections, all, Math.ceil(requests * WARM_UP_SHARE));
      const cpuBefore = cpuSecondsOfTree(gateway.pid);
      const measured = await httpLoad(port, connections, all, requests);
      const cpuSeconds = cpuSecondsOfTree(gateway.pid) - cpuBefore;
      loads[route] = { ...measured, cpuMicrosecondsPerRequest: (cpuSeconds / requests) * 1e6 };
    }
    await watch(servers, worker, {
      eventsTopic: names.balanceTopic,
      events: load.commands,
      lag: () => broker.lag(group, topic),
    });
  } finally {
    await gateway.stop();
    await worker.stop();
  }
  const events = await readEvents(broker, names.balanceTopic, names.invalidationTopic);
  const expected = { records: load.commands, commands: load.commands, sum: load.sum };
  const checks = check(expected, await readLedger(postgres, names.database, 'credit.delta'), events);
  await clear();
  await broker.deleteTopics([topic, reply]);
  return { round, loads: loads as Record<GatewayRoute, RouteLoad>, checks };
}

/** Makes requests and counts what they add up to. */
class CommandLoad {
  commands = 0;
  sum = 0n;
  private readonly random: SeededRandom;
  private readonly headers: Readonly<Record<string, string>>;

  constructor(
    key: string,
    private readonly accounts: number,
    seed: number,
  ) {
    this.random = new SeededRandom(seed);
    this.headers = { authorization: `Bearer ${key}` };
  }

  /** Without end. What is taken from it will be sent. */
  *requests(route: GatewayRoute): Generator<LoadRequest, never> {
    for (;;) {
      const account = accountId(this.random.below(this.accounts));
      const amount = 1 + this.random.below(9);
      this.commands += 1;
      this.sum -= BigInt(amount);
      yield this.request(route, account, amount);
    }
  }

  private request(route: GatewayRoute, account: string, amount: number): LoadRequest {
    const { headers } = this;
    if (route === 'POST /v2/keys.updateCredits') {
      const body = JSON.stringify({ keyId: account, operation: 'decrement', value: amount });
      return { path: '/v2/keys.updateCredits', headers, body, status: 200 };
    }
    const body = JSON.stringify({ type: 'credit.delta', accountId: account, delta: `-${amount}`, reason: 'usage' });
    if (route === 'POST /v1/commands') return { path: '/v1/commands', headers, body, status: 202 };
    return { path: '/v1/commands', headers: { ...headers, prefer: 'wait=30' }, body, status: 200 };
  }
}

async function createKey(databaseUrl: string): Promise<string> {
  const dataSource = createDataSource({ url: databaseUrl, applicationName: 'bench' });
  await dataSource.initialize();
  try {
    const key = { tenantId: TENANT_ID, name: 'bench', scopes: ['credits:read', 'credits:write'] } as const;
    return (await new ApiKeyStore(dataSource).create(key)).secret;
  } finally {
    await dataSource.destroy();
  }
}

/** Both connections are there, replies can be received. */
function ready(gateway: ContenderProcess, port: number): Promise<void> {
  const isReady = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  return until(isReady, gateway, 'the gateway is not ready');
}

async function until(holds: () => Promise<boolean>, running: ContenderProcess, failure: string): Promise<void> {
  const deadline = Date.now() + READY_MS_MAX;
  while (!(await holds())) {
    running.assertRunning();
    if (Date.now() > deadline) throw new Error(`${failure}:\n${running.logTail()}`);
    await sleep(100);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
