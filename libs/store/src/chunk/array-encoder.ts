/** Element types that the encoder knows, with their object ids in every Postgres. */
const OID = { bool: 16, bytea: 17, int8: 20, int2: 21, text: 25, timestamptz: 1184, uuid: 2950 } as const;

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

/** A column's values, in the order of its rows. */
export type Column<T extends ElementType> = readonly (ElementTypes[T] | null)[];

const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const NULL_LENGTH = -1;
const INT8_BYTES = 8;
const INT8_BITS = 64;
const INT2_BYTES = 2;
const BOOL_BYTES = 1;
const UUID_BYTES = 16;
const UUID_TEXT_LENGTH = 36;
const UTF8_BYTES_PER_CODE_UNIT_MAX = 3;
/** Up to this length a loop is quicker than a call into the runtime. */
const SHORT_TEXT_LENGTH = 24;
const ASCII_MAX = 127;
const DASH = 45;
const HEX_BITS = 4;
/** Value of a lower-case hexadecimal digit by its character code. */
const HEX_VALUE = Uint8Array.from({ length: ASCII_MAX + 1 }, (_, code) =>
  Math.max(0, '0123456789abcdef'.indexOf(String.fromCharCode(code))),
);
/** Postgres counts microseconds from 2000-01-01. */
const POSTGRES_EPOCH_MS = 946_684_800_000;
const MICROSECONDS_PER_MS = 1_000;
const TWO_POW_32 = 2 ** 32;

/** A value that its column can't hold, with the index of its row. */
export class UnstorableValue extends Error {
  override readonly name = 'UnstorableValue';
  constructor(
    readonly row: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Encodes columns as Postgres arrays in the binary format of the wire protocol, one behind another in one buffer:
 * no escaping here, no parsing there. One loop per type, since this is most of the ledger's own work.
 */
export class ArrayEncoder {
  private buffer: Buffer;
  private view: DataView;
  private end = 0;

  constructor(private readonly bytesExpected: number) {
    this.buffer = Buffer.allocUnsafeSlow(bytesExpected);
    this.view = viewOf(this.buffer);
  }

  /**
   * A column as a parameter for `unnest($n::type[])`. One without any value is null, which `unnest` beside other
   * columns takes for as many nulls as they have rows. @throws UnstorableValue
   */
  encode<T extends ElementType>(type: T, values: Column<T>): Buffer | null {
    if (values.every((value) => value === null)) return null;
    this.reserve(HEADER_BYTES + bytesMax(type, values));
    const start = this.end;
    this.header(OID[type], values.length);
    this.elements(type, values);
    return this.buffer.subarray(start, this.end);
  }

  private elements(type: ElementType, values: Column<ElementType>): void {
    switch (type) {
      case 'int8':
        this.int8(values as Column<'int8'>);
        break;
      case 'text':
        this.text(values as Column<'text'>);
        break;
      case 'timestamptz':
        this.timestamptz(values as Column<'timestamptz'>);
        break;
      case 'uuid':
        this.uuid(values as Column<'uuid'>);
        break;
      case 'bytea':
        this.bytea(values as Column<'bytea'>);
        break;
      case 'int2':
        this.int2(values as Column<'int2'>);
        break;
      case 'bool':
        this.bool(values as Column<'bool'>);
        break;
    }
  }

  private header(oid: number, length: number): void {
    // One dimension, perhaps with nulls, and its lower bound.
    for (const value of [1, 1, oid, length, 1]) this.int32(value);
  }

  private int8(values: Column<'int8'>): void {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as bigint | null;
      if (value === null) {
        this.int32(NULL_LENGTH);
        continue;
      }
      if (BigInt.asIntN(INT8_BITS, value) !== value) throw new UnstorableValue(i, `${value} is no 64-bit integer`);
      this.int32(INT8_BYTES);
      this.view.setBigInt64(this.end, value);
      this.end += INT8_BYTES;
    }
  }

  private timestamptz(values: Column<'timestamptz'>): void {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number | null;
      if (value === null) {
        this.int32(NULL_LENGTH);
        continue;
      }
      const microseconds = (value - POSTGRES_EPOCH_MS) * MICROSECONDS_PER_MS;
      this.int32(INT8_BYTES);
      if (!Number.isSafeInteger(microseconds)) {
        // Beyond 285 years from the epoch, where a float has not all microseconds.
        if (!Number.isSafeInteger(value)) throw new UnstorableValue(i, `${value} is no time in milliseconds`);
        this.view.setBigInt64(this.end, BigInt(value - POSTGRES_EPOCH_MS) * BigInt(MICROSECONDS_PER_MS));
        this.end += INT8_BYTES;
        continue;
      }
      const high = Math.floor(microseconds / TWO_POW_32);
      this.int32(high);
      this.view.setUint32(this.end, microseconds - high * TWO_POW_32);
      this.end += LENGTH_BYTES;
    }
  }

  private text(values: Column<'text'>): void {
    for (const value of values) {
      if (value === null) {
        this.int32(NULL_LENGTH);
        continue;
      }
      const at = this.end + LENGTH_BYTES;
      const length = this.shortAscii(value, at) ? value.length : this.buffer.write(value, at, 'utf8');
      this.int32(length);
      this.end += length;
    }
  }

  /** Writes a short ASCII text; false: it isn't one. */
  private shortAscii(text: string, at: number): boolean {
    if (text.length > SHORT_TEXT_LENGTH) return false;
    const { buffer } = this;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > ASCII_MAX) return false;
      buffer[at + i] = code;
    }
    return true;
  }

  private uuid(values: Column<'uuid'>): void {
    for (const text of values) {
      if (text === null) {
        this.int32(NULL_LENGTH);
        continue;
      }
      this.int32(UUID_BYTES);
      const { buffer } = this;
      let { end } = this;
      for (let i = 0; i < UUID_TEXT_LENGTH; i += 2) {
        if (text.charCodeAt(i) === DASH) i++;
        const high = HEX_VALUE[text.charCodeAt(i)] ?? 0;
        buffer[end++] = (high << HEX_BITS) | (HEX_VALUE[text.charCodeAt(i + 1)] ?? 0);
      }
      this.end = end;
    }
  }

  private bytea(values: Column<'bytea'>): void {
    for (const bytes of values) {
      this.int32(bytes === null ? NULL_LENGTH : bytes.length);
      if (bytes === null) continue;
      this.buffer.set(bytes, this.end);
      this.end += bytes.length;
    }
  }

  private int2(values: Column<'int2'>): void {
    for (const value of values) {
      this.int32(value === null ? NULL_LENGTH : INT2_BYTES);
      if (value === null) continue;
      this.view.setInt16(this.end, value);
      this.end += INT2_BYTES;
    }
  }

  private bool(values: Column<'bool'>): void {
    for (const value of values) {
      this.int32(value === null ? NULL_LENGTH : BOOL_BYTES);
      if (value === null) continue;
      this.buffer[this.end++] = value ? 1 : 0;
    }
  }

  private int32(value: number): void {
    this.view.setInt32(this.end, value);
    this.end += LENGTH_BYTES;
  }

  /** Makes room for a column. Columns before it keep the buffer that they are in. */
  private reserve(bytes: number): void {
    if (this.end + bytes <= this.buffer.length) return;
    this.buffer = Buffer.allocUnsafeSlow(Math.max(bytes, this.bytesExpected));
    this.view = viewOf(this.buffer);
    this.end = 0;
  }
}

/** No encoding of the values is longer. */
function bytesMax(type: ElementType, values: Column<ElementType>): number {
  if (type !== 'text' && type !== 'bytea') return values.length * (LENGTH_BYTES + UUID_BYTES);
  let bytes = values.length * LENGTH_BYTES;
  for (const value of values as Column<'text' | 'bytea'>) {
    if (value !== null) bytes += value.length * UTF8_BYTES_PER_CODE_UNIT_MAX;
  }
  return bytes;
}

function viewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
