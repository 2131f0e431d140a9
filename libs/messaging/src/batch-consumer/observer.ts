import type { TopicPartition, Undecodable } from '../ports.js';

/** A partition that is not consumed until an operator decides, because its position lies outside the log. */
export interface StoppedPartition extends TopicPartition {
  readonly reason: 'position-below-log-start' | 'position-above-log-end';
  readonly position: bigint;
  readonly logStart: bigint;
  readonly logEnd: bigint;
  /** For people: what is missing and which command decides. */
  readonly message: string;
}

/** A partition that can't be read on before a publisher's transaction has ended, or the broker has aborted it. */
export interface OpenTransaction extends TopicPartition {
  /** Where the transaction begins; the partition's records from here on wait. */
  readonly offset: bigint;
  /** Since when this was noticed, ms since the epoch. */
  readonly sinceMs: number;
}

/** Offsets of the log that could not be read; they are dead-lettered as one. */
export interface UndecodableRange extends TopicPartition, Undecodable {
  readonly firstOffset: bigint;
}

export interface ChunkDone extends TopicPartition {
  readonly records: number;
  readonly durationMs: number;
  /** Records between the chunk's end and the end of the log when it was fetched. */
  readonly lag: bigint;
}

export interface ChunkFailed extends TopicPartition {
  readonly error: unknown;
  /** 1 for the first failure in a row. */
  readonly attempt: number;
  /** Wait before the next attempt. */
  readonly delayMs: number;
  /** True: the partition is paused meanwhile; false: retried in place. */
  readonly paused: boolean;
}

/** Hears what a `BatchConsumer` does, for metrics and logs. Every method is optional; what it throws is ignored. */
export interface ConsumerObserver {
  assigned?(partitions: readonly TopicPartition[]): void;
  /** A partition begins (again) at this position. */
  positioned?(
    at: TopicPartition & {
      readonly position: bigint;
      readonly rowPosition: bigint | null;
    },
  ): void;
  chunkDone?(chunk: ChunkDone): void;
  chunkFailed?(failure: ChunkFailed): void;
  /** Part of a chunk that is done; heard again when it is redelivered. */
  undecodable?(range: UndecodableRange): void;
  /** A partition waits for a transaction to end; heard again when another one holds it up. */
  transactionOpen?(transaction: OpenTransaction): void;
  /** A partition waits for no transaction any more. */
  transactionEnded?(at: TopicPartition): void;
  /** The fence didn't hold; the partition is claimed anew. */
  positionLost?(at: TopicPartition & { readonly error: Error }): void;
  resumed?(at: TopicPartition): void;
  stopped?(partition: StoppedPartition): void;
  /** A stopped partition's position lies inside the log again. */
  unstopped?(at: TopicPartition): void;
  /** Lag of a partition that was idle when compared. */
  lag?(at: TopicPartition & { readonly lag: bigint }): void;
  /** Something that was worked around or is tried again, as one sentence. */
  warning?(message: string, error?: unknown): void;
  crashed?(error: Error, restarting: boolean): void;
}

/** The observer, with what it throws passed to its `warning`: a bug in a metric must not stop a partition. */
export function guarded(observer: ConsumerObserver): ConsumerObserver {
  return new Proxy(observer, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...heard: readonly unknown[]) => {
        try {
          Reflect.apply(method, target, heard);
        } catch (error) {
          if (name !== 'warning') guarded(target).warning?.(`The observer's ${String(name)} threw.`, error);
        }
      };
    },
  });
}
