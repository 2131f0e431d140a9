import { accountKey, type Outcome, outcomeOf, systemIdOf } from '@app/contracts';
import type { LedgerEntry } from '@app/domain';
import type { AccountView } from '@app/store';

import { TENANT } from './gateway-under-test.js';

/** An account with 706 credits. */
export function accountView(fields: Partial<AccountView['account']> = {}, scale = 0): AccountView {
  const account: AccountView['account'] = {
    tenantId: TENANT,
    accountId: 'key_1',
    creditType: 'credits',
    externalId: null,
    group: null,
    status: 'active',
    unlimited: false,
    base: 706n,
    balance: 706n,
    held: 0n,
    version: 17n,
    floor: 0n,
    onInsufficient: null,
    burnOrder: null,
    refill: null,
    refillDueOn: null,
    refilledOn: null,
    initial: 0n,
    metadata: null,
    grants: [],
    holds: [],
    createdAt: Date.parse('2026-11-01T00:00:00Z'),
    updatedAt: Date.parse('2026-11-20T10:00:00Z'),
    ...fields,
  };
  const { tenantId, accountId, creditType } = account;
  return {
    account,
    systemId: systemIdOf(accountKey(tenantId, accountId, creditType)),
    scale,
    available: account.balance - account.held,
  };
}

/** The entry of an applied delta of −3. */
export function ledgerEntry(fields: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    tenantId: TENANT,
    accountId: 'key_1',
    creditType: 'credits',
    scale: 0,
    commandId: 'c-1',
    commandType: 'credit.delta',
    fingerprint: Buffer.alloc(32),
    status: 'applied',
    code: 'APPLIED',
    cause: 'delta',
    requested: -3n,
    applied: -3n,
    before: { balance: 709n, held: 0n, available: 709n, unlimited: false },
    after: { balance: 706n, held: 0n, available: 706n, unlimited: false },
    version: 17n,
    allocations: [{ grantId: null, amount: -3n }],
    grantId: null,
    holdId: null,
    scheduleId: null,
    reverses: null,
    reason: 'usage',
    description: null,
    actor: null,
    metadata: null,
    source: null,
    occurredAt: null,
    recordedAt: Date.parse('2026-11-20T10:00:00Z'),
    message: null,
    details: null,
    topic: 'credits.commands.v1',
    partition: 0,
    offset: 41n,
    ...fields,
  };
}

/** A rejection as a worker replies it. */
export function rejection(code: LedgerEntry['code'], fields: Partial<LedgerEntry> = {}): Outcome {
  return outcomeOf(
    ledgerEntry({
      status: 'rejected',
      code,
      applied: null,
      after: null,
      version: null,
      allocations: [],
      message: `rejected as ${code}`,
      ...fields,
    }),
  );
}
