import { balancesOf, dateTimeOf, type OutcomeBalances } from '@app/contracts';
import { formatMinor, type FloorPolicy, type Metadata, type Refill, type Scale } from '@app/domain';
import type { AccountView, BalanceAt } from '@app/store';

import { type GrantJson, grantJson } from './grant-json.js';
import { type HoldJson, holdJson } from './hold-json.js';

/** An account as it is answered (gateway, "Shapes"). Amounts are decimal strings; of an unlimited one null. */
export interface AccountJson extends OutcomeBalances {
  readonly accountId: string;
  readonly systemId: string;
  readonly externalId: string | null;
  readonly group: string | null;
  readonly creditType: string;
  readonly scale: Scale;
  readonly status: string;
  readonly version: string;
  readonly floor: string;
  readonly onInsufficient: string | { readonly downTo: string };
  /** null: the credit type's. */
  readonly burnOrder: string | null;
  readonly refill: {
    readonly interval: string;
    readonly amount: string;
    readonly refillDay?: number;
    /** Whose midnight and whose dates. */
    readonly timeZone: string;
  } | null;
  readonly metadata: Metadata | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** An account with what is live in it. */
export interface AccountDetailJson extends AccountJson {
  /** Those with something left: open, pending, and ended ones of which holds still reserve something. */
  readonly grants: readonly GrantJson[];
  /** The open ones. */
  readonly holds: readonly HoldJson[];
}

/** What an account held at a time in the past. */
export interface BalanceAtJson extends OutcomeBalances {
  readonly accountId: string;
  readonly systemId: string;
  readonly creditType: string;
  readonly scale: Scale;
  /** The time asked for. */
  readonly at: string;
  /** Version of the last entry up to that time. */
  readonly version: string;
  /** When that entry was recorded. */
  readonly recordedAt: string;
}

export function accountJson({ account, systemId, scale, available }: AccountView): AccountJson {
  const { balance, held, unlimited } = account;
  return {
    accountId: account.accountId,
    systemId,
    externalId: account.externalId,
    group: account.group,
    creditType: account.creditType,
    scale,
    status: account.status,
    ...balancesOf({ balance, held, available, unlimited }, scale),
    version: account.version.toString(),
    floor: formatMinor(account.floor, scale),
    onInsufficient: policyJson(account.onInsufficient ?? 'reject', scale),
    burnOrder: account.burnOrder,
    refill: account.refill && refillJson(account.refill, scale),
    metadata: account.metadata,
    createdAt: dateTimeOf(account.createdAt),
    updatedAt: dateTimeOf(account.updatedAt),
  };
}

export function accountDetailJson(view: AccountView): AccountDetailJson {
  const { account, scale } = view;
  return {
    ...accountJson(view),
    grants: account.grants.map((grant) => grantJson({ grant, scale })),
    holds: account.holds.map((hold) => holdJson({ hold, scale })),
  };
}

export function balanceAtJson({ account, systemId }: AccountView, past: BalanceAt): BalanceAtJson {
  return {
    accountId: account.accountId,
    systemId,
    creditType: account.creditType,
    scale: past.scale,
    ...balancesOf(past.balances, past.scale),
    at: dateTimeOf(past.at),
    version: past.version.toString(),
    recordedAt: dateTimeOf(past.recordedAt),
  };
}

function policyJson(policy: FloorPolicy, scale: Scale): AccountJson['onInsufficient'] {
  return typeof policy === 'string' ? policy : { downTo: formatMinor(policy.downTo, scale) };
}

function refillJson({ interval, amount, refillDay, timeZone }: Refill, scale: Scale): AccountJson['refill'] {
  return { interval, amount: formatMinor(amount, scale), ...(refillDay !== null && { refillDay }), timeZone };
}
