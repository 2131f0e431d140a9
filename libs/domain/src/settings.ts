import type { FloorPolicy, Minor, Refill } from './account.js';
import type { InsufficientPolicy, Metadata, RefillSettings } from './command.js';
import type { Rejected } from './decision.js';
import { amountOf, type Deciding } from './deciding.js';

/** Refill settings with the amount in minor units, or the rejection of that amount. */
export function refillOf(deciding: Deciding, settings: RefillSettings | null | undefined): Refill | null | Rejected {
  if (settings === undefined || settings === null) return null;
  const amount = amountOf(deciding, 'refill.amount', settings.amount);
  if (typeof amount !== 'bigint') return amount;
  return {
    interval: settings.interval,
    amount,
    refillDay: settings.refillDay ?? null,
    timeZone: settings.timeZone ?? 'UTC',
  };
}

/** A floor in minor units (0 when none is given), or the rejection of that amount. */
export function floorOf(deciding: Deciding, floor: string | null | undefined): Minor | Rejected {
  return floor === undefined || floor === null ? 0n : amountOf(deciding, 'floor', floor);
}

/** A floor policy with its bound in minor units (null when none is given), or the rejection of that amount. */
export function policyOf(
  deciding: Deciding,
  policy: InsufficientPolicy | null | undefined,
): FloorPolicy | null | Rejected {
  if (policy === undefined || policy === null) return null;
  if (typeof policy === 'string') return policy;
  const downTo = amountOf(deciding, 'onInsufficient.downTo', policy.downTo);
  return typeof downTo === 'bigint' ? { downTo } : downTo;
}

/** True for the rejection among the results of the functions above. */
export function isRejected(value: Refill | FloorPolicy | Minor | Rejected | null): value is Rejected {
  return typeof value === 'object' && value !== null && 'status' in value;
}

export function sameRefill(a: Refill | null, b: Refill | null): boolean {
  if (a === null || b === null) return a === b;
  return a.interval === b.interval && a.amount === b.amount && a.refillDay === b.refillDay && a.timeZone === b.timeZone;
}

export function samePolicy(a: FloorPolicy | null, b: FloorPolicy | null): boolean {
  if (a === null || b === null || typeof a === 'string' || typeof b === 'string') return a === b;
  return a.downTo === b.downTo;
}

/** Equal whatever the order of the keys; no metadata equals empty metadata. */
export function sameMetadata(a: Metadata | null, b: Metadata | null): boolean {
  const left = a ?? {};
  const right = b ?? {};
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => left[key] === right[key]);
}
