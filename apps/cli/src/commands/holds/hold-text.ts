import { allocationsText, type AllocationShown } from '../../gateway/outcome.js';
import { record, table } from '../../output/table.js';

/** A hold as the gateway shows it (gateway, "Shapes"). */
export interface HoldShown {
  readonly holdId: string;
  readonly accountId: string;
  readonly creditType: string;
  readonly status: string;
  readonly amount: string;
  readonly captured: string;
  readonly remaining: string;
  readonly reserved: readonly AllocationShown[];
  readonly expiresAt: string;
  readonly metadata: unknown;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** One hold, a line per field. */
export function holdText(hold: HoldShown): string {
  return record([
    ['hold', hold.holdId],
    ['account', hold.accountId],
    ['credit type', hold.creditType],
    ['status', hold.status],
    ['amount', hold.amount],
    ['captured', hold.captured],
    ['remaining', hold.remaining],
    ['from', allocationsText(hold.reserved)],
    ['expires', hold.expiresAt],
    ['metadata', hold.metadata],
    ['created', hold.createdAt],
    ['updated', hold.updatedAt],
  ]);
}

/** Holds, a line each. */
export function holdsText(holds: readonly HoldShown[]): string {
  return table(
    [
      { title: 'HOLD', value: (hold) => hold.holdId },
      { title: 'STATUS', value: (hold) => hold.status },
      { title: 'AMOUNT', value: (hold) => hold.amount, align: 'right' },
      { title: 'CAPTURED', value: (hold) => hold.captured, align: 'right' },
      { title: 'REMAINING', value: (hold) => hold.remaining, align: 'right' },
      { title: 'EXPIRES', value: (hold) => hold.expiresAt },
      { title: 'CREATED', value: (hold) => hold.createdAt },
    ],
    holds,
  );
}
