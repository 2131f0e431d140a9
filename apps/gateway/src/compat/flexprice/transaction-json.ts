import { dateTimeOf, entryId } from '@app/contracts';
import { type Balances, formatMinor, type Grant, type LedgerEntry, type Metadata, type Scale } from '@app/domain';

import { product } from './decimals.js';
import { reasonOf } from './vocabulary.js';
import type { WalletTerms } from './wallet-json.js';

/** An entry of a wallet's ledger as Flexprice answers it: every key is there, null when empty. Amounts are above 0. */
export interface TransactionJson {
  readonly id: string;
  readonly wallet_id: string;
  readonly customer_id: string;
  readonly type: 'credit' | 'debit';
  readonly credit_amount: string;
  /** The same in the currency: by the top-up rate when it was added, by the other when it was taken. */
  readonly amount: string;
  readonly currency: string;
  readonly conversion_rate: string;
  readonly topup_conversion_rate: string;
  readonly credit_balance_before: string | null;
  readonly credit_balance_after: string | null;
  /** What remains of a top-up; "0" of anything else. */
  readonly credits_available: string;
  readonly priority: number | null;
  readonly expiry_date: string | null;
  readonly transaction_reason: string;
  readonly transaction_status: 'completed';
  readonly idempotency_key: string;
  readonly description: string | null;
  readonly metadata: Metadata | null;
  readonly reference_id: null;
  readonly reference_type: null;
  readonly customer: null;
  readonly wallet: null;
  readonly created_by_user: null;
  readonly status: 'published';
  readonly tenant_id: string;
  readonly environment_id: null;
  readonly created_by: string | null;
  readonly updated_by: null;
  readonly created_at: string;
  readonly updated_at: string;
}

/** @param grant that the entry made, if it made one */
export function transactionJson(entry: LedgerEntry, terms: WalletTerms, grant: Grant | undefined): TransactionJson {
  const { scale, applied } = entry;
  const moved = applied ?? 0n;
  const isCredit = moved > 0n;
  const credits = formatMinor(isCredit ? moved : -moved, scale);
  const recordedAt = dateTimeOf(entry.recordedAt);
  return {
    id: entryId(entry.tenantId, entry.commandId),
    wallet_id: entry.accountId,
    customer_id: terms.customerId,
    type: isCredit ? 'credit' : 'debit',
    credit_amount: credits,
    amount: product(credits, isCredit ? terms.topUpConversionRate : terms.conversionRate),
    currency: terms.currency,
    conversion_rate: terms.conversionRate,
    topup_conversion_rate: terms.topUpConversionRate,
    credit_balance_before: balanceOf(entry.before, scale),
    credit_balance_after: balanceOf(entry.after, scale),
    credits_available: formatMinor(grant?.remaining ?? 0n, scale),
    priority: grant?.priority ?? null,
    expiry_date: grant === undefined || grant.expiresAt === null ? null : dateTimeOf(grant.expiresAt),
    transaction_reason: reasonOf(entry),
    transaction_status: 'completed',
    idempotency_key: entry.commandId,
    description: entry.description,
    metadata: entry.metadata,
    reference_id: null,
    reference_type: null,
    customer: null,
    wallet: null,
    created_by_user: null,
    status: 'published',
    tenant_id: entry.tenantId,
    environment_id: null,
    created_by: entry.actor?.id ?? null,
    updated_by: null,
    created_at: recordedAt,
    updated_at: recordedAt,
  };
}

/** The grant whose remains belong to the entry: the one that it made or opened. */
export function grantAddedBy({ applied, grantId }: LedgerEntry): string | null {
  return (applied ?? 0n) > 0n ? grantId : null;
}

function balanceOf(balances: Balances | null, scale: Scale): string | null {
  return balances === null || balances.unlimited ? null : formatMinor(balances.balance, scale);
}
