import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** From one Postgres round trip to a chunk that waits for an outage to end, seconds. */
const CHUNK_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60];
/** The goal is 0.05 at the median and 0.25 at the 99th percentile. */
const END_TO_END_SECONDS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 1_800];

/** Due work is published within 5 s, normally 1 s; what is late by hours was due while everything stood still. */
const LATENESS_SECONDS = [0.25, 0.5, 1, 1.5, 2, 3, 5, 10, 30, 60, 300, 3_600, 86_400];

/** What the worker counts. Every metric's labels have few values: never an account, tenant or command. */
export interface WorkerMetrics {
  /** Commands by what became of them: `decided`, `redelivery`, `duplicate`, `conflict`, and the outcome's code. */
  readonly commands: Counter<'type' | 'result' | 'code'>;
  readonly deadLetters: Counter<'reason'>;
  readonly chunkRecords: Histogram;
  /** By stage: `decode`, `apply`, `publish`, `total`. */
  readonly chunkSeconds: Histogram<'stage'>;
  /** Failed tries of a chunk, in place or with the partition paused. */
  readonly chunkRetries: Counter<'place'>;
  readonly positionsLost: Counter;
  readonly rebalances: Counter;
  readonly partitionsAssigned: Gauge;
  /** 1 while the partition waits for an outage to end. */
  readonly partitionPaused: Gauge<'topic' | 'partition'>;
  /** 1 while the partition waits for an operator: its position lies outside the log. */
  readonly partitionStopped: Gauge<'topic' | 'partition'>;
  readonly lagRecords: Gauge<'topic' | 'partition'>;
  readonly eventsPublished: Counter<'topic'>;
  readonly endToEndSeconds: Histogram;
  readonly repliesMissed: Counter;
  /** 1 while this worker is the one that schedules. */
  readonly schedulerLeader: Gauge;
  readonly schedulerPublished: Counter<'type'>;
  readonly schedulerLatenessSeconds: Histogram<'type'>;
  readonly schedulerFailures: Counter;
  /** Partitions for which the scheduler waits, because their commands are applied too late. */
  readonly schedulerLatePartitions: Gauge;
}

export function workerMetrics(registry: Registry): WorkerMetrics {
  const registers = [registry];
  return {
    commands: new Counter({
      name: 'creditbus_commands_total',
      help: 'Commands by type, what became of them and outcome code',
      labelNames: ['type', 'result', 'code'],
      registers,
    }),
    deadLetters: new Counter({
      name: 'creditbus_dead_letters_total',
      help: 'Records on the dead-letter topic by reason',
      labelNames: ['reason'],
      registers,
    }),
    chunkRecords: new Histogram({
      name: 'creditbus_chunk_records',
      help: 'Records in one transaction',
      buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_000, 5_000, 10_000],
      registers,
    }),
    chunkSeconds: new Histogram({
      name: 'creditbus_chunk_seconds',
      help: 'Time of one chunk by stage',
      labelNames: ['stage'],
      buckets: CHUNK_SECONDS,
      registers,
    }),
    chunkRetries: new Counter({
      name: 'creditbus_chunk_retries_total',
      help: 'Failed tries of a chunk: tried again in place, or with the partition paused',
      labelNames: ['place'],
      registers,
    }),
    positionsLost: new Counter({
      name: 'creditbus_positions_lost_total',
      help: 'Chunks rolled back because another worker owned the position, or the database was restored',
      registers,
    }),
    rebalances: new Counter({
      name: 'creditbus_rebalances_total',
      help: 'Times that partitions were assigned',
      registers,
    }),
    partitionsAssigned: new Gauge({
      name: 'creditbus_partitions_assigned',
      help: 'Partitions that this worker works on',
      registers,
    }),
    partitionPaused: new Gauge({
      name: 'creditbus_partition_paused',
      help: '1 while a partition waits for an outage to end',
      labelNames: ['topic', 'partition'],
      registers,
    }),
    partitionStopped: new Gauge({
      name: 'creditbus_partition_stopped',
      help: '1 while a partition waits for an operator (creditbus progress accept)',
      labelNames: ['topic', 'partition'],
      registers,
    }),
    lagRecords: new Gauge({
      name: 'creditbus_consumer_lag_records',
      help: 'Records of a partition that are not applied yet',
      labelNames: ['topic', 'partition'],
      registers,
    }),
    eventsPublished: new Counter({
      name: 'creditbus_events_published_total',
      help: 'Events acknowledged by Kafka, by topic',
      labelNames: ['topic'],
      registers,
    }),
    endToEndSeconds: new Histogram({
      name: 'creditbus_end_to_end_seconds',
      help: 'From the append of a command to the acknowledgement of its events',
      buckets: END_TO_END_SECONDS,
      registers,
    }),
    repliesMissed: new Counter({
      name: 'creditbus_replies_missed_total',
      help: 'Replies that could not be delivered',
      registers,
    }),
    schedulerLeader: new Gauge({
      name: 'creditbus_scheduler_leader',
      help: '1 while this worker publishes the commands of what has become due',
      registers,
    }),
    schedulerPublished: new Counter({
      name: 'creditbus_scheduler_published_total',
      help: 'Commands of the scheduler acknowledged by Kafka, by type',
      labelNames: ['type'],
      registers,
    }),
    schedulerLatenessSeconds: new Histogram({
      name: 'creditbus_scheduler_lateness_seconds',
      help: 'From the moment at which something was due to the acknowledgement of its command',
      labelNames: ['type'],
      buckets: LATENESS_SECONDS,
      registers,
    }),
    schedulerFailures: new Counter({
      name: 'creditbus_scheduler_failures_total',
      help: 'Times that the scheduler could not read or publish, and tried again',
      registers,
    }),
    schedulerLatePartitions: new Gauge({
      name: 'creditbus_scheduler_late_partitions',
      help: 'Partitions for which the scheduler publishes nothing, because their commands are applied too late',
      registers,
    }),
  };
}
