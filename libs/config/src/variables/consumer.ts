import type { ConfigProblem } from '../config-error.js';
import { flag, port, text, whole } from '../kinds.js';
import { withDefault, type Values } from '../variable.js';

const MIB = 1024 * 1024;

/** How the worker reads the log and works on it. */
export const CONSUMER_VARIABLES = {
  WORKER_PORT: withDefault(port, '3001', 'Port of health and metrics.'),
  CONSUMER_GROUP: withDefault(
    text(/^[A-Za-z0-9._-]{1,200}$/, '1 to 200 of `A-Z a-z 0-9 . _ -`'),
    'creditbus-worker',
    'Consumer group that all workers share.',
  ),
  CONSUMER_SESSION_TIMEOUT_MS: withDefault(
    whole(1_000, 300_000, 'ms'),
    '30000',
    'A worker that is silent for this long loses its partitions.',
  ),
  CONSUMER_HEARTBEAT_INTERVAL_MS: withDefault(
    whole(50, 60_000, 'ms'),
    '1000',
    'How often a worker shows that it is alive; at most a third of the session timeout.',
  ),
  CONSUMER_PARTITIONS_CONCURRENT: withDefault(whole(1, 256), '4', 'Partitions that one worker works on at once.'),
  CONSUMER_FETCH_WAIT_MS: withDefault(
    whole(10, 5_000, 'ms'),
    '200',
    'How long a broker holds back an answer when there is nothing new.',
  ),
  CONSUMER_FETCH_PARTITION_BYTES: withDefault(
    whole(64 * 1024, 64 * MIB, 'bytes'),
    String(MIB / 2),
    'Most bytes of one partition in one fetch.',
  ),
  CONSUMER_FETCH_BYTES: withDefault(
    whole(64 * 1024, 256 * MIB, 'bytes'),
    String(4 * MIB),
    'Most bytes in one fetch of one broker: bounds memory.',
  ),
  CONSUMER_COMPARE_INTERVAL_MS: withDefault(
    whole(100, 600_000, 'ms'),
    '5000',
    'How often idle partitions compare their position with the database and the log.',
  ),
  CHUNK_RECORDS_MAX: withDefault(whole(1, 10_000), '1000', 'Most commands in one Postgres transaction.'),
  CHUNK_BYTES_MAX: withDefault(whole(64 * 1024, 64 * MIB, 'bytes'), String(4 * MIB), 'Most bytes of such a chunk.'),
  RETRY_BACKOFF_MS: withDefault(whole(1, 60_000, 'ms'), '100', 'First wait after a failure; it doubles from there.'),
  RETRY_BACKOFF_MAX_MS: withDefault(whole(1, 60_000, 'ms'), '2000', 'Longest wait between tries in place.'),
  RETRY_IN_PLACE_MS: withDefault(
    whole(0, 60_000, 'ms'),
    '5000',
    'How long a failing chunk is tried again before its partition is paused.',
  ),
  RETRY_PAUSE_MAX_MS: withDefault(whole(1, 600_000, 'ms'), '10000', 'Longest pause of a partition between tries.'),
  REPLIES_ENABLED: withDefault(flag, 'true', 'Answer commands that carry a reply header.'),
  LIVENESS_MAX_AGE_MS: withDefault(
    whole(1_000, 3_600_000, 'ms'),
    '90000',
    'The worker counts as hung when neither fetch nor heartbeat happened for this long.',
  ),
} as const;

type ConsumerValues = Values<typeof CONSUMER_VARIABLES>;

/** Fits `KafkaLogConsumerOptions` and `BatchConsumerOptions` of @app/messaging. */
export interface ConsumerConfig {
  readonly groupId: string;
  readonly reader: {
    readonly sessionTimeoutMs: number;
    readonly heartbeatIntervalMs: number;
    readonly partitionsConcurrently: number;
    readonly maxBytesPerPartition: number;
    readonly maxBytesPerFetch: number;
    readonly maxWaitMs: number;
  };
  readonly batches: {
    readonly chunkRecordsMax: number;
    readonly chunkBytesMax: number;
    readonly sessionTimeoutMs: number;
    readonly heartbeatIntervalMs: number;
    readonly compareIntervalMs: number;
    readonly backoffInitialMs: number;
    readonly backoffMaxMs: number;
    readonly retryInPlaceMs: number;
    readonly pauseMaxMs: number;
  };
  readonly repliesEnabled: boolean;
  readonly livenessMaxAgeMs: number;
}

export function consumerConfig(values: ConsumerValues): ConsumerConfig {
  const membership = {
    sessionTimeoutMs: values.CONSUMER_SESSION_TIMEOUT_MS,
    heartbeatIntervalMs: values.CONSUMER_HEARTBEAT_INTERVAL_MS,
  };
  return {
    groupId: values.CONSUMER_GROUP,
    reader: {
      ...membership,
      partitionsConcurrently: values.CONSUMER_PARTITIONS_CONCURRENT,
      maxBytesPerPartition: values.CONSUMER_FETCH_PARTITION_BYTES,
      maxBytesPerFetch: values.CONSUMER_FETCH_BYTES,
      maxWaitMs: values.CONSUMER_FETCH_WAIT_MS,
    },
    batches: {
      ...membership,
      chunkRecordsMax: values.CHUNK_RECORDS_MAX,
      chunkBytesMax: values.CHUNK_BYTES_MAX,
      compareIntervalMs: values.CONSUMER_COMPARE_INTERVAL_MS,
      backoffInitialMs: values.RETRY_BACKOFF_MS,
      backoffMaxMs: values.RETRY_BACKOFF_MAX_MS,
      retryInPlaceMs: values.RETRY_IN_PLACE_MS,
      pauseMaxMs: values.RETRY_PAUSE_MAX_MS,
    },
    repliesEnabled: values.REPLIES_ENABLED,
    livenessMaxAgeMs: values.LIVENESS_MAX_AGE_MS,
  };
}

/** A heartbeat that comes too late loses the partitions over and over again. */
export function checkConsumer(values: Partial<ConsumerValues>): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const { CONSUMER_SESSION_TIMEOUT_MS: session, CONSUMER_HEARTBEAT_INTERVAL_MS: heartbeat } = values;
  if (session !== undefined && heartbeat !== undefined && heartbeat * 3 > session) {
    const allowed = `at most a third of CONSUMER_SESSION_TIMEOUT_MS (${session})`;
    problems.push({ variable: 'CONSUMER_HEARTBEAT_INTERVAL_MS', value: `"${heartbeat}"`, allowed });
  }
  const { RETRY_BACKOFF_MS: first, RETRY_BACKOFF_MAX_MS: longest } = values;
  if (first !== undefined && longest !== undefined && first > longest) {
    const allowed = `at most RETRY_BACKOFF_MAX_MS (${longest})`;
    problems.push({ variable: 'RETRY_BACKOFF_MS', value: `"${first}"`, allowed });
  }
  return problems;
}
