import { NumberText } from '@app/contracts';
import { formatMinor } from '@app/domain';
import type { AccountView } from '@app/store';

/** Credits as Unkey shows them; amounts with all their digits. */
export interface CreditsJson {
  /** null: unlimited. */
  readonly remaining: NumberText | null;
  readonly refill?: RefillJson;
}

export interface RefillJson {
  readonly interval: 'daily' | 'monthly';
  readonly amount: NumberText;
  readonly refillDay?: number;
}

/** What a key can use now; null: unlimited. */
export function remainingOf({ account, available, scale }: AccountView): NumberText | null {
  return account.unlimited ? null : new NumberText(formatMinor(available, scale));
}

/** Absent without a refill; never null. */
export function refillOf({ account, scale }: AccountView): { readonly refill?: RefillJson } {
  if (account.refill === null) return {};
  const { interval, amount, refillDay } = account.refill;
  const digits = new NumberText(formatMinor(amount, scale));
  return { refill: { interval, amount: digits, ...(refillDay !== null && { refillDay }) } };
}
