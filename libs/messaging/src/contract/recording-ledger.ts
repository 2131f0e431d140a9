import { MemoryPositionStore } from '../in-memory/memory-position-store.js';
import { type Chunk, type ChunkProcessor, type ChunkSignal, MembershipLost } from '../ports.js';

type Hook = (chunk: Chunk, signal: ChunkSignal) => Promise<void> | void;

/** Stands for Postgres and the event topics: applies each record once, publishes every time, as the worker does. */
export class RecordingLedger implements ChunkProcessor {
  readonly positions = new MemoryPositionStore();
  /** Values by `topic/partition`, in the order of their first application. */
  readonly applied = new Map<string, string[]>();
  /** Values in the order in which their events were sent, repeats included. */
  readonly published = new Map<string, string[]>();
  readonly chunks: Chunk[] = [];
  /** Runs before anything is applied, and between commit and publishing. */
  beforeApply: Hook = () => undefined;
  beforePublish: Hook = () => undefined;
  private readonly known = new Set<string>();

  async process(chunk: Chunk, signal: ChunkSignal): Promise<void> {
    this.chunks.push(chunk);
    await this.beforeApply(chunk, signal);
    await signal.heartbeat();
    this.positions.advance(chunk);
    const key = `${chunk.topic}/${chunk.partition}`;
    for (const { offset, value } of chunk.records) {
      if (this.known.has(`${key}@${offset}`)) continue;
      this.known.add(`${key}@${offset}`);
      list(this.applied, key).push(String(value));
    }
    await this.beforePublish(chunk, signal);
    await signal.heartbeat();
    if (!signal.mayPublish()) throw new MembershipLost('too long ago');
    list(this.published, key).push(...chunk.records.map(({ value }) => String(value)));
  }

  appliedOn(topic: string, partition: number): readonly string[] {
    return this.applied.get(`${topic}/${partition}`) ?? [];
  }

  publishedOn(topic: string, partition: number): readonly string[] {
    return this.published.get(`${topic}/${partition}`) ?? [];
  }

  /** What restoring an older backup does: effects from `offset` on are gone, and the row is back there. */
  restore(topic: string, partition: number, offset: bigint): void {
    const key = `${topic}/${partition}`;
    this.applied.set(key, list(this.applied, key).slice(0, Number(offset)));
    for (const name of this.known) {
      const [at, recordOffset] = name.split('@');
      if (at === key && BigInt(recordOffset ?? 0) >= offset) this.known.delete(name);
    }
    this.positions.set(topic, partition, offset);
  }
}

function list(of: Map<string, string[]>, key: string): string[] {
  let values = of.get(key);
  if (values === undefined) of.set(key, (values = []));
  return values;
}
