import { LIMITS } from '@app/contracts';
import type { GrantKind } from '@app/domain';
import { z } from 'zod';

import { amountAbove0, id, instant, integerFrom, oneOf, optional, paging, text } from './fields.js';

/** Why a grant was given, and its kind here. */
export const KIND_OF_REASON = {
  adjustment: 'adjustment',
  billing_credit_auto_topup: 'purchased',
  free: 'free',
  plan: 'plan',
  postpaid_forgiven: 'adjustment',
  postpaid_overdraft: 'adjustment',
  postpaid_settlement: 'adjustment',
  purchased: 'purchased',
  rollover: 'rollover',
} as const satisfies Record<string, GrantKind>;

export type GrantReason = keyof typeof KIND_OF_REASON;
export const GRANT_REASONS = Object.keys(KIND_OF_REASON) as GrantReason[];

export const ZERO_OUT_REASONS = [
  'customer_archived',
  'expired',
  'integration_uninstalled',
  'license_retired',
  'manual',
  'plan_change',
  'plan_period_reset',
  'reconciled',
] as const;

export const EXPIRY_TYPES = [
  'duration',
  'no_expiry',
  'end_of_billing_period',
  'end_of_next_billing_period',
  'end_of_trial',
] as const;

export const newGrant = z.object({
  company_id: id,
  credit_id: id,
  quantity: amountAbove0,
  reason: oneOf(...GRANT_REASONS),
  expires_at: optional(instant),
  expiry_type: optional(oneOf(...EXPIRY_TYPES)),
  expiry_unit: optional(oneOf('days', 'billing_periods')),
  expiry_unit_count: optional(integerFrom(1, LIMITS.calendarCountMax)),
  credit_bundle_id: optional(id),
  currency: optional(text(1, 3)),
  renewal_enabled: optional(z.literal(false, 'must be false: renewals are schedules, made natively')),
});

export const zeroOut = z.object({ reason: optional(oneOf(...ZERO_OUT_REASONS)) });

export const companyGrants = z.object({
  company_id: id,
  order: oneOf('created_at', 'expires_at', 'quantity', 'quantity_remaining').optional(),
  dir: oneOf('asc', 'desc').optional(),
  ...paging,
});

export type NewGrant = z.output<typeof newGrant>;
