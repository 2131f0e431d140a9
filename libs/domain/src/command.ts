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

/** Refill settings as sent; `refillDay` (1–31) is required for monthly and refused for daily. */
export interface RefillSettings {
  readonly interval: 'daily' | 'monthly';
  readonly amount: DecimalString;
  readonly refillDay?: number;
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
  readonly accountId: string;
  /** Filled in by the decoder: `credits` when absent. */
  readonly creditType: string;
  readonly expectedVersion?: bigint;
  readonly reason?: string;
  readonly description?: string;
  readonly actor?: Actor;
  /** Kept on the entry; of `account.open` and `account.configure` also the account's own (null, there only: clear it). */
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

export type Command = OpenAccount | ConfigureAccount | Delta | SetBalance;
export type CommandType = Command['type'];
