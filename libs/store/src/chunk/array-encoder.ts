/** Element types that the encoder knows, with their object ids in every Postgres. */
const OID = { bool: 16, bytea: 17, int8: 20, int2: 21, text: 25, timestamptz: 1184 } as const;

/** What a getter gives for a column of each type; null is SQL's null. */
export interface ElementTypes {
  readonly bool: boolean;
  readonly bytea: Buffer;
  readonly int2: number;
  readonly int8: bigint;
  readonly text: string;
  /** Milliseconds since the Unix epoch. */
  readonly timestamptz: number;
  /** Canonical text form. */
  readonly uuid: string;
}
export type ElementType = keyof ElementTypes;

const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const UTF8_BYTES_PER_CODE_UNIT_MAX = 3;
/** Postgres counts microseconds from 2000-01-01. */
const POSTGRES_EPOCH_MS = 946_684_800_000;
const MICROSECONDS_PER_MS = 1_000;
const TWO_POW_32 = 2 ** 32;
const INT8_BYTES = 8;

/** A value that its column can't hold, with the index of its row. */
export class UnstorableValue extends Error {
  override readonly name = 'UnstorableValue';
  constructor(
    readonly row: number,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/**
 * Encodes columns of rows as Postgres arrays in the binary format of the wire protocol, one behind another in one
 * buffer: no escaping here, no parsing there. Arrays of uuid are text literals, which need neither.
 */
export class ArrayEncoder {
  private buffer: Buffer;
  private end = 0;

  constructor(bytesExpected: number) {
    this.buffer = Buffer.allocUnsafe(bytesExpected);
  }

  /** One column of the rows as a parameter for `$n::type[]`. @throws UnstorableValue */
  encode<T extends ElementType, Row>(
    type: T,
    rows: readonly Row[],
    get: (row: Row) => ElementTypes[T] | null,
  ): Buffer | string {
    if (type === 'uuid') return `{${rows.map((row) => get(row) ?? 'NULL').join(',')}}`;
    const oid = OID[type as Exclude<T, 'uuid'>];
    let start = this.begin(oid, rows.length);
    for (let i = 0; i < rows.length; i++) {
      const value = get(rows[i] as Row);
      try {
        start = this.add(type, value, start);
      } catch (error) {
        throw new UnstorableValue(i, error);
      }
    }
    return this.buffer.subarray(start, this.end);
  }

  private begin(oid: number, length: number): number {
    const start = this.reserve(HEADER_BYTES, this.end);
    // No elements: no dimensions.
    this.int32(length === 0 ? 0 : 1);
    // May contain nulls.
    this.int32(1);
    this.int32(oid);
    if (length > 0) {
      this.int32(length);
      // Lower bound.
      this.int32(1);
    }
    return start;
  }

  private add(type: ElementType, value: ElementTypes[ElementType] | null, start: number): number {
    if (value === null) {
      const moved = this.reserve(LENGTH_BYTES, start);
      this.int32(-1);
      return moved;
    }
    switch (type) {
      case 'text':
        return this.addText(value as string, start);
      case 'bytea':
        return this.addBytes(value as Buffer, start);
      default:
        return this.addFixed(type, value, start);
    }
  }

  private addText(text: string, start: number): number {
    const moved = this.reserve(LENGTH_BYTES + text.length * UTF8_BYTES_PER_CODE_UNIT_MAX, start);
    const length = this.buffer.write(text, this.end + LENGTH_BYTES, 'utf8');
    this.int32(length);
    this.end += length;
    return moved;
  }

  private addBytes(bytes: Buffer, start: number): number {
    const moved = this.reserve(LENGTH_BYTES + bytes.length, start);
    this.int32(bytes.length);
    bytes.copy(this.buffer, this.end);
    this.end += bytes.length;
    return moved;
  }

  private addFixed(type: ElementType, value: ElementTypes[ElementType], start: number): number {
    const moved = this.reserve(LENGTH_BYTES + INT8_BYTES, start);
    switch (type) {
      case 'int8':
        this.int32(INT8_BYTES);
        this.end = this.buffer.writeBigInt64BE(value as bigint, this.end);
        break;
      case 'timestamptz': {
        // Exact: microseconds of every year up to 2285 stay below 2^53.
        const microseconds = ((value as number) - POSTGRES_EPOCH_MS) * MICROSECONDS_PER_MS;
        this.int32(INT8_BYTES);
        this.int32(Math.floor(microseconds / TWO_POW_32));
        this.end = this.buffer.writeUInt32BE(((microseconds % TWO_POW_32) + TWO_POW_32) % TWO_POW_32, this.end);
        break;
      }
      case 'int2':
        this.int32(2);
        this.end = this.buffer.writeInt16BE(value as number, this.end);
        break;
      default:
        this.int32(1);
        this.end = this.buffer.writeUInt8(value === true ? 1 : 0, this.end);
    }
    return moved;
  }

  private int32(value: number): void {
    this.end = this.buffer.writeInt32BE(value, this.end);
  }

  /**
   * Makes room for that many bytes and returns where the column that began at `start` begins now: when the buffer
   * is full it moves into a new one, and the columns before it keep the old one.
   */
  private reserve(bytes: number, start: number): number {
    if (this.end + bytes <= this.buffer.length) return start;
    const used = this.end - start;
    const larger = Buffer.allocUnsafe(2 * (used + bytes) + this.buffer.length);
    this.buffer.copy(larger, 0, start, this.end);
    this.buffer = larger;
    this.end = used;
    return 0;
  }
}
