/** Settings of a `BatchConsumer`. All times in milliseconds, all sizes in bytes. */
export interface BatchConsumerOptions {
  /** Most records in a chunk (one Postgres transaction). 1–10,000. */
  readonly chunkRecordsMax: number;
  /** Most key and value bytes in a chunk; a single larger record makes a chunk of its own. */
  readonly chunkBytesMax: number;
  /** A chunk's events are only sent while the last heartbeat is younger. The same value as the consumer's own. */
  readonly sessionTimeoutMs: number;
  /** How often heartbeats are offered while a chunk is worked on. */
  readonly heartbeatIntervalMs: number;
  /** How often idle partitions are compared with the position store and the log's bounds. */
  readonly compareIntervalMs: number;
  /** First wait after a failure; doubles up to `backoffMaxMs`, with full jitter. */
  readonly backoffInitialMs: number;
  readonly backoffMaxMs: number;
  /** How long a failing chunk is retried inside the callback before its partition is paused. */
  readonly retryInPlaceMs: number;
  /** How long a partition is paused before the next attempt, at most; the first pause is a quarter of it. */
  readonly pauseMaxMs: number;
  /** How long `stop()` waits for the chunks in hand. */
  readonly stopDeadlineMs: number;
}

export const BATCH_CONSUMER_DEFAULTS: BatchConsumerOptions = {
  chunkRecordsMax: 1_000,
  chunkBytesMax: 4 * 1024 * 1024,
  sessionTimeoutMs: 30_000,
  heartbeatIntervalMs: 1_000,
  compareIntervalMs: 5_000,
  backoffInitialMs: 100,
  backoffMaxMs: 2_000,
  retryInPlaceMs: 5_000,
  pauseMaxMs: 10_000,
  stopDeadlineMs: 15_000,
};

const BOUNDS: {
  readonly [K in keyof BatchConsumerOptions]: readonly [min: number, max: number];
} = {
  chunkRecordsMax: [1, 10_000],
  chunkBytesMax: [1, 64 * 1024 * 1024],
  sessionTimeoutMs: [100, 300_000],
  heartbeatIntervalMs: [1, 60_000],
  compareIntervalMs: [1, 600_000],
  backoffInitialMs: [1, 60_000],
  backoffMaxMs: [1, 60_000],
  retryInPlaceMs: [0, 60_000],
  pauseMaxMs: [1, 600_000],
  stopDeadlineMs: [1, 600_000],
};

/** Fills in the defaults. @throws RangeError that names every bad option, its value and what is allowed. */
export function batchConsumerOptions(given: Partial<BatchConsumerOptions> = {}): BatchConsumerOptions {
  const entries: [string, number | undefined][] = Object.entries(given);
  const defined = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  const options: BatchConsumerOptions = { ...BATCH_CONSUMER_DEFAULTS, ...defined };
  const problems: string[] = [];
  for (const name of Object.keys(BOUNDS) as (keyof BatchConsumerOptions)[]) {
    const [min, max] = BOUNDS[name];
    const value = options[name];
    if (!Number.isInteger(value) || value < min || value > max) {
      problems.push(`${name} is ${value}; allowed are whole numbers from ${min} to ${max}`);
    }
  }
  if (options.heartbeatIntervalMs >= options.sessionTimeoutMs) {
    problems.push(
      `heartbeatIntervalMs is ${options.heartbeatIntervalMs}; it must be below sessionTimeoutMs (${options.sessionTimeoutMs})`,
    );
  }
  if (problems.length > 0) throw new RangeError(`Batch consumer: ${problems.join('; ')}.`);
  return Object.freeze(options);
}
