import { dateTimeOf, type OutcomeAllocation } from '@app/contracts';
import { formatMinor, type HoldStatus, type Metadata, uncapturedOf } from '@app/domain';
import type { HoldView } from '@app/store';

export const HOLD_STATUSES = ['open', 'captured', 'released', 'expired'] as const satisfies readonly HoldStatus[];

/** A hold as it is answered (gateway, "Shapes"). Amounts are decimal strings. */
export interface HoldJson {
  readonly holdId: string;
  readonly accountId: string;
  readonly creditType: string;
  readonly status: HoldStatus;
  /** What it was granted, extensions included. */
  readonly amount: string;
  readonly captured: string;
  /** What may still be captured; 0 once it ended. */
  readonly remaining: string;
  /** Where what it still reserves comes from; empty once it ended, and of an unlimited account. */
  readonly reserved: readonly OutcomeAllocation[];
  readonly expiresAt: string;
  readonly metadata: Metadata | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export function holdJson({ hold, scale }: HoldView): HoldJson {
  return {
    holdId: hold.holdId,
    accountId: hold.accountId,
    creditType: hold.creditType,
    status: hold.status,
    amount: formatMinor(hold.amount, scale),
    captured: formatMinor(hold.captured, scale),
    remaining: formatMinor(uncapturedOf(hold), scale),
    reserved: hold.reserved.map(({ grantId, amount }) => ({ grantId, amount: formatMinor(amount, scale) })),
    expiresAt: dateTimeOf(hold.expiresAt),
    metadata: hold.metadata,
    createdAt: dateTimeOf(hold.createdAt),
    updatedAt: dateTimeOf(hold.updatedAt),
  };
}
