import { type CpuSeconds, cpuBetween } from './servers.js';
import type { Sample } from './watch.js';

/** The first share of a run that is not measured: group join, JIT, cold caches. */
export const WARM_UP_SHARE = 0.2;

/** The measured part of a run. */
export interface Window {
  readonly seconds: number;
  /** Records handled in it, repeats included. */
  readonly records: number;
  readonly recordsPerSecond: number;
}

/**
 * The window from the moment when the warm-up's share of events was on the topic to the last event, by the
 * broker's append times. `recordsPerEvent` is 2 when half of the records are repeats, which have no event.
 */
export function measuredWindow(appendTimesMs: readonly number[], recordsPerEvent: number): Window {
  const sorted = [...appendTimesMs].sort((a, b) => a - b);
  const startMs = sorted[Math.floor(sorted.length * WARM_UP_SHARE)] ?? 0;
  const endMs = sorted.at(-1) ?? 0;
  const seconds = (endMs - startMs) / 1000;
  // Events of one request have one time: those at the window's start belong before it.
  const records = sorted.filter((time) => time > startMs).length * recordsPerEvent;
  return { seconds, records, recordsPerSecond: records / seconds };
}

/** CPU seconds per record after the warm-up, from the samples nearest to the window's borders. */
export function cpuPerRecord(samples: readonly Sample[], recordsPerEvent: number): CpuSeconds {
  const last = samples.at(-1);
  const total = last?.events ?? 0;
  const start = samples.find(({ events }) => events >= total * WARM_UP_SHARE);
  const end = samples.find(({ events }) => events === total);
  if (start === undefined || end === undefined || start === end) {
    return { process: undefined, kafka: undefined, postgres: undefined };
  }
  return cpuBetween(start.cpu, end.cpu, (end.events - start.events) * recordsPerEvent);
}
