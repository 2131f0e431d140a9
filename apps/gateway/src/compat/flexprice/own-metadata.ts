import type { Metadata } from '@app/domain';

/**
 * Fields of Flexprice's that the ledger has no place for. They lie in the metadata of the account or schedule, beside
 * the caller's own pairs, where the native API shows them too.
 */
const OWN_FIELDS = [
  'plan_id',
  'addon_id',
  'customer_id',
  'currency',
  'wallet_type',
  'name',
  'description',
  'conversion_rate',
  'topup_conversion_rate',
] as const;
export type OwnField = (typeof OWN_FIELDS)[number];

/** Before a key of the caller's that would else be taken for one of ours. */
const ESCAPE = 'metadata.';

const isOwn = (key: string): boolean => OWN_FIELDS.some((field) => field === key);

/** What is stored; null: nothing. */
export function storedMetadata(own: Partial<Record<OwnField, string>>, callers: Metadata = {}): Metadata | null {
  const pairs = [
    ...Object.entries(own),
    ...Object.entries(callers).map(([key, value]) => [
      isOwn(key) || key.startsWith(ESCAPE) ? ESCAPE + key : key,
      value,
    ]),
  ];
  return pairs.length === 0 ? null : (Object.fromEntries(pairs) as Metadata);
}

/** The caller's own pairs; null: none. */
export function callersMetadata(stored: Metadata | null): Metadata | null {
  const pairs = Object.entries(stored ?? {}).filter(([key]) => !isOwn(key));
  if (pairs.length === 0) return null;
  return Object.fromEntries(
    pairs.map(([key, value]) => [key.startsWith(ESCAPE) ? key.slice(ESCAPE.length) : key, value]),
  );
}

/** Our own fields among what is stored. */
export function ownFields(stored: Metadata | null): Partial<Record<OwnField, string>> {
  return Object.fromEntries(Object.entries(stored ?? {}).filter(([key]) => isOwn(key)));
}
