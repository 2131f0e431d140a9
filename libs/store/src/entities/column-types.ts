import type { ColumnOptions, ValueTransformer } from 'typeorm';

/** int8 as bigint: a double would lose digits beyond 2^53. */
const BIGINT: ValueTransformer = {
  to: (value: bigint | null | undefined) => (typeof value === 'bigint' ? String(value) : value),
  from: (value: string | null) => (value === null ? null : BigInt(value)),
};

/** timestamptz as milliseconds since the epoch. */
const EPOCH_MS: ValueTransformer = {
  to: (value: number | null | undefined) => (typeof value === 'number' ? new Date(value) : value),
  from: (value: Date | null) => (value === null ? null : value.getTime()),
};

export function int8(name: string, options: ColumnOptions = {}): ColumnOptions {
  return { name, type: 'bigint', transformer: BIGINT, ...options };
}

export function time(name: string, options: ColumnOptions = {}): ColumnOptions {
  return { name, type: 'timestamptz', precision: 3, transformer: EPOCH_MS, ...options };
}

export function text(name: string, options: ColumnOptions = {}): ColumnOptions {
  return { name, type: 'text', ...options };
}

export function json(name: string, options: ColumnOptions = {}): ColumnOptions {
  return { name, type: 'json', ...options };
}
