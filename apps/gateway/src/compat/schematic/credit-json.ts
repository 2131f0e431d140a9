import { NumberText } from '@app/contracts';
import type { CreditTypeView } from '@app/store';

import { timeJson } from './answers.js';
import { KEPT, unitOf } from './credit-command.js';
import { shownExpiry } from './credit-expiry.js';

/** A credit type as Schematic's credit. */
export function creditJson(type: CreditTypeView): object {
  const { id, burnOrder, metadata } = type;
  const { unit, count } = shownExpiry(type.defaultExpiry, unitOf(metadata));
  return {
    id,
    name: creditName(type),
    description: type.description ?? '',
    burn_strategy: burnOrder === 'priority' ? 'expiration_priority' : burnOrder,
    cost_editable: true,
    currency_prices: type.prices.map(({ currency, pricePerUnit }) => ({
      currency,
      price: priceJson(id, currency, undefined, pricePerUnit),
    })),
    default_expiry_unit: unit,
    default_expiry_unit_count: count === null ? null : new NumberText(count),
    default_rollover_policy: rolloverPolicy(type),
    icon: type.icon,
    ledger_authority: 'schematic_authoritative',
    plural_name: type.pluralName,
    singular_name: type.singularName,
    price: defaultPrice(type),
    product: null,
    created_at: timeJson(type.createdAt),
    updated_at: timeJson(type.updatedAt),
  };
}

/** The built-in credit and those made natively may have no name. */
export function creditName({ id, name }: Pick<CreditTypeView, 'id' | 'name'>): string {
  return name ?? id;
}

function rolloverPolicy({ defaultRollover }: CreditTypeView): string {
  if (defaultRollover === null) return 'none';
  return defaultRollover.percent === 0 ? 'expire' : 'rollover';
}

/** The price in the credit's own currency; null: it has none. */
function defaultPrice({ id, metadata }: CreditTypeView): object | null {
  const whole = metadata?.[KEPT.perUnitPrice];
  const decimal = metadata?.[KEPT.perUnitPriceDecimal];
  if (whole === undefined && decimal === undefined) return null;
  return priceJson(id, metadata?.[KEPT.currency] ?? '', whole, decimal);
}

/** There are no products and price lists here: a price is told as one that was paid once per unit. */
function priceJson(id: string, currency: string, whole: string | undefined, decimal: string | undefined): object {
  return {
    currency,
    external_price_id: '',
    id: `${id}:${currency}`,
    interval: 'one-time',
    interval_count: 1,
    nickname: null,
    price: new NumberText(whole ?? roundedHalfUp(decimal ?? '0')),
    price_decimal: decimal ?? whole ?? null,
    provider_type: 'schematic',
    scheme: 'per_unit',
  };
}

/** Of a decimal that is not negative. */
function roundedHalfUp(decimal: string): string {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return /^[5-9]/.test(fraction) ? String(BigInt(whole) + 1n) : whole;
}
