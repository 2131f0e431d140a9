import type { WorkerMetrics } from '@app/observability';
import type { RecordResult } from '../consumer/isolate.js';
import type { ChunkTimings, PipelineObserver, PublishedEvents } from '../consumer/pipeline-observer.js';

/** Counts what the pipeline does. Once per chunk and label set, not per command: counters look their labels up. */
export class MeasuredPipeline implements PipelineObserver {
  constructor(
    private readonly metrics: WorkerMetrics,
    private readonly nowMs: () => number = Date.now,
  ) {}

  chunkProcessed(results: readonly RecordResult[], timings: ChunkTimings, events: PublishedEvents): void {
    const { metrics } = this;
    const { decodeMs, applyMs, publishMs } = timings;
    metrics.chunkRecords.observe(results.length);
    metrics.chunkSeconds.observe({ stage: 'decode' }, decodeMs / 1_000);
    metrics.chunkSeconds.observe({ stage: 'apply' }, applyMs / 1_000);
    metrics.chunkSeconds.observe({ stage: 'publish' }, publishMs / 1_000);
    metrics.chunkSeconds.observe({ stage: 'total' }, (decodeMs + applyMs + publishMs) / 1_000);
    for (const { topic, count } of events) metrics.eventsPublished.inc({ topic }, count);
    for (const { type, result, code, count } of counted(results)) {
      if (result === 'dead-letter') metrics.deadLetters.inc({ reason: code }, count);
      else metrics.commands.inc({ type, result, code }, count);
    }
    const oldest = results[0];
    if (oldest !== undefined) metrics.endToEndSeconds.observe((this.nowMs() - oldest.record.timestampMs) / 1_000);
  }

  repliesMissed(count: number): void {
    this.metrics.repliesMissed.inc(count);
  }
}

interface Counted {
  readonly type: string;
  readonly result: RecordResult['result']['kind'];
  readonly code: string;
  count: number;
}

function counted(results: readonly RecordResult[]): Iterable<Counted> {
  const counts = new Map<string, Counted>();
  for (const { result } of results) {
    const isDeadLetter = result.kind === 'dead-letter';
    const type = isDeadLetter ? '' : result.entry.commandType;
    const code = isDeadLetter ? result.reason : result.entry.code;
    const key = `${result.kind} ${code} ${type}`;
    const before = counts.get(key);
    if (before === undefined) counts.set(key, { type, result: result.kind, code, count: 1 });
    else before.count++;
  }
  return counts.values();
}
