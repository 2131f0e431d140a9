import type { CreditCommandDto } from './credit-command.dto.js';

/** What an applied command did, as both events tell it. */
export interface BalanceChange {
  readonly tenantId: string;
  readonly accountId: string;
  readonly commandId: string;
  readonly applied: string;
  readonly before: string;
  readonly after: string;
  readonly version: string;
  readonly previousVersion: string;
  readonly reason: string | null;
  readonly recordedAt: string;
}

/** The change that a command makes to an account with this balance and version. */
export function changeOf(command: CreditCommandDto, balance: bigint, version: bigint, at: Date): BalanceChange {
  return {
    tenantId: command.tenantId,
    accountId: command.accountId,
    commandId: command.id,
    applied: command.delta,
    before: balance.toString(),
    after: (balance + BigInt(command.delta)).toString(),
    version: (version + 1n).toString(),
    previousVersion: version.toString(),
    reason: command.reason ?? null,
    recordedAt: at.toISOString(),
  };
}
