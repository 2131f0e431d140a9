import type { LedgerEntry, Minor } from '@app/domain';
import type { CreditTypeView, GrantView } from '@app/store';

import { amountJson, timeJson } from './answers.js';
import { creditName } from './credit-json.js';
import { type GrantReason, KIND_OF_REASON } from './grant-body.js';
import { KEPT_OF_GRANT } from './grant-command.js';
import { zeroedOutReason } from './ledger-json.js';

/**
 * A grant as Schematic's. What holds reserve is not remaining; `settled` has it again.
 * @param type undefined: the credit is deleted
 * @param end the entry that ended it: voided or expired it, or began the next period
 */
export function grantJson({ grant, scale }: GrantView, type?: CreditTypeView, end?: LedgerEntry): object {
  const { amount, remaining, held, metadata } = grant;
  const reason = reasonOf(grant);
  return {
    id: grant.grantId,
    company_id: grant.accountId,
    company_name: grant.accountId,
    credit_id: grant.creditType,
    credit_name: type ? creditName(type) : grant.creditType,
    credit_icon: type?.icon ?? null,
    credit_bundle_id: metadata?.[KEPT_OF_GRANT.bundle] ?? null,
    currency: metadata?.[KEPT_OF_GRANT.currency] ?? null,
    grant_reason: reason,
    quantity: amountJson(amount, scale),
    quantity_remaining: amountJson(remaining - held, scale),
    quantity_used: amountJson(usedOf(grant, end), scale),
    reserved: amountJson(held, scale),
    settled: amountJson(remaining, scale),
    renewal_enabled: false,
    source_grant_id: grant.sourceGrantId,
    source_label: grant.name ?? reason,
    valid_from: timeJson(grant.effectiveAt),
    expires_at: timeJson(grant.expiresAt),
    zeroed_out_date: timeJson(end?.recordedAt ?? null),
    zeroed_out_reason: end ? (zeroedOutReason(end) ?? 'plan_period_reset') : null,
    created_at: timeJson(grant.createdAt),
    updated_at: timeJson(grant.updatedAt),
  };
}

/** What is gone of it but for what its end dropped; of one that never was effective nothing. */
function usedOf({ grantId, amount, remaining, effectiveAt }: GrantView['grant'], end: LedgerEntry | undefined): Minor {
  if (end === undefined) return amount - remaining;
  const dropped = end.allocations.find((allocation) => allocation.grantId === grantId)?.amount ?? 0n;
  return effectiveAt > end.recordedAt ? 0n : amount - remaining + dropped;
}

function reasonOf({ kind, metadata }: GrantView['grant']): GrantReason {
  const kept = metadata?.[KEPT_OF_GRANT.reason];
  if (kept !== undefined && isReason(kept)) return kept;
  if (kind === 'promotional') return 'free';
  return kind === 'refund' ? 'adjustment' : kind;
}

function isReason(text: string): text is GrantReason {
  return Object.hasOwn(KIND_OF_REASON, text);
}
