import type { EpochMs } from '@app/domain';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

import { scannedPage } from './bounded-scan.js';
import { cursorOf, InvalidCursor, type Page, placeOf } from './page.js';
import type { ObjectListQuery } from './shapes.js';

/** Within timestamptz, which begins in 4713 BC. */
const MILLISECONDS = /^-?\d{1,14}$/;

export interface ObjectList<Row extends ObjectLiteral> {
  /** What belongs to an account, or to none (alias `o`), chosen already. */
  readonly select: SelectQueryBuilder<Row>;
  /** Its name within cursors. */
  readonly list: string;
  /** The property that is its id. */
  readonly id: string & keyof Row;
  /** Statuses that an index of their own finds, in the same order: their lists are never short. */
  readonly indexed?: Readonly<Record<string, string>>;
  /** What else it is narrowed to that no index knows. */
  readonly filter?: Readonly<Record<string, string | undefined>>;
}

/**
 * One page of what belongs to an account, newest first: by time of creation, then id. `amount > 0` is the condition of
 * the index, always true. @throws InvalidCursor, InvalidLimit
 */
export function objectPage<Row extends ObjectLiteral & { readonly createdAt: EpochMs }, T>(
  { select, list, id, indexed = {}, filter }: ObjectList<Row>,
  query: ObjectListQuery<string>,
  item: (row: Row) => T,
): Promise<Page<T>> {
  const { status, from, to, limit, cursor } = query;
  const condition = status === undefined ? undefined : indexed[status];
  select.andWhere(condition ?? 'o.amount > 0');
  if (from !== undefined) select.andWhere('o.createdAt >= :from', { from: new Date(from) });
  if (to !== undefined) select.andWhere('o.createdAt < :to', { to: new Date(to) });
  return scannedPage<Row, T>(
    {
      select,
      place: ['o.createdAt', `o.${id}`],
      key: ['o.tenantId'],
      direction: 'DESC',
      after: cursor === undefined ? undefined : placeAfter(list, cursor),
      filter: { equal: { ...filter, status: condition === undefined ? status : undefined } },
      limit,
    },
    item,
    (row) => cursorOf(list, [String(row.createdAt), String(row[id])]),
  );
}

function placeAfter(list: string, cursor: string): readonly unknown[] {
  const [time = '', id = ''] = placeOf(list, 2, cursor);
  if (!MILLISECONDS.test(time)) throw new InvalidCursor(cursor);
  return [new Date(Number(time)), id];
}
