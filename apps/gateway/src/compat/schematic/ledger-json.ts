import type { Cause, LedgerEntry, Minor } from '@app/domain';
import type { CreditTypeView } from '@app/store';

import { amountJson, timeJson } from './answers.js';
import { creditName } from './credit-json.js';
import { ZERO_OUT_REASONS } from './grant-body.js';

export const EVENT_TYPES = ['grant', 'transfer', 'usage', 'zero_out'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

interface Row {
  readonly eventType: EventType;
  /** Of usage: why the balance moved. */
  readonly usageReason?: 'lease_hold' | 'lease_release' | 'manual_adjustment' | 'track';
}

/** What entries are in Schematic's ledger. Nothing here is a transfer. */
const ROWS: Readonly<Record<Cause, Row>> = {
  open: { eventType: 'grant' },
  configure: { eventType: 'usage', usageReason: 'manual_adjustment' },
  delta: { eventType: 'usage', usageReason: 'track' },
  set: { eventType: 'usage', usageReason: 'manual_adjustment' },
  refill: { eventType: 'grant' },
  reset: { eventType: 'grant' },
  grant: { eventType: 'grant' },
  activation: { eventType: 'grant' },
  schedule: { eventType: 'grant' },
  expiry: { eventType: 'zero_out' },
  void: { eventType: 'zero_out' },
  hold: { eventType: 'usage', usageReason: 'lease_hold' },
  extend: { eventType: 'usage', usageReason: 'lease_hold' },
  capture: { eventType: 'usage', usageReason: 'track' },
  release: { eventType: 'usage', usageReason: 'lease_release' },
  'hold-expiry': { eventType: 'usage', usageReason: 'lease_release' },
  reversal: { eventType: 'usage', usageReason: 'manual_adjustment' },
};

/** @param eventType absent: any */
export function causesOf(eventType?: EventType): Cause[] {
  const causes = Object.keys(ROWS) as Cause[];
  return causes.filter((cause) => eventType === undefined || ROWS[cause].eventType === eventType);
}

/**
 * An entry as a row of Schematic's ledger. `amount` is the change of what remains (balance without what holds
 * reserve), so that the rows of a credit add up to it; `quantity_consumed` is what was used up.
 * @param type undefined: the credit is deleted
 */
export function ledgerRowJson(entry: LedgerEntry, type: CreditTypeView | undefined): object {
  const { scale, accountId, creditType, grantId, tenantId } = entry;
  const { eventType, usageReason } = ROWS[entry.cause];
  const applied = entry.applied ?? 0n;
  const consumed = eventType === 'usage' && applied < 0n ? -applied : null;
  const shown = (amount: Minor | null): object | null => (amount === null ? null : amountJson(amount, scale));
  const name = type ? creditName(type) : creditType;
  return {
    amount: shown(applied - heldChange(entry)),
    billing_credit_id: creditType,
    company: { id: accountId, name: accountId },
    company_id: accountId,
    credit: {
      id: creditType,
      name,
      description: type?.description ?? null,
      icon: type?.icon ?? null,
      plural_name: type?.pluralName ?? null,
      singular_name: type?.singularName ?? null,
    },
    credit_name: name,
    environment_id: tenantId,
    event_at: timeJson(entry.recordedAt),
    event_id: entry.commandId,
    event_type: eventType,
    grant_id: grantId,
    grant_quantity: shown(eventType === 'grant' ? applied : null),
    quantity_consumed: shown(consumed),
    quantity_remaining_at_zero_out: shown(eventType === 'zero_out' ? -applied : null),
    source_id: entry.version,
    usage_reason: usageReason ?? null,
    zeroed_out_reason: zeroedOutReason(entry),
  };
}

/** By how much more is reserved. */
function heldChange({ before, after }: LedgerEntry): Minor {
  return (after?.held ?? 0n) - (before?.held ?? 0n);
}

/** Why an entry dropped what remained of a grant; null: it did not. */
export function zeroedOutReason({ cause, reason }: LedgerEntry): string | null {
  if (cause === 'expiry') return 'expired';
  if (cause !== 'void') return null;
  return ZERO_OUT_REASONS.find((known) => known === reason) ?? 'manual';
}
