import { randomUUID } from 'node:crypto';
import { type Chunk, type Position, PositionLost, type PositionStore } from '../ports.js';

interface Row {
  owner: string;
  nextOffset: bigint | null;
}

/** `PositionStore` in memory, with the check that a ledger makes in its transaction. */
export class MemoryPositionStore implements PositionStore {
  private rows = new Map<string, Row>();

  async claim(
    topic: string,
    partitions: readonly number[],
  ): Promise<Map<number, Position & { readonly owner: string }>> {
    await Promise.resolve();
    const claimed = new Map<number, Position & { readonly owner: string }>();
    for (const partition of partitions) {
      const row: Row = { owner: randomUUID(), nextOffset: this.rows.get(`${topic}/${partition}`)?.nextOffset ?? null };
      this.rows.set(`${topic}/${partition}`, row);
      claimed.set(partition, { ...row });
    }
    return claimed;
  }

  async read(topic: string, partitions: readonly number[]): Promise<Map<number, Position>> {
    await Promise.resolve();
    return new Map(
      partitions.map((partition) => [
        partition,
        { nextOffset: this.rows.get(`${topic}/${partition}`)?.nextOffset ?? null },
      ]),
    );
  }

  /** Checks the fence and moves the row, in one step with the caller's effects. @throws PositionLost */
  advance({ topic, partition, fence, toOffset }: Chunk): void {
    const row = this.rows.get(`${topic}/${partition}`);
    const nextOffset = row?.nextOffset ?? 0n;
    if (row?.owner !== fence.owner || nextOffset !== fence.nextOffset) {
      throw new PositionLost(topic, partition, `${topic}/${partition}: the row has moved to ${nextOffset}`);
    }
    row.nextOffset = toOffset > nextOffset ? toOffset : nextOffset;
  }

  /** What a restored backup or an operator does. */
  set(topic: string, partition: number, nextOffset: bigint | null): void {
    this.rows.set(`${topic}/${partition}`, { owner: randomUUID(), nextOffset });
  }
}
