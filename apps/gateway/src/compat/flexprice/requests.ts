import { LIMITS } from '@app/contracts';
import { PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX } from '@app/store';
import { z } from 'zod';

import {
  credits,
  creditsOrNone,
  dayToCome,
  id,
  instant,
  instantToCome,
  metadata,
  oneOf,
  optional,
  rate,
  text,
  unsupported,
  wholeNumber,
} from './fields.js';
import {
  CADENCES,
  DEBIT_REASONS,
  EXPIRY_TYPES,
  EXPIRY_UNITS,
  keysOf,
  MANUAL_DEBIT,
  PERIODS,
  SCOPES,
  STATUSES,
  TOP_UP_REASONS,
  TRANSACTION_REASONS,
} from './vocabulary.js';

/*
 * Bodies and queries of Flexprice's operations. As there, null is the same as leaving a field out, and unknown fields
 * mean nothing.
 */

const name = text(LIMITS.nameCharactersMax);
const calendarCount = wholeNumber(1, LIMITS.calendarCountMax);
const priority = wholeNumber(LIMITS.priorityMin, LIMITS.priorityMax);
/** A metadata value holds it. */
const walletText = text(LIMITS.metadataValueCharactersMax);

/** Shorter than an id, because an external id is made of it. */
const CUSTOMER_ID_CHARACTERS_MAX = 200;

/** One of two fields is needed; told even where another field is wrong. */
function either<First extends string, Second extends string>(first: First, second: Second) {
  const isGiven = (body: Partial<Record<First | Second, unknown>>): boolean =>
    body[first] !== undefined || body[second] !== undefined;
  const path: PropertyKey[] = [first];
  return [isGiven, { path, error: `is required, or ${second}`, when: () => true }] as const;
}

export const createGrantBody = z
  .object({
    name,
    scope: oneOf(keysOf(SCOPES)),
    plan_id: optional(id),
    subscription_id: optional(id),
    addon_id: optional(id),
    credits,
    cadence: oneOf(keysOf(CADENCES)),
    period: optional(oneOf(keysOf(PERIODS))),
    period_count: optional(calendarCount),
    expiration_type: optional(oneOf(keysOf(EXPIRY_TYPES))),
    expiration_duration: optional(calendarCount),
    expiration_duration_unit: optional(oneOf(keysOf(EXPIRY_UNITS))),
    priority: optional(priority),
    metadata: optional(metadata),
    start_date: optional(instant),
    end_date: optional(instant),
    credit_grant_anchor: optional(instant),
    conversion_rate: optional(rate),
    topup_conversion_rate: optional(rate),
  })
  .superRefine((body, context) => {
    const need = (field: keyof typeof body): void => {
      if (body[field] === undefined) context.addIssue({ code: 'custom', path: [field], message: 'is required' });
    };
    need(`${body.scope.toLowerCase() as Lowercase<typeof body.scope>}_id`);
    if (body.cadence === 'RECURRING') need('period');
    if (body.expiration_type === 'DURATION') {
      need('expiration_duration');
      need('expiration_duration_unit');
    }
  });

/** Everything else of a grant is fixed. */
export const updateGrantBody = z.object({
  name: optional(name),
  metadata: optional(metadata),
  end_date: optional(instantToCome),
});

export const deleteGrantBody = z.object({ effective_date: optional(instant) });

export const createWalletBody = z
  .object({
    customer_id: optional(text(CUSTOMER_ID_CHARACTERS_MAX)),
    external_customer_id: optional(text(CUSTOMER_ID_CHARACTERS_MAX)),
    currency: z
      .string({ error: ({ input }) => (input === undefined ? 'is required' : 'must be three letters such as usd') })
      .regex(/^[A-Za-z]{3}$/, 'must be three letters such as usd')
      .transform((currency) => currency.toLowerCase()),
    wallet_type: optional(oneOf(['PRE_PAID', 'POST_PAID'])),
    name: optional(walletText),
    description: optional(walletText),
    metadata: optional(metadata),
    conversion_rate: optional(rate),
    topup_conversion_rate: optional(rate),
    initial_credits_to_load: optional(creditsOrNone),
    initial_credits_expiry_date_utc: optional(instantToCome),
    initial_credits_to_load_expiry_date: optional(dayToCome),
    auto_topup: unsupported('is not supported: Creditbus charges nobody'),
    alert_settings: unsupported('is not supported: Creditbus sends no alerts'),
    price_unit: unsupported('is not supported: Creditbus keeps no price units'),
  })
  .refine(...either('customer_id', 'external_customer_id'));

export const topUpBody = z
  .object({
    credits_to_add: optional(credits),
    amount: optional(rate),
    bonus_credits: optional(creditsOrNone),
    transaction_reason: oneOf(keysOf(TOP_UP_REASONS)),
    idempotency_key: optional(id),
    priority: optional(priority),
    expiry_date_utc: optional(instantToCome),
    description: optional(text(LIMITS.descriptionCharactersMax)),
    metadata: optional(metadata),
  })
  .refine(...either('credits_to_add', 'amount'));

export const debitBody = z.object({
  credits,
  idempotency_key: id,
  transaction_reason: oneOf(DEBIT_REASONS)
    .nullish()
    .transform((reason) => reason ?? MANUAL_DEBIT),
  description: optional(text(LIMITS.descriptionCharactersMax)),
  metadata: optional(metadata),
});

/** With an `Idempotency-Key` header the key need not be in the body as well. */
export const debitBodyUnderHeader = debitBody.extend({ idempotency_key: optional(id) });

const count = (min: number, max: number, otherwise: number) =>
  z
    .string(`must be a whole number from ${min} to ${max}, given once`)
    .refine((value) => /^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max, {
      error: `must be a whole number from ${min} to ${max}`,
    })
    .transform(Number)
    .prefault(String(otherwise));

const OFFSET_MAX = 999_999_999;
const paging = { limit: count(1, PAGE_LIMIT_MAX, PAGE_LIMIT_DEFAULT), offset: count(0, OFFSET_MAX, 0) };

const ids = z.union([id.transform((one) => [one]), z.array(id).max(PAGE_LIMIT_MAX)]).optional();

export const listGrantsQuery = z.object({
  ...paging,
  scope: oneOf(keysOf(SCOPES)).optional(),
  plan_ids: ids,
  subscription_ids: ids,
  status: oneOf(keysOf(STATUSES)).default('published'),
});

const noFilter = z.undefined('is a filter that is not supported').optional();

export const transactionsQuery = z.object({
  ...paging,
  order: oneOf(['asc', 'desc']).default('desc'),
  type: oneOf(['credit', 'debit']).optional(),
  transaction_reason: oneOf(TRANSACTION_REASONS as [string, ...string[]]).optional(),
  transaction_status: oneOf(['pending', 'completed', 'failed']).default('completed'),
  status: oneOf(['published', 'deleted', 'archived']).default('published'),
  start_time: instant.optional(),
  end_time: instant.optional(),
  created_by: noFilter,
  credits_available_gt: noFilter,
  expiry_date_after: noFilter,
  expiry_date_before: noFilter,
  id: noFilter,
  priority: noFilter,
  reference_id: noFilter,
  reference_type: noFilter,
});
