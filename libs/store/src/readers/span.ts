import type { EpochMs } from '@app/domain';
import type { DataSource } from 'typeorm';

import { AccountEntity } from '../entities/index.js';
import { REACH_MAX } from './reach.js';
import { versionAt } from './timeline.js';

/** Versions of an account, both inclusive: as many entries, since versions have no gap. */
export interface Span {
  readonly first: bigint;
  readonly last: bigint;
}

/** The part of a span that a list by place looks at, and how many entries are outside of it. */
export interface Reach extends Span {
  readonly beyond: number;
}

/** The versions recorded in that time; null: none, or no such account. */
export async function spanOf(
  dataSource: DataSource,
  tenantId: string,
  accountKey: string,
  { from, to }: { readonly from?: EpochMs; readonly to?: EpochMs },
): Promise<Span | null> {
  const account = await dataSource
    .getRepository(AccountEntity)
    .findOne({ select: { tenantId: true, accountKey: true, version: true }, where: { tenantId, accountKey } });
  if (account === null) return null;
  // Times have whole milliseconds: at or after one is after the one before it.
  const first = from === undefined ? 1n : (await versionAt(dataSource, tenantId, accountKey, from - 1)) + 1n;
  const last = to === undefined ? account.version : await versionAt(dataSource, tenantId, accountKey, to - 1);
  return first > last ? null : { first, last };
}

export function newestOf({ first, last }: Span, entriesMax = REACH_MAX): Reach {
  const reached = last - BigInt(entriesMax) + 1n;
  return reached <= first ? { first, last, beyond: 0 } : { first: reached, last, beyond: Number(reached - first) };
}

export function oldestOf({ first, last }: Span, entriesMax = REACH_MAX): Reach {
  const reached = first + BigInt(entriesMax) - 1n;
  return reached >= last ? { first, last, beyond: 0 } : { first, last: reached, beyond: Number(last - reached) };
}
