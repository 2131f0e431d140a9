import { dateTimeOf } from '@app/contracts';
import { type EpochMs, expiryOf } from '@app/domain';

import type { JsonObject } from '../../http/json-body.js';
import { invalidField } from '../../http/problem.js';
import { KIND_OF_REASON, type NewGrant } from './grant-body.js';

/** What a grant has no field for is kept in its metadata. */
export const KEPT_OF_GRANT = {
  reason: 'schematic.grant_reason',
  bundle: 'schematic.credit_bundle_id',
  currency: 'schematic.currency',
} as const;

/** The `grant.create` of a request. @throws Problem 400 for an expiry that nobody here knows */
export function grantCommand(asked: NewGrant, now: EpochMs): JsonObject {
  const kind = KIND_OF_REASON[asked.reason];
  const metadata = Object.entries({
    [KEPT_OF_GRANT.reason]: asked.reason === kind ? undefined : asked.reason,
    [KEPT_OF_GRANT.bundle]: asked.credit_bundle_id,
    [KEPT_OF_GRANT.currency]: asked.currency,
  }).filter(([, value]) => value !== undefined);
  return {
    type: 'grant.create',
    amount: asked.quantity,
    kind,
    ...expiryFields(asked, now),
    ...(metadata.length > 0 && { metadata: Object.fromEntries(metadata) }),
  };
}

/** Without a word about it, the credit's default decides. */
function expiryFields(asked: NewGrant, now: EpochMs): { readonly expiresAt?: string | null } {
  const { expires_at: expiresAt, expiry_type: type, expiry_unit: unit, expiry_unit_count: count } = asked;
  if (expiresAt !== undefined) return { expiresAt };
  switch (type) {
    case 'no_expiry':
      return { expiresAt: null };
    case 'end_of_billing_period':
    case 'end_of_next_billing_period':
    case 'end_of_trial':
      throw invalidField('/expires_at', `expires_at is required with expiry_type ${type}: its end is not known here`);
    default:
      if (count === undefined) {
        if (type === 'duration')
          throw invalidField('/expiry_unit_count', 'expiry_unit_count is required for a duration');
        return {};
      }
      return { expiresAt: endOf(Number(count), unit ?? 'days', now) };
  }
}

/** A billing period is a calendar month. */
function endOf(count: number, unit: 'days' | 'billing_periods', now: EpochMs): string {
  const end = expiryOf({ type: 'duration', count, unit: unit === 'days' ? 'days' : 'months' }, now, undefined, 'UTC');
  if (end === null) throw invalidField('/expiry_unit_count', 'expiry_unit_count leads beyond the end of time');
  return dateTimeOf(end);
}
