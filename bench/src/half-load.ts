import { setTimeout as sleep } from 'node:timers/promises';
import type { Broker } from './broker.js';
import { check } from './check.js';
import type { Contender, RunNames } from './contender.js';
import { type EventLog, readEvents } from './events.js';
import { type Latency, latency } from './latency.js';
import { type CpuSeconds, type Servers, cpuBetween, cpuNow } from './servers.js';
import { watch } from './watch.js';
import { expectation, records } from './workload.js';

/** Commands sent at the same rate before those that are measured. */
export const HALF_LOAD_WARM_UP_SECONDS = 5;

/** Time between two produce requests of the load generator. */
const TICK_MS = 10;

/** How long the worker may take to join its group. */
const JOIN_MS_MAX = 30_000;

/** Latency at a steady rate. */
export interface HalfLoadResult extends Latency {
  readonly recordsPerSecond: number;
  readonly seconds: number;
  /** While the load ran, per second of it: 1 is one core. */
  readonly cpuCores: CpuSeconds;
  readonly checks: readonly string[];
}

/** Sends the contender's workload at a rate, and reads from the logs how long each command took. */
export async function runHalfLoad(
  servers: Servers,
  contender: Contender,
  names: RunNames,
  recordsPerSecond: number,
): Promise<HalfLoadResult> {
  const expected = expectation(contender.workload);
  const group = contender.groupId(names.id) ?? '';
  const running = contender.start(names);
  let cpuCores: CpuSeconds;
  try {
    const deadline = Date.now() + JOIN_MS_MAX;
    while (!(await servers.broker.groupIsStable(group))) {
      running.assertRunning();
      if (Date.now() > deadline) throw new Error(`did not join its group:\n${running.logTail()}`);
      await sleep(100);
    }
    const cpuBefore = cpuNow(servers, running.pid);
    const startedAtMs = Date.now();
    await sendAtRate(servers.broker, contender, recordsPerSecond);
    cpuCores = cpuBetween(cpuBefore, cpuNow(servers, running.pid), (Date.now() - startedAtMs) / 1000);
    await watch(servers, running, {
      eventsTopic: names.balanceTopic,
      events: expected.commands,
      lag: () => servers.broker.lag(group, contender.commandsTopic),
    });
  } finally {
    await running.stop();
  }
  const events = await readEvents(servers.broker, names.balanceTopic, names.invalidationTopic);
  const measured = await appendTimes(servers.broker, contender.commandsTopic);
  return {
    recordsPerSecond,
    seconds: contender.workload.records / recordsPerSecond - HALF_LOAD_WARM_UP_SECONDS,
    cpuCores,
    ...latency(measured, events),
    checks: await verify(servers, contender, names, events),
  };
}

async function sendAtRate(broker: Broker, contender: Contender, recordsPerSecond: number): Promise<void> {
  const all = [...records(contender.workload)];
  const sends: Promise<void>[] = [];
  const startedAtMs = performance.now();
  let sent = 0;
  while (sent < all.length) {
    const due = Math.min(all.length, Math.ceil(((performance.now() - startedAtMs) / 1000) * recordsPerSecond));
    if (due > sent) sends.push(broker.append(contender.commandsTopic, all.slice(sent, due)));
    sent = due;
    await sleep(TICK_MS);
  }
  await Promise.all(sends);
}

/** Append time of each command after the warm-up, by command id. */
async function appendTimes(broker: Broker, topic: string): Promise<Map<string, number>> {
  const all = new Map<string, number>();
  let firstMs = Number.POSITIVE_INFINITY;
  await broker.readAll([topic], (_topic, _partition, { value, timestamp }) => {
    const { id } = JSON.parse(value?.toString('utf8') ?? '') as { id: string };
    const atMs = Number(timestamp);
    firstMs = Math.min(firstMs, atMs);
    all.set(id, atMs);
  });
  const fromMs = firstMs + HALF_LOAD_WARM_UP_SECONDS * 1000;
  return new Map([...all].filter(([, atMs]) => atMs >= fromMs));
}

async function verify(servers: Servers, contender: Contender, names: RunNames, events: EventLog): Promise<string[]> {
  return check(expectation(contender.workload), await contender.ledgerFacts(servers.postgres, names.database), events);
}
