import type { ArrayEncoder, ElementType, ElementTypes } from './array-encoder.js';

/** How a parameter's value is told from a row, and as which element type it is sent. */
export type Getter<Row> = { readonly [T in ElementType]: (row: Row) => ElementTypes[T] | null }[ElementType];

/** One for each parameter, by its name. */
export type Getters<P extends readonly (readonly [string, ElementType])[], Row> = {
  readonly [E in P[number] as E[0]]: (row: Row) => ElementTypes[E[1]] | null;
};

/** Array parameters of a statement, in order, with their element types. */
export type Parameters = readonly (readonly [name: string, type: ElementType])[];

/** Appends a statement's array parameters, one column of all rows each. @throws UnstorableValue */
export function addColumns<Row>(
  encoder: ArrayEncoder,
  values: unknown[],
  parameters: Parameters,
  getters: Readonly<Record<string, Getter<Row>>>,
  rows: readonly Row[],
): void {
  for (const [name, type] of parameters) {
    const get = getters[name] as (row: Row) => ElementTypes[ElementType] | null;
    values.push(
      encoder.encode(
        type,
        rows.map((row) => get(row)),
      ),
    );
  }
}

/** The text of a JSON column. */
export function jsonOf(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
