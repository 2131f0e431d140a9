import { grantsText, type GrantShown } from '../grants/grant-text.js';
import { holdsText, type HoldShown } from '../holds/hold-text.js';
import { record, table } from '../../output/table.js';

/** An account as the gateway shows it (gateway, "Shapes"). */
export interface AccountShown {
  readonly accountId: string;
  readonly systemId: string;
  readonly externalId: string | null;
  readonly group: string | null;
  readonly creditType: string;
  readonly scale: number;
  readonly status: string;
  readonly unlimited: boolean;
  readonly balance: string | null;
  readonly held: string;
  readonly available: string | null;
  readonly version: string;
  readonly floor: string;
  readonly onInsufficient: unknown;
  readonly burnOrder: string | null;
  readonly refill: unknown;
  readonly metadata: unknown;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Of one account only: those with something left. */
  readonly grants?: readonly GrantShown[];
  /** Of one account only: the open ones. */
  readonly holds?: readonly HoldShown[];
}

/** One account, a line per field, and below it its grants and holds. */
export function accountText(account: Partial<AccountShown>): string {
  const orUnlimited = (value: string | null | undefined): string | null | undefined =>
    account.unlimited === true ? 'unlimited' : value;
  const fields = record([
    ['account', account.accountId],
    ['credit type', account.creditType],
    ['status', account.status],
    ['available', orUnlimited(account.available)],
    ['balance', orUnlimited(account.balance)],
    ['held', account.held],
    ['version', account.version],
    ['floor', account.floor],
    ['on insufficient', account.onInsufficient],
    ['refill', account.refill],
    ['burn order', account.burnOrder],
    ['external id', account.externalId],
    ['group', account.group],
    ['metadata', account.metadata],
    ['system id', account.systemId],
    ['created', account.createdAt],
    ['updated', account.updatedAt],
  ]);
  const { grants = [], holds = [] } = account;
  return [fields, grants.length > 0 && grantsText(grants), holds.length > 0 && holdsText(holds)]
    .filter((part) => part !== false)
    .join('\n\n');
}

/** Accounts, a line each. */
export function accountsText(accounts: readonly AccountShown[]): string {
  return table(
    [
      { title: 'ACCOUNT', value: (account) => account.accountId },
      { title: 'TYPE', value: (account) => account.creditType },
      { title: 'STATUS', value: (account) => account.status },
      { title: 'AVAILABLE', value: (account) => (account.unlimited ? 'unlimited' : account.available), align: 'right' },
      { title: 'HELD', value: (account) => account.held, align: 'right' },
      { title: 'VERSION', value: (account) => account.version, align: 'right' },
      { title: 'UPDATED', value: (account) => account.updatedAt },
    ],
    accounts,
  );
}
