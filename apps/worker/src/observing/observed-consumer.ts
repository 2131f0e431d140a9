import type { WorkerMetrics } from '@app/observability';
import type { ChunkDone, ChunkFailed, ConsumerObserver, StoppedPartition, TopicPartition } from '@app/messaging';
import type { Logger } from 'pino';

/** Turns what the batch consumer does into metrics and log lines. */
export class ObservedConsumer implements ConsumerObserver {
  constructor(
    private readonly metrics: WorkerMetrics,
    private readonly log: Logger,
  ) {}

  assigned(partitions: readonly TopicPartition[]): void {
    const { rebalances, partitionsAssigned, partitionPaused, partitionStopped, lagRecords } = this.metrics;
    rebalances.inc();
    partitionsAssigned.set(partitions.length);
    // What another worker has now is that worker's to report.
    for (const gauge of [partitionPaused, partitionStopped, lagRecords]) gauge.reset();
    this.log.info({ partitions: partitions.map(({ partition }) => partition) }, 'partitions assigned');
  }

  positioned({ topic, partition, position }: TopicPartition & { readonly position: bigint }): void {
    this.log.debug({ topic, partition, position: String(position) }, 'partition positioned');
  }

  chunkDone({ topic, partition, lag }: ChunkDone): void {
    this.metrics.lagRecords.set(labels({ topic, partition }), Number(lag));
  }

  chunkFailed({ topic, partition, error, attempt, delayMs, paused }: ChunkFailed): void {
    this.metrics.chunkRetries.inc({ place: paused ? 'paused' : 'in-place' });
    if (paused) this.metrics.partitionPaused.set(labels({ topic, partition }), 1);
    const details = { topic, partition, attempt, delayMs: Math.round(delayMs), err: error };
    this.log.warn(details, 'a chunk failed; it is tried again');
  }

  positionLost({ topic, partition, error }: TopicPartition & { readonly error: Error }): void {
    this.metrics.positionsLost.inc();
    this.log.warn({ topic, partition, err: error }, 'position lost; nothing was applied, comparing again');
  }

  resumed(at: TopicPartition): void {
    this.metrics.partitionPaused.set(labels(at), 0);
  }

  stopped(partition: StoppedPartition): void {
    this.metrics.partitionStopped.set(labels(partition), 1);
    this.log.error(
      { topic: partition.topic, partition: partition.partition, reason: partition.reason },
      partition.message,
    );
  }

  unstopped(at: TopicPartition): void {
    this.metrics.partitionStopped.set(labels(at), 0);
    this.log.info(at, 'partition runs again');
  }

  lag({ topic, partition, lag }: TopicPartition & { readonly lag: bigint }): void {
    this.metrics.lagRecords.set(labels({ topic, partition }), Number(lag));
  }

  warning(message: string, error?: unknown): void {
    this.log.warn({ err: error }, message);
  }

  crashed(error: Error, restarting: boolean): void {
    this.log.error({ err: error, restarting }, 'the Kafka consumer crashed');
  }
}

function labels({ topic, partition }: TopicPartition): { topic: string; partition: string } {
  return { topic, partition: String(partition) };
}
