import type { Rollover } from '@app/domain';

import type { CatalogChange } from '../ports.js';

/*
 * What an entry left in the catalogue, as the entry keeps it: JSON in which 64-bit integers are digits, because a JSON
 * number would pass through a float.
 */

type Stored<T> = {
  readonly [K in keyof T]: T[K] extends bigint ? string : T[K] extends Rollover | null ? StoredRollover | null : T[K];
};
interface StoredRollover {
  readonly percent: number;
  readonly cap: string | null;
}
type StoredChange =
  | {
      readonly kind: 'credit-type';
      readonly creditType: Stored<Extract<CatalogChange, { kind: 'credit-type' }>['creditType']>;
    }
  | { readonly kind: 'schedule'; readonly schedule: Stored<Extract<CatalogChange, { kind: 'schedule' }>['schedule']> };

export function catalogChangeToStore(changed: CatalogChange): string {
  return JSON.stringify(changed, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

/** The opposite, of the parsed JSON. */
export function catalogChangeFrom(json: unknown): CatalogChange {
  const stored = json as StoredChange;
  if (stored.kind === 'credit-type') {
    const { creditType } = stored;
    return {
      kind: 'credit-type',
      creditType: {
        ...creditType,
        version: BigInt(creditType.version),
        defaultRollover: rolloverOf(creditType.defaultRollover),
      },
    };
  }
  const { schedule } = stored;
  return {
    kind: 'schedule',
    schedule: {
      ...schedule,
      amount: BigInt(schedule.amount),
      version: BigInt(schedule.version),
      rollover: rolloverOf(schedule.rollover),
    },
  };
}

function rolloverOf(stored: StoredRollover | null): Rollover | null {
  return stored === null ? null : { percent: stored.percent, cap: stored.cap === null ? null : BigInt(stored.cap) };
}
