import type { Balances, LedgerEntry, Scale } from '@app/domain';

import { allocationsOf } from '../chunk/entry-row.js';
import type { LedgerEntryEntity } from '../entities/index.js';

/** The names of an entry's account, which its row often leaves to the account's. */
export interface EntryNames {
  readonly accountId: string;
  readonly creditType: string;
}

/** A ledger entry from its row. */
export function entryOf(row: LedgerEntryEntity, names: EntryNames, scale: Scale): LedgerEntry {
  return {
    tenantId: row.tenantId,
    accountId: names.accountId,
    creditType: names.creditType,
    scale,
    commandId: row.commandId ?? row.commandKey,
    commandType: row.commandType,
    fingerprint: row.fingerprint,
    status: row.version === null ? 'rejected' : 'applied',
    code: row.code,
    cause: row.cause,
    requested: row.requested ?? row.requestedAsSent,
    applied: row.applied,
    before: row.beforeBalance === null ? null : beforeOf(row),
    after: row.afterBalance === null ? null : afterOf(row),
    version: row.version,
    allocations: allocationsOf(row.allocations, row.applied),
    grantId: row.grantId,
    holdId: row.holdId,
    scheduleId: row.scheduleId,
    reverses:
      row.reversesKey === null || row.reversesAmount === null
        ? null
        : { commandId: row.reversesId ?? row.reversesKey, amount: row.reversesAmount },
    reason: row.reason,
    description: row.description,
    actor: row.actor,
    metadata: row.metadata,
    source: row.source,
    occurredAt: row.occurredAt,
    recordedAt: row.recordedAt,
    message: row.message,
    details: row.details,
    topic: row.logTopic,
    partition: row.logPartition,
    offset: row.logOffset,
  };
}

function beforeOf(row: LedgerEntryEntity): Balances {
  return {
    balance: row.beforeBalance ?? 0n,
    held: row.beforeHeld ?? 0n,
    available: row.beforeAvailable ?? 0n,
    unlimited: row.beforeUnlimited ?? false,
  };
}

/** What the account held after an applied entry. */
export function afterOf(row: LedgerEntryEntity): Balances {
  return {
    balance: row.afterBalance ?? 0n,
    held: row.afterHeld ?? 0n,
    available: row.afterAvailable ?? 0n,
    unlimited: row.afterUnlimited ?? false,
  };
}
