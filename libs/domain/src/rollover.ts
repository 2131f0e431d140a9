import type { Minor, Rollover } from './account.js';
import type { RolloverSettings } from './command.js';
import type { Rejected } from './decision.js';
import { amountOf, type Deciding } from './deciding.js';

/**
 * How much of what remains is carried: the percentage, rounded down at the scale, at most the cap
 * (domain rules, "Reset and rollover"). The rest is gone.
 */
export function carriedOf(remaining: Minor, rollover: Rollover | null): Minor {
  if (rollover === null || remaining <= 0n) return 0n;
  const share = (remaining * BigInt(rollover.percent)) / 100n;
  return rollover.cap !== null && rollover.cap < share ? rollover.cap : share;
}

/** Rollover settings with the cap in minor units (absent: the credit type's default), or the rejection of the cap. */
export function rolloverOf(
  deciding: Deciding,
  settings: RolloverSettings | null | undefined,
): Rollover | null | Rejected {
  if (settings === undefined) return deciding.creditType.defaultRollover ?? null;
  if (settings === null) return null;
  const cap =
    settings.cap === undefined || settings.cap === null ? null : amountOf(deciding, 'rollover.cap', settings.cap);
  if (cap !== null && typeof cap !== 'bigint') return cap;
  return { percent: settings.percent, cap };
}
