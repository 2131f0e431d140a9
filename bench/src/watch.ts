import { setTimeout as sleep } from 'node:timers/promises';
import type { ContenderProcess } from './contender-process.js';
import { peakMemoryBytes } from './processes.js';
import { type CpuSeconds, type Servers, cpuNow } from './servers.js';

/** Time between two samples. */
const SAMPLE_EVERY_MS = 250;

/** No event for this long means that the contender hangs. */
const STALL_MS_MAX = 60_000;

/** What was seen at one moment of a run. */
export interface Sample {
  readonly atMs: number;
  /** Balance events on the topic so far. */
  readonly events: number;
  readonly cpu: CpuSeconds;
}

export interface Watched {
  readonly samples: readonly Sample[];
  readonly peakMemoryBytes: number | undefined;
}

/**
 * Samples a running contender until all events are on the topic and its group has acknowledged the whole log.
 * @throws Error when it ends or stalls, with the end of its log; or when there are more events than expected.
 */
export async function watch(
  servers: Servers,
  contender: ContenderProcess,
  run: {
    readonly eventsTopic: string;
    readonly events: number;
    readonly lag: () => Promise<number>;
  },
): Promise<Watched> {
  const samples: Sample[] = [];
  let movedAtMs = Date.now();
  let peak: number | undefined;
  for (;;) {
    contender.assertRunning();
    const events = await servers.broker.count(run.eventsTopic);
    if (events > run.events) throw new Error(`${events} balance events, ${run.events} were expected`);
    const atMs = Date.now();
    if (events !== samples.at(-1)?.events) movedAtMs = atMs;
    samples.push({ atMs, events, cpu: cpuNow(servers, contender.pid) });
    peak = peakMemoryBytes(contender.pid) ?? peak;
    if (events === run.events && (await run.lag()) === 0) return { samples, peakMemoryBytes: peak };
    if (atMs - movedAtMs > STALL_MS_MAX) {
      throw new Error(`stalled at ${events} of ${run.events} events:\n${contender.logTail()}`);
    }
    await sleep(SAMPLE_EVERY_MS);
  }
}
