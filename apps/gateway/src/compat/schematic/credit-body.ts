import { LIMITS } from '@app/contracts';
import { z } from 'zod';

import { decimalText, id, integerFrom, oneOf, paging, text, texts } from './fields.js';

export const BURN_STRATEGIES = [
  'expiration_priority',
  'first_in_first_out',
  'last_in_first_out',
  'plan_first_then_credit_bundles_first_in_first_out',
] as const;
export const EXPIRY_UNITS = ['days', 'billing_periods'] as const;
export const ROLLOVER_POLICIES = ['expire', 'none', 'rollover'] as const;

/** Absent keeps, null resets to the default. */
const currencyPrice = z
  .object({
    currency: text(1, 3),
    price_per_unit: integerFrom(0).nullish(),
    price_per_unit_decimal: decimalText.nullish(),
  })
  .refine((price) => Boolean(price.price_per_unit ?? price.price_per_unit_decimal), {
    message: 'needs price_per_unit or price_per_unit_decimal',
  });

export const creditUpdate = z.object({
  name: text(1, LIMITS.nameCharactersMax),
  description: text(0, LIMITS.descriptionCharactersMax),
  burn_strategy: oneOf(...BURN_STRATEGIES).nullish(),
  currency_prices: z.array(currencyPrice, 'must be a list').max(50, 'must have at most 50 prices').nullish(),
  default_expiry_unit: oneOf(...EXPIRY_UNITS).nullish(),
  default_expiry_unit_count: integerFrom(1, LIMITS.calendarCountMax).nullish(),
  default_rollover_policy: oneOf(...ROLLOVER_POLICIES).nullish(),
  icon: text(0, 64).nullish(),
  per_unit_price: integerFrom(1).nullish(),
  per_unit_price_decimal: decimalText.nullish(),
  plural_name: text(0, 512).nullish(),
  singular_name: text(0, 512).nullish(),
});

export const newCredit = creditUpdate.extend({ currency: text(1, 3) });

export const creditFilter = { ids: texts.optional(), name: id.optional() };
export const creditCount = z.object({ ...creditFilter, ...paging });

export type CreditUpdate = z.output<typeof creditUpdate>;
export type NewCredit = z.output<typeof newCredit>;
