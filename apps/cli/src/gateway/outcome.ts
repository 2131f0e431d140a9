import { record } from '../output/table.js';

/** The one outcome shape (contracts, "Outcome"), as far as the terminal shows it. Amounts and versions are strings. */
export interface Outcome {
  readonly accountId?: string;
  readonly creditType?: string;
  readonly commandId?: string;
  readonly commandType?: string;
  readonly status?: string;
  readonly code?: string;
  readonly cause?: string;
  readonly requested?: string | null;
  readonly applied?: string;
  readonly before?: BalancesShown;
  readonly after?: BalancesShown;
  readonly version?: string;
  readonly allocations?: readonly AllocationShown[];
  readonly grantId?: string;
  readonly holdId?: string;
  readonly scheduleId?: string;
  readonly reason?: string;
  readonly description?: string;
  readonly recordedAt?: string;
  readonly message?: string;
  readonly details?: Readonly<Record<string, string>>;
  readonly entryId?: string;
}

/** What an entry gave to (or took from) one grant, or the base (null). */
export interface AllocationShown {
  readonly grantId: string | null;
  readonly amount: string;
}

export interface BalancesShown {
  readonly balance: string | null;
  readonly held: string;
  readonly available: string | null;
  readonly unlimited: boolean;
}

/** An outcome as lines for people. */
export function outcomeText(outcome: Outcome, replayed = false): string {
  return record([
    ['command', outcome.commandId],
    ['type', outcome.commandType],
    ['account', accountText(outcome)],
    ['credit type', outcome.commandType?.startsWith('credit-type.') === true ? outcome.creditType : undefined],
    ['outcome', `${outcome.status ?? ''} ${outcome.code ?? ''}`.trim()],
    ['requested', outcome.requested === null ? 'unlimited' : outcome.requested],
    ['applied', outcome.applied],
    ['before', balancesText(outcome.before)],
    ['after', balancesText(outcome.after)],
    ['version', outcome.version],
    ['allocations', allocationsText(outcome.allocations)],
    ['grant', outcome.grantId],
    ['hold', outcome.holdId],
    ['schedule', outcome.scheduleId],
    ['reason', outcome.reason],
    ['description', outcome.description],
    ['message', outcome.message],
    ['details', outcome.details],
    ['recorded', outcome.recordedAt],
    ['repeat', replayed ? 'yes: this is the first outcome of this id' : undefined],
  ]);
}

/** What is available, and what is held when something is. */
export function balancesText(balances: BalancesShown | undefined): string | undefined {
  if (balances === undefined) return undefined;
  if (balances.unlimited) return 'unlimited';
  return balances.held === '0'
    ? `${balances.available}`
    : `${balances.available} (balance ${balances.balance}, held ${balances.held})`;
}

/** Where credits went or came from; nothing when all of it was the base, as in accounts without grants. */
export function allocationsText(allocations: readonly AllocationShown[] = []): string | undefined {
  if (allocations.every(({ grantId }) => grantId === null)) return undefined;
  return allocations.map(({ grantId, amount }) => `${amount} ${grantId ?? 'base'}`).join(', ');
}

function accountText(outcome: Outcome): string | undefined {
  if (outcome.accountId === undefined) return undefined;
  return outcome.creditType === undefined || outcome.creditType === 'credits'
    ? outcome.accountId
    : `${outcome.accountId} (${outcome.creditType})`;
}
