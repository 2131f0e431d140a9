import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

import { checkLimit, type Page } from './page.js';

/**
 * Rows that a page looks at, at most, for each that it may show. A list whose filter no index knows stops there: the
 * page is short, perhaps empty, and its cursor goes on behind what was looked at. So a page costs the same whatever
 * the history, and nothing needs an index that every write would pay for.
 */
export const ROWS_PER_ITEM_MAX = 10;

/** Conditions that no index knows. Without any, every row looked at is shown. */
export interface Filter {
  /** Properties and their values; undefined: any. */
  readonly equal?: Readonly<Record<string, string | undefined>>;
  /** An expression over columns. */
  readonly where?: { readonly sql: string; readonly parameters: ObjectLiteral };
}

export interface Scan<Row extends ObjectLiteral> {
  /** All that an index answers by itself: no other condition, order or limit. */
  readonly select: SelectQueryBuilder<Row>;
  /** What orders the list, as `alias.property`; single within it, with a column of one type for each. */
  readonly place: readonly string[];
  /** The primary key as `alias.property`, as far as it isn't part of the place. */
  readonly key: readonly string[];
  readonly direction: 'ASC' | 'DESC';
  /** Parameters of the place that the page begins behind. */
  readonly after?: readonly unknown[] | undefined;
  readonly filter?: Filter;
  readonly limit: number;
}

/** A page of what was looked at. @throws InvalidLimit */
export async function scannedPage<Row extends ObjectLiteral, T>(
  scan: Scan<Row>,
  item: (row: Row) => T,
  cursor: (row: Row) => string,
): Promise<Page<T>> {
  const { select, filter = {}, limit } = scan;
  checkLimit(limit);
  bound(select, scan, scan.direction === 'ASC' ? '>' : '<', 'after', scan.after);
  for (const column of scan.place) select.addOrderBy(column, scan.direction);
  const end = isNarrow(filter) ? await endOf(scan) : undefined;
  if (end !== undefined) bound(select, scan, scan.direction === 'ASC' ? '<=' : '>=', 'end', placeOf(scan, end));
  narrow(select, filter);
  const rows = await select.limit(limit + 1).getMany();
  const last = rows.length > limit ? rows[limit - 1] : end;
  return { items: rows.slice(0, limit).map(item), nextCursor: last === undefined ? null : cursor(last) };
}

function isNarrow({ equal = {}, where }: Filter): boolean {
  return where !== undefined || Object.values(equal).some((value) => value !== undefined);
}

function narrow<Row extends ObjectLiteral>(select: SelectQueryBuilder<Row>, { equal = {}, where }: Filter): void {
  for (const [property, value] of Object.entries(equal)) {
    if (value !== undefined) select.andWhere(`${select.alias}.${property} = :${property}`, { [property]: value });
  }
  if (where !== undefined) select.andWhere(where.sql, where.parameters);
}

/** The last row that may be looked at; undefined: nothing comes after it. */
async function endOf<Row extends ObjectLiteral>({ select, place, key, limit }: Scan<Row>): Promise<Row | undefined> {
  const [end, next] = await select
    .clone()
    .select([...place, ...key])
    .offset(limit * ROWS_PER_ITEM_MAX - 1)
    .limit(2)
    .getMany();
  return next === undefined ? undefined : end;
}

function placeOf<Row extends ObjectLiteral>({ place }: Scan<Row>, row: Row): unknown[] {
  return place.map((column) => parameterOf(row[column.slice(column.indexOf('.') + 1)], column));
}

/** Times are milliseconds in our entities, and exactly so in Postgres. */
function parameterOf(value: unknown, column: string): unknown {
  return column.endsWith('At') ? new Date(Number(value)) : String(value);
}

function bound<Row extends ObjectLiteral>(
  select: SelectQueryBuilder<Row>,
  { place }: Scan<Row>,
  comparison: string,
  name: string,
  values: readonly unknown[] | undefined,
): void {
  if (values === undefined) return;
  const names = values.map((_, i) => `${name}${i}`);
  const parameters = Object.fromEntries(names.map((of, i) => [of, values[i]]));
  select.andWhere(`(${place.join(', ')}) ${comparison} (${names.map((of) => `:${of}`).join(', ')})`, parameters);
}
