import type { Minor, Scale } from './account.js';
import type { Cause, OutcomeCode } from './codes.js';
import type { Actor, DecimalString, EpochMs, Metadata } from './command.js';
import type { Allocation, Balances } from './decision.js';

/**
 * A ledger entry: one row per command, applied or rejected. It is the idempotency record, the ledger line and
 * the stored outcome from which events, answers and replies are built, always the same.
 */
export interface LedgerEntry {
  readonly tenantId: string;
  readonly accountId: string;
  readonly creditType: string;
  /** Scale of the amounts; 0 when the credit type is unknown (then there are none in minor units). */
  readonly scale: Scale;
  readonly commandId: string;
  readonly commandType: string;
  /** SHA-256 of the command's canonical form, 32 bytes. */
  readonly fingerprint: Buffer;
  readonly status: 'applied' | 'rejected';
  readonly code: OutcomeCode;
  readonly cause: Cause;
  /** Of an applied entry in minor units, of a rejected one as sent; null: the command has no amount. */
  readonly requested: Minor | DecimalString | null;
  /** null when rejected. */
  readonly applied: Minor | null;
  /** null when the account is not known. */
  readonly before: Balances | null;
  /** null when rejected. */
  readonly after: Balances | null;
  /** null when rejected; the previous version is one less. */
  readonly version: bigint | null;
  readonly allocations: readonly Allocation[];
  readonly reason: string | null;
  readonly description: string | null;
  readonly actor: Actor | null;
  readonly metadata: Metadata | null;
  readonly source: string | null;
  readonly occurredAt: string | null;
  /** `at`: the log's append time, never earlier than the account's last applied entry. */
  readonly recordedAt: EpochMs;
  /** Rejected only. */
  readonly message: string | null;
  /** Of rejections, and of applied scheduler's commands without effect. */
  readonly details: Readonly<Record<string, string>> | null;
  /** What the command made or was about (`Changes`). */
  readonly grantId?: string | null;
  readonly holdId?: string | null;
  readonly scheduleId?: string | null;
  /** Of an applied reversal: the original's command id, and how much of it this entry uses up. */
  readonly reverses?: { readonly commandId: string; readonly amount: Minor } | null;
  /** Where on the log the command stands; a record found again at this position is a redelivery. */
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}
