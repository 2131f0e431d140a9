import type { LogRange } from '../log-admin.js';
import type { Headers, LogRecord } from '../ports.js';

/** A record, or an offset that consumers never see (as transaction markers are, or the rest of an undecodable range). */
type Slot = LogRecord | { readonly offset: bigint; readonly hidden: true };

export interface Appended {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Headers;
}

/** The log of one partition. */
export class MemoryPartition {
  private slots: Slot[] = [];
  private start = 0n;
  private openAt: bigint | undefined;

  get range(): LogRange {
    return { start: this.start, end: this.start + BigInt(this.slots.length) };
  }

  append(record: Appended, timestampMs: number): bigint {
    const offset = this.range.end;
    this.slots.push({ ...record, offset, timestampMs });
    return offset;
  }

  appendHidden(): bigint {
    const offset = this.range.end;
    this.slots.push({ offset, hidden: true });
    return offset;
  }

  /** What lies there instead of `count` records can't be read. */
  appendUndecodable(count: number, bytes: Buffer, reason: string, timestampMs: number): void {
    const offset = this.range.end;
    const undecodable = { lastOffset: offset + BigInt(count) - 1n, bytes: bytes.length, reason };
    this.slots.push({ offset, timestampMs, key: null, value: bytes, headers: {}, undecodable });
    for (let rest = 1; rest < count; rest++) this.appendHidden();
  }

  /** What a transaction does that begins: nothing behind it can be read until `endTransaction()`. */
  beginTransaction(): void {
    this.openAt ??= this.range.end;
  }

  endTransaction(): void {
    this.openAt = undefined;
    this.appendHidden();
  }

  /** Records below can be read. */
  get lastStableOffset(): bigint {
    return this.openAt ?? this.range.end;
  }

  /** What retention does: the log begins at `offset` from now on. */
  deleteBefore(offset: bigint): void {
    const { start, end } = this.range;
    const to = offset > end ? end : offset;
    if (to <= start) return;
    this.slots = this.slots.slice(Number(to - start));
    this.start = to;
  }

  /** Visible records from `offset` (within the range), and the position after what was looked at. */
  read(offset: bigint, recordsMax: number): { readonly records: readonly LogRecord[]; readonly nextOffset: bigint } {
    const records: LogRecord[] = [];
    let index = Number(offset - this.start);
    for (const slot of this.slots.slice(index, Number(this.lastStableOffset - this.start))) {
      // Hidden ones right behind the last record are passed over with it.
      const hidden = 'hidden' in slot;
      if (!hidden && records.length === recordsMax) break;
      if (!hidden) records.push(slot);
      index++;
    }
    return { records, nextOffset: this.start + BigInt(index) };
  }
}
