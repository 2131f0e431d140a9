/**
 * Commands as the domain sees them: validated, defaults not filled in, amounts still decimal strings because
 * the scale belongs to the credit type, which only the deciding transaction reads.
 */

/** An exact decimal in canonical form: no leading zeros, no trailing fraction zeros, no exponent, never "-0". */
export type DecimalString = string;

/** Milliseconds since the Unix epoch, UTC. */
export type EpochMs = number;

/** What a command does when available would go below the floor (domain rules, "Floor"). */
export type InsufficientPolicy = 'reject' | 'clamp' | 'allow' | { readonly downTo: DecimalString };

export const BURN_ORDERS = [
  'priority',
  'expiration_priority',
  'first_in_first_out',
  'last_in_first_out',
  'plan_first_then_credit_bundles_first_in_first_out',
] as const;
export type BurnOrder = (typeof BURN_ORDERS)[number];

/** Refill settings as sent; `refillDay` (1–31) is required for monthly and refused for daily. Absent zone: UTC. */
export interface RefillSettings {
  readonly interval: 'daily' | 'monthly';
  readonly amount: DecimalString;
  readonly refillDay?: number;
  readonly timeZone?: string;
}

export interface Actor {
  readonly type: string;
  readonly id: string;
  readonly name?: string;
}

export type Metadata = Readonly<Record<string, string>>;

/** Fields that every command has. Absent fields are `undefined`. */
export interface CommandBase {
  /** Chosen by the publisher, 1–255 characters, compared byte for byte; unique per tenant for ever. */
  readonly id: string;
  readonly tenantId: string;
  /** Empty where the command is about the catalogue: credit types, schedule templates. */
  readonly accountId: string;
  /** Filled in by the decoder: `credits` when absent. Of `credit-type.put` and `credit-type.delete` the type itself. */
  readonly creditType: string;
  readonly expectedVersion?: bigint;
  readonly reason?: string;
  readonly description?: string;
  readonly actor?: Actor;
  /**
   * Kept on the entry, and the own metadata of what the command makes or changes: account, grant, schedule, hold,
   * credit type (null, where there is something to clear: clear it).
   */
  readonly metadata?: Metadata | null;
  /** RFC 3339, as sent. Only recorded. */
  readonly occurredAt?: string;
  readonly source?: string;
}

export interface OpenAccount extends CommandBase {
  readonly type: 'account.open';
  /** null: unlimited. Absent: 0. */
  readonly initial?: DecimalString | null;
  readonly refill?: RefillSettings | null;
  readonly floor?: DecimalString;
  readonly onInsufficient?: InsufficientPolicy;
  readonly burnOrder?: BurnOrder;
  readonly externalId?: string;
  readonly group?: string;
}

/** Absent keeps, null clears (back to the default), a value replaces. */
export interface ConfigureAccount extends CommandBase {
  readonly type: 'account.configure';
  readonly status?: 'active' | 'frozen' | 'closed';
  readonly refill?: RefillSettings | null;
  readonly floor?: DecimalString | null;
  readonly onInsufficient?: InsufficientPolicy | null;
  readonly burnOrder?: BurnOrder | null;
  readonly externalId?: string | null;
  readonly group?: string | null;
}

export interface Delta extends CommandBase {
  readonly type: 'credit.delta';
  /** Signed. */
  readonly delta: DecimalString;
  readonly onInsufficient?: InsufficientPolicy;
}

export interface SetBalance extends CommandBase {
  readonly type: 'credit.set';
  /** The new available; null: unlimited. */
  readonly value: DecimalString | null;
}

/** The scheduler's; replace-if-below. */
export interface RefillAccount extends CommandBase {
  readonly type: 'account.refill';
  /** UTC, `2026-11-20`. */
  readonly date: string;
}

/** How much of what remains is carried over, as sent. */
export interface RolloverSettings {
  /** 0–100, whole. */
  readonly percent: number;
  readonly cap?: DecimalString | null;
}

/** A billing-cycle reset in one entry; either `value` or `grants`. */
export interface ResetAccount extends CommandBase {
  readonly type: 'account.reset';
  /** Name of the period that begins. Only recorded. */
  readonly period: string;
  readonly value?: DecimalString;
  readonly grants?: readonly (GrantFields & { readonly metadata?: Metadata | null })[];
  /** Absent: the credit type's. null: nothing is carried. */
  readonly rollover?: RolloverSettings | null;
}

export interface ReverseEntry extends CommandBase {
  readonly type: 'credit.reverse';
  /** Command id of the original. */
  readonly reverses: string;
  /** Above 0. Absent: all that has not been reversed yet. */
  readonly amount?: DecimalString;
  /** What belongs to a grant that has ended: an `adjustment` grant (default), or nothing. */
  readonly onExpiredGrant?: 'adjust' | 'forfeit';
  /** Of a reversal that takes back. */
  readonly onInsufficient?: InsufficientPolicy;
}

export const GRANT_KINDS = ['plan', 'purchased', 'free', 'promotional', 'adjustment', 'rollover', 'refund'] as const;
export type GrantKind = (typeof GRANT_KINDS)[number];

/** What a grant cost, per credit. Only recorded. */
export interface CostBasis {
  readonly currency: string;
  readonly amount: DecimalString;
}

export interface GrantFields {
  /** Absent: derived from the command. */
  readonly grantId?: string;
  readonly name?: string | null;
  /** Above 0. */
  readonly amount: DecimalString;
  /** Lower is drawn first, none last. */
  readonly priority?: number | null;
  /** Absent: at once. */
  readonly effectiveAt?: EpochMs;
  /** null: never. Absent: the credit type's default, else never. */
  readonly expiresAt?: EpochMs | null;
  /** Default `purchased`; in a reset `plan`. */
  readonly kind?: GrantKind;
  readonly costBasis?: CostBasis | null;
}

export interface CreateGrant extends CommandBase, GrantFields {
  readonly type: 'grant.create';
}

/** Absent keeps, null clears, a value replaces. */
export interface UpdateGrant extends CommandBase {
  readonly type: 'grant.update';
  readonly grantId: string;
  readonly name?: string | null;
  readonly priority?: number | null;
  readonly expiresAt?: EpochMs | null;
}

export interface VoidGrant extends CommandBase {
  readonly type: 'grant.void';
  readonly grantId: string;
}

/** The scheduler's. */
export interface ActivateGrant extends CommandBase {
  readonly type: 'grant.activate';
  readonly grantId: string;
  readonly effectiveAt: EpochMs;
}

/** The scheduler's. */
export interface ExpireGrant extends CommandBase {
  readonly type: 'grant.expire';
  readonly grantId: string;
  readonly expiresAt: EpochMs;
}

export const SCHEDULE_SCOPES = ['account', 'plan', 'addon'] as const;
export type ScheduleScope = (typeof SCHEDULE_SCOPES)[number];
export const SCHEDULE_CADENCES = ['one_time', 'recurring'] as const;
export type ScheduleCadence = (typeof SCHEDULE_CADENCES)[number];
export const SCHEDULE_PERIODS = ['daily', 'weekly', 'monthly', 'quarterly', 'half_yearly', 'yearly'] as const;
export type SchedulePeriod = (typeof SCHEDULE_PERIODS)[number];

/** When grants of a schedule, or of a credit type by default, expire. `period_end` without a schedule: never. */
export type GrantExpiry =
  | { readonly type: 'never' | 'period_end' }
  | {
      readonly type: 'duration';
      /** Above 0. */
      readonly count: number;
      readonly unit: 'days' | 'weeks' | 'months' | 'years';
    };

export interface CreateSchedule extends CommandBase {
  readonly type: 'schedule.create';
  /** Absent: derived from the command. */
  readonly scheduleId?: string;
  readonly name?: string | null;
  /** Default `account`; `plan` and `addon` are templates without effect, and have no account. */
  readonly scope?: ScheduleScope;
  /** Above 0; of every period. */
  readonly amount: DecimalString;
  readonly cadence: ScheduleCadence;
  /** Required when recurring. */
  readonly period?: SchedulePeriod;
  /** Whole, above 0; default 1. */
  readonly periodCount?: number;
  /** Default `start`. */
  readonly anchor?: EpochMs;
  /** Default `at`. */
  readonly start?: EpochMs;
  readonly end?: EpochMs | null;
  /** Absent: the credit type's default, else never. */
  readonly expiry?: GrantExpiry;
  /** Default `plan`. */
  readonly kind?: GrantKind;
  readonly priority?: number | null;
  /** IANA name, known to `isTimeZone`; default UTC. */
  readonly timeZone?: string;
  /** Absent: the credit type's default, else none. */
  readonly rollover?: RolloverSettings | null;
}

/** Absent keeps, null clears, a value replaces. */
export interface UpdateSchedule extends CommandBase {
  readonly type: 'schedule.update';
  readonly scheduleId: string;
  readonly name?: string | null;
  readonly end?: EpochMs | null;
}

/** Cancels the periods at or after `end` (default: `at`). */
export interface EndSchedule extends CommandBase {
  readonly type: 'schedule.end';
  readonly scheduleId: string;
  readonly end?: EpochMs;
}

/** The scheduler's. */
export interface ApplySchedule extends CommandBase {
  readonly type: 'schedule.apply';
  readonly scheduleId: string;
  readonly periodStart: EpochMs;
}

export interface CreateHold extends CommandBase {
  readonly type: 'hold.create';
  /** Absent: derived from the command. */
  readonly holdId?: string;
  /** Above 0. */
  readonly amount: DecimalString;
  /** Default: 5 minutes after `at`; at most 24 hours. */
  readonly expiresAt?: EpochMs;
  /** Take what is there when it is less; default false. */
  readonly partial?: boolean;
}

export interface CaptureHold extends CommandBase {
  readonly type: 'hold.capture';
  readonly holdId: string;
  /** Above 0. */
  readonly amount: DecimalString;
  /** Releases the rest; default false. */
  readonly final?: boolean;
  /** `charge`: what is more than the hold has left is an ordinary delta; absent: `HOLD_EXCEEDED`. */
  readonly overage?: 'charge';
  /** Of the overage. */
  readonly onInsufficient?: InsufficientPolicy;
}

/** Adds amount, time or both; never shortens. */
export interface ExtendHold extends CommandBase {
  readonly type: 'hold.extend';
  readonly holdId: string;
  /** Above 0. */
  readonly amount?: DecimalString;
  readonly expiresAt?: EpochMs;
  readonly partial?: boolean;
}

export interface ReleaseHold extends CommandBase {
  readonly type: 'hold.release';
  readonly holdId: string;
}

/** The scheduler's. */
export interface ExpireHold extends CommandBase {
  readonly type: 'hold.expire';
  readonly holdId: string;
  readonly expiresAt: EpochMs;
}

/** A price of one credit, for display. */
export interface CreditPrice {
  readonly currency: string;
  readonly pricePerUnit: DecimalString;
}

/**
 * Makes or replaces a credit type as a whole: what is absent is cleared. The scale can't change. The common fields
 * `description` and `metadata` are the type's own.
 */
export interface PutCreditType extends CommandBase {
  readonly type: 'credit-type.put';
  /** 0–9. */
  readonly scale: number;
  readonly name?: string | null;
  readonly singularName?: string | null;
  readonly pluralName?: string | null;
  readonly icon?: string | null;
  /** Default `priority`. */
  readonly burnOrder?: BurnOrder | null;
  readonly defaultExpiry?: GrantExpiry | null;
  readonly defaultRollover?: RolloverSettings | null;
  readonly prices?: readonly CreditPrice[] | null;
}

export interface DeleteCreditType extends CommandBase {
  readonly type: 'credit-type.delete';
}

/** Commands of the scheduler: publishers can't claim their ids, and when due they are never rejected. */
export type DueCommand = RefillAccount | ActivateGrant | ExpireGrant | ApplySchedule | ExpireHold;

export type Command =
  | OpenAccount
  | ConfigureAccount
  | Delta
  | SetBalance
  | RefillAccount
  | ResetAccount
  | ReverseEntry
  | CreateGrant
  | UpdateGrant
  | VoidGrant
  | ActivateGrant
  | ExpireGrant
  | CreateSchedule
  | UpdateSchedule
  | EndSchedule
  | ApplySchedule
  | CreateHold
  | CaptureHold
  | ExtendHold
  | ReleaseHold
  | ExpireHold
  | PutCreditType
  | DeleteCreditType;
export type CommandType = Command['type'];
