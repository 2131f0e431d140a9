import type { EpochMs } from '@app/domain';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

import { checkLimit, cursorOf, InvalidCursor, placeOf } from './page.js';
import type { ObjectListQuery } from './shapes.js';

const MILLISECONDS = /^-?\d{1,15}$/;

/**
 * Completes a select of what belongs to an account (alias `o`, account chosen already) to one page, newest first:
 * by time of creation, then id. `amount > 0` is the condition of the index, always true.
 * @throws InvalidCursor, InvalidLimit
 */
export function selectPage<Row extends ObjectLiteral>(
  select: SelectQueryBuilder<Row>,
  list: string,
  id: string,
  query: ObjectListQuery<string>,
): SelectQueryBuilder<Row> {
  const { status, from, to, limit, cursor } = query;
  checkLimit(limit);
  select
    .andWhere('o.amount > 0')
    .orderBy('o.createdAt', 'DESC')
    .addOrderBy(`o.${id}`, 'DESC')
    .limit(limit + 1);
  if (status !== undefined) select.andWhere('o.status = :status', { status });
  if (from !== undefined) select.andWhere('o.createdAt >= :from', { from: new Date(from) });
  if (to !== undefined) select.andWhere('o.createdAt < :to', { to: new Date(to) });
  if (cursor === undefined) return select;
  const [time = '', after = ''] = placeOf(list, 2, cursor);
  if (!MILLISECONDS.test(time)) throw new InvalidCursor(cursor);
  return select.andWhere(`(o.createdAt, o.${id}) < (:time, :after)`, { time: new Date(Number(time)), after });
}

/** The cursor behind an item of such a page. */
export function objectCursor(list: string, createdAt: EpochMs, id: string): string {
  return cursorOf(list, [String(createdAt), id]);
}
