import { record, table } from '../../output/table.js';

/** A credit type as the gateway shows it (gateway, "Shapes"). */
export interface CreditTypeShown {
  readonly creditTypeId: string;
  readonly scale: number;
  readonly name: string | null;
  readonly description: string | null;
  readonly singularName: string | null;
  readonly pluralName: string | null;
  readonly icon: string | null;
  readonly burnOrder: string;
  readonly defaultExpiry: unknown;
  readonly defaultRollover: unknown;
  readonly prices: readonly { readonly currency: string; readonly pricePerUnit: string }[];
  readonly metadata: unknown;
  readonly version: string;
}

/** One credit type, a line per field. */
export function creditTypeText(type: CreditTypeShown): string {
  return record([
    ['credit type', type.creditTypeId],
    ['decimal places', type.scale],
    ['name', type.name],
    ['description', type.description],
    ['singular', type.singularName],
    ['plural', type.pluralName],
    ['icon', type.icon],
    ['burn order', type.burnOrder],
    ['default expiry', type.defaultExpiry],
    ['default rollover', type.defaultRollover],
    ['prices', type.prices.map(({ currency, pricePerUnit }) => `${pricePerUnit} ${currency}`)],
    ['metadata', type.metadata],
    ['version', type.version],
  ]);
}

/** Credit types, a line each. */
export function creditTypesText(types: readonly CreditTypeShown[]): string {
  return table(
    [
      { title: 'CREDIT TYPE', value: (type) => type.creditTypeId },
      { title: 'DECIMALS', value: (type) => type.scale, align: 'right' },
      { title: 'NAME', value: (type) => type.name },
      { title: 'BURN ORDER', value: (type) => type.burnOrder },
      { title: 'VERSION', value: (type) => type.version, align: 'right' },
    ],
    types,
  );
}
