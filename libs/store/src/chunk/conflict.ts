import { type Account, balancesOf, causeOf, type LedgerEntry, requestedAsSent, type Scale } from '@app/domain';

import type { CommandChunk, LoggedCommand } from '../ports.js';

/**
 * The rejection of a command whose id another command has. It has no row, since the id is taken: it is made from
 * the record again whenever that is read again, and its time is the record's own for that reason.
 */
export function conflictOf(
  chunk: CommandChunk,
  logged: LoggedCommand,
  first: LedgerEntry,
  account: Account | undefined,
  scale: Scale,
): LedgerEntry {
  const { command } = logged;
  return {
    tenantId: command.tenantId,
    accountId: command.accountId,
    creditType: command.creditType,
    scale,
    commandId: command.id,
    commandType: command.type,
    fingerprint: logged.fingerprint,
    status: 'rejected',
    code: 'COMMAND_CONFLICT',
    cause: causeOf(command.type),
    requested: requestedAsSent(command) ?? null,
    applied: null,
    before: account === undefined ? null : balancesOf(account, Math.max(logged.appendedAt, account.updatedAt)),
    after: null,
    version: null,
    allocations: [],
    grantId: null,
    holdId: null,
    scheduleId: null,
    reverses: null,
    reason: command.reason ?? null,
    description: command.description ?? null,
    actor: command.actor ?? null,
    metadata: command.metadata ?? null,
    source: command.source ?? null,
    occurredAt: command.occurredAt ?? null,
    recordedAt: logged.appendedAt,
    message: `the id was used before, for ${first.commandType} with other content; a new command needs a new id`,
    details: null,
    topic: chunk.topic,
    partition: chunk.partition,
    offset: logged.offset,
  };
}
