import { shownCreditType } from '@app/contracts';
import type { BurnOrder, Metadata } from '@app/domain';
import type { CreditTypeView } from '@app/store';

import type { JsonObject } from '../../http/json-body.js';
import type { CreditUpdate, ROLLOVER_POLICIES } from './credit-body.js';
import { expiryFields, type ExpiryUnit, shownExpiry } from './credit-expiry.js';

/** Decimal places of credits that are made here. */
const SCALE = 6;

export const BURN_DEFAULT: BurnOrder = 'plan_first_then_credit_bundles_first_in_first_out';
export const EXPIRY_UNIT_DEFAULT: ExpiryUnit = 'days';

/** What a credit type has no field for is kept in its metadata. */
export const KEPT = {
  currency: 'schematic.currency',
  perUnitPrice: 'schematic.per_unit_price',
  perUnitPriceDecimal: 'schematic.per_unit_price_decimal',
  expiryUnit: 'schematic.default_expiry_unit',
} as const;

/** Nothing is carried both by `none` (also when a reset leaves it to the credit) and by `expire`, which says so. */
const ROLLOVERS: Readonly<Record<(typeof ROLLOVER_POLICIES)[number], object | null>> = {
  expire: { percent: 0 },
  none: null,
  rollover: { percent: 100 },
};

/**
 * The `credit-type.put` of a request: what it leaves out keeps its value, null resets to the default.
 * @param current undefined: it is made
 */
export function putCommand(asked: CreditUpdate & { readonly currency?: string }, current?: CreditTypeView): JsonObject {
  const shown = current && shownCreditType(current);
  const { burn_strategy: burnOrder, default_rollover_policy: rollover, currency_prices: prices } = asked;
  return {
    type: 'credit-type.put',
    scale: current?.scale ?? SCALE,
    ...(shown && { expectedVersion: shown.version }),
    name: asked.name,
    description: asked.description,
    singularName: named(asked.singular_name, shown?.singularName),
    pluralName: named(asked.plural_name, shown?.pluralName),
    icon: named(asked.icon, shown?.icon),
    burnOrder: burnOrder === undefined ? (shown?.burnOrder ?? BURN_DEFAULT) : (burnOrder ?? BURN_DEFAULT),
    defaultExpiry: defaultExpiry(asked, current),
    defaultRollover: rollover === undefined ? (shown?.defaultRollover ?? null) : ROLLOVERS[rollover ?? 'none'],
    prices: prices === undefined ? (shown?.prices ?? []) : (prices ?? []).map(priceFields),
    metadata: keptMetadata(asked, current?.metadata ?? {}),
  };
}

/** An empty name is none. */
function named(asked: string | null | undefined, current: string | null | undefined): string | null {
  const name = asked === undefined ? current : asked;
  return name === undefined || name === '' ? null : name;
}

function defaultExpiry(asked: CreditUpdate, current: CreditTypeView | undefined): object | null {
  const { default_expiry_unit: unit, default_expiry_unit_count: count } = asked;
  if (unit === undefined && count === undefined) return current?.defaultExpiry ?? null;
  const before = shownExpiry(current?.defaultExpiry ?? null, unitOf(current?.metadata ?? null));
  return expiryFields({
    unit: unit === undefined ? before.unit : (unit ?? EXPIRY_UNIT_DEFAULT),
    count: count === undefined ? before.count : count,
  });
}

/** The unit that a credit remembers while it has no count. */
export function unitOf(metadata: Metadata | null): ExpiryUnit {
  return metadata?.[KEPT.expiryUnit] === 'billing_periods' ? 'billing_periods' : EXPIRY_UNIT_DEFAULT;
}

/** The decimal is the more exact of the two. */
function priceFields(price: NonNullable<CreditUpdate['currency_prices']>[number]): object {
  return { currency: price.currency, pricePerUnit: price.price_per_unit_decimal ?? price.price_per_unit };
}

/** Metadata of others stays. */
function keptMetadata(asked: CreditUpdate & { readonly currency?: string }, current: Metadata): Metadata {
  const changes = {
    [KEPT.currency]: asked.currency,
    [KEPT.perUnitPrice]: asked.per_unit_price,
    [KEPT.perUnitPriceDecimal]: asked.per_unit_price_decimal,
    [KEPT.expiryUnit]: asked.default_expiry_unit,
  };
  const kept = new Map(Object.entries(current));
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) kept.delete(key);
    else if (value !== undefined) kept.set(key, value);
  }
  return Object.fromEntries(kept);
}
