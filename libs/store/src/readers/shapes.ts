import type {
  Account,
  Balances,
  Cause,
  CreditTypeDefinition,
  EpochMs,
  Grant,
  GrantStatus,
  GrantTexts,
  Hold,
  HoldStatus,
  Metadata,
  Minor,
  Scale,
  Schedule,
  ScheduleScope,
  ScheduleStatus,
} from '@app/domain';

/** How a request may name an account (gateway, "Addressing"). */
export type AccountAddress =
  | { readonly accountId: string; readonly creditType: string }
  | { readonly externalId: string; readonly creditType: string }
  /** `acct_…`; brings its own credit type. */
  | { readonly systemId: string };

/** An account as it is read, with what the row itself does not hold. Amounts in minor units at `scale`. */
export interface AccountView {
  /** Its grants and holds are read by `find` only; in lists both are empty. */
  readonly account: RecordedAccount;
  readonly systemId: string;
  readonly scale: Scale;
  /** Balance − held − lapsed at the time of reading; meaningless while unlimited. */
  readonly available: Minor;
}

export interface AccountListQuery {
  /** Only accounts with this id: one per credit type. */
  readonly accountId?: string;
  /** Only accounts whose id begins with it. */
  readonly prefix?: string;
  /** Only accounts of this credit type; absent: of all. */
  readonly creditType?: string;
  /** Only accounts of this API group. */
  readonly group?: string;
  /** Key limit on account ids, besides `prefix`: both must match. */
  readonly keyPrefix?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** Balances of an account after its last entry with `recordedAt` ≤ `at`. */
export interface BalanceAt {
  readonly at: EpochMs;
  readonly balances: Balances;
  readonly version: bigint;
  readonly recordedAt: EpochMs;
  readonly scale: Scale;
}

/** The time asked for has not come yet (later than both Postgres' clock and the account's last entry). The gateway answers 400. */
export class TimeInFuture extends Error {
  override readonly name = 'TimeInFuture';
  readonly code = 'TIME_IN_FUTURE';
  constructor(readonly at: EpochMs) {
    super(`at=${new Date(at).toISOString()} is in the future; allowed is any time up to now`);
  }
}

export interface EntryListQuery {
  /** Inclusive. */
  readonly from?: EpochMs;
  /** Exclusive. */
  readonly to?: EpochMs;
  readonly cause?: Cause;
  readonly reason?: string;
  readonly commandType?: string;
  /** Default `applied`; entries of rejected commands are listed only when asked for. */
  readonly status?: 'applied' | 'rejected';
  readonly limit: number;
  readonly cursor?: string;
}

export const SCOPES = ['credits:read', 'credits:write', 'catalog:write', 'admin'] as const;
/** What an API key may do; `admin` is all (gateway, "Auth"). */
export type Scope = (typeof SCOPES)[number];

/** An API key without its secret, which is never stored. */
export interface ApiKey {
  /** SHA-256 of the secret, 32 bytes; identifies the key. */
  readonly hash: Buffer;
  readonly tenantId: string;
  readonly name: string;
  /** The first characters of the secret, for people to recognise it. */
  readonly shown: string;
  readonly scopes: readonly Scope[];
  /** Only accounts whose id begins with it. */
  readonly accountPrefix: string | null;
  /** Only accounts of this API group. */
  readonly group: string | null;
  readonly expiresAt: EpochMs | null;
  readonly revokedAt: EpochMs | null;
  readonly createdAt: EpochMs;
  readonly lastUsedAt: EpochMs | null;
}

export interface NewApiKey {
  readonly tenantId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly accountPrefix?: string;
  readonly group?: string;
  readonly expiresAt?: EpochMs;
}

export interface Tenant {
  readonly tenantId: string;
  readonly name: string;
  readonly createdAt: EpochMs;
}

/** A credit type as people see it. The built-in one has version 0 until it is put. */
export type CreditTypeView = CreditTypeDefinition;

/** A grant with all that its row tells, also what no decision rests on. */
export interface RecordedGrant extends Omit<Grant, 'texts'>, GrantTexts {
  /** When the entry that made it, and the last that changed it, were recorded. */
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
}

/** A hold with all that its row tells. */
export interface RecordedHold extends Hold {
  readonly metadata: Metadata | null;
}

/** An account with all that the rows of its grants and holds tell. */
export interface RecordedAccount extends Account {
  readonly grants: readonly RecordedGrant[];
  readonly holds: readonly RecordedHold[];
}

/** A grant as it is read. Amounts in minor units at `scale`. */
export interface GrantView {
  readonly grant: RecordedGrant;
  readonly scale: Scale;
}

/** A hold as it is read. Amounts in minor units at `scale`. */
export interface HoldView {
  readonly hold: RecordedHold;
  readonly scale: Scale;
}

/** A schedule or template as it is read. Amounts in minor units at `scale`. */
export interface ScheduleView {
  readonly schedule: Schedule;
  readonly scale: Scale;
}

/** Filters of a list of what belongs to an account; times are those of creation. */
export interface ObjectListQuery<Status> {
  /** Absent: every status. */
  readonly status?: Status;
  /** Inclusive. */
  readonly from?: EpochMs;
  /** Exclusive. */
  readonly to?: EpochMs;
  readonly limit: number;
  readonly cursor?: string;
}
export type GrantListQuery = ObjectListQuery<GrantStatus>;
export type HoldListQuery = ObjectListQuery<HoldStatus>;
export type ScheduleListQuery = ObjectListQuery<ScheduleStatus>;

export interface TemplateListQuery {
  /** Absent: both kinds of templates. */
  readonly scope?: Exclude<ScheduleScope, 'account'>;
  readonly limit: number;
  readonly cursor?: string;
}

/** A list read by place instead of by cursor: `limit` items after the first `offset`. */
export interface PlaceQuery {
  /** 1–250. */
  readonly limit: number;
  /** 0 or above. */
  readonly offset: number;
}

/** Part of a list, and how many items the whole of it has. */
export interface Slice<T> {
  readonly items: readonly T[];
  /** Exact as far as the list looks (`REACH_MAX`); else at least one more than that, and at least as many as there are of entries. */
  readonly total: number;
}

/** Entries of one account that moved credits. */
export interface MovementQuery extends PlaceQuery {
  readonly order: 'newest-first' | 'oldest-first';
  /** Inclusive. */
  readonly from?: EpochMs;
  /** Exclusive. */
  readonly to?: EpochMs;
  /** Only what was added, or what was taken. */
  readonly direction?: 'added' | 'taken';
  /** Only entries with this reason, and those without a reason but one of these causes. */
  readonly reason?: { readonly is: string; readonly orCauses: readonly Cause[] };
}

/** Schedules and templates of one credit type. What is absent doesn't filter. */
export interface ScheduleSearchQuery extends PlaceQuery {
  readonly creditType: string;
  readonly scope?: ScheduleScope;
  readonly statuses?: readonly ScheduleStatus[];
  /** Only schedules of these accounts. */
  readonly accountIds?: readonly string[];
  /** Key limits: templates, and only schedules of accounts whose id begins so, and that are in this API group. */
  readonly keyPrefix?: string;
  readonly keyGroup?: string;
  /** Only those whose metadata has one of these values under this key. */
  readonly metadata?: { readonly key: string; readonly values: readonly string[] };
}
