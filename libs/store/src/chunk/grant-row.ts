import {
  type CostBasis,
  type Grant,
  GRANT_KINDS,
  grantDueAt,
  type GrantKind,
  type GrantStatus,
  type GrantTexts,
  type Metadata,
} from '@app/domain';

import type { AccountNames } from './account-row.js';
import { given, jsonOrNull, numberOrNull, textOrNull, type TextRow } from './rows.js';

/** The grant from `GRANT_COLUMNS`, which begin at `at` in the row, and the names of its account. */
export function grantFromRow(names: Pick<AccountNames, 'accountId' | 'creditType'>, row: TextRow, at: number): Grant {
  return {
    grantId: given(row, at),
    accountId: names.accountId,
    creditType: names.creditType,
    kind: given(row, at + 1) as GrantKind,
    status: given(row, at + 2) as GrantStatus,
    amount: BigInt(given(row, at + 3)),
    remaining: BigInt(given(row, at + 4)),
    held: BigInt(given(row, at + 5)),
    priority: numberOrNull(row, at + 6),
    createdVersion: BigInt(given(row, at + 7)),
    createdIndex: Number(given(row, at + 8)),
    effectiveAt: Number(given(row, at + 9)),
    expiresAt: numberOrNull(row, at + 10),
    rollsAt: numberOrNull(row, at + 11),
    dueAt: numberOrNull(row, at + 12),
    sourceGrantId: textOrNull(row, at + 13),
    scheduleId: textOrNull(row, at + 14),
  };
}

/** What is said of a grant, from the columns behind `GRANT_COLUMNS` in a row of `NAMED_GRANTS`; those begin at `at`. */
export function grantTextsFromRow(row: TextRow, at: number): GrantTexts {
  return {
    name: textOrNull(row, at + 15),
    costBasis: jsonOrNull(row, at + 16) as CostBasis | null,
    metadata: jsonOrNull(row, at + 17) as Metadata | null,
  };
}

/** What most grants don't have: id, source grant, schedule. */
type Further = readonly [string, string | null, string | null];

/** Values of each grant among the numbers of `LIVE_GRANTS`. */
const NUMBERS_PER_GRANT = 12;

/**
 * The grants of one account from a row of `LIVE_GRANTS`. Thousands are alive at once until their chunk is written, so
 * they share what they can: what survives a collection of garbage is copied by it.
 */
export function liveGrantsFromRow(names: Pick<AccountNames, 'accountId' | 'creditType'>, row: TextRow): Grant[] {
  const numbers = given(row, 1).split(' ');
  const ids = JSON.parse(given(row, 2)) as readonly string[];
  const text = row[3] ?? null;
  const further = text === null ? NO_FURTHER : new Map((JSON.parse(text) as Further[]).map((all) => [all[0], all]));
  const number = (grant: number, position: number): string => given(numbers, grant * NUMBERS_PER_GRANT + position);
  return ids.map((grantId, index) => {
    const status = GRANT_STATUS.get(number(index, 1)) ?? unknown('status', number(index, 1));
    const effectiveAt = millisecondsFrom(number(index, 8));
    const expiresAt = millisecondsOrNullFrom(number(index, 9));
    const rollsAt = millisecondsOrNullFrom(number(index, 10));
    const isDue = number(index, 11) === 't';
    const rest = further.get(grantId);
    return {
      grantId,
      accountId: names.accountId,
      creditType: names.creditType,
      kind: GRANT_KIND.get(number(index, 0)) ?? unknown('kind', number(index, 0)),
      status,
      amount: BigInt(number(index, 2)),
      remaining: BigInt(number(index, 3)),
      held: number(index, 4) === '0' ? 0n : BigInt(number(index, 4)),
      priority: numberFrom(number(index, 5)),
      createdVersion: BigInt(number(index, 6)),
      createdIndex: Number(number(index, 7)),
      effectiveAt,
      expiresAt,
      rollsAt,
      dueAt: isDue ? grantDueAt({ status, effectiveAt, expiresAt, rollsAt }) : null,
      sourceGrantId: rest?.[1] ?? null,
      scheduleId: rest?.[2] ?? null,
    };
  });
}

const NO_FURTHER: ReadonlyMap<string, Further> = new Map();
/** One string for all grants. */
const GRANT_KIND = new Map<string, GrantKind>(GRANT_KINDS.map((kind) => [kind, kind]));
const GRANT_STATUS = new Map<string, GrantStatus>(
  (['pending', 'open', 'exhausted', 'expired', 'voided'] as const satisfies readonly GrantStatus[]).map((status) => [
    status,
    status,
  ]),
);
const NONE = 'NaN';
const MS_PER_SECOND = 1_000;

function unknown(what: string, value: string): never {
  throw new Error(`a grant has the unknown ${what} ${JSON.stringify(value)}`);
}

function numberFrom(text: string): number | null {
  return text === NONE ? null : Number(text);
}

function millisecondsFrom(seconds: string): number {
  return Math.round(Number(seconds) * MS_PER_SECOND);
}

function millisecondsOrNullFrom(seconds: string): number | null {
  return seconds === NONE ? null : millisecondsFrom(seconds);
}
