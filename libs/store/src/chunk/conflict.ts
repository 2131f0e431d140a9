import {
  type Account,
  balancesOf,
  type Cause,
  type Command,
  type CommandType,
  type LedgerEntry,
  type Scale,
} from '@app/domain';

import type { CommandChunk, LoggedCommand } from '../ports.js';

const CAUSE_OF: Readonly<Record<CommandType, Cause>> = {
  'account.open': 'open',
  'account.configure': 'configure',
  'account.refill': 'refill',
  'account.reset': 'reset',
  'credit.delta': 'delta',
  'credit.set': 'set',
  'credit.reverse': 'reversal',
  'grant.create': 'grant',
  'grant.update': 'grant',
  'grant.void': 'void',
  'grant.activate': 'activation',
  'grant.expire': 'expiry',
  'schedule.create': 'schedule',
  'schedule.update': 'schedule',
  'schedule.end': 'schedule',
  'schedule.apply': 'schedule',
  'hold.create': 'hold',
  'hold.capture': 'capture',
  'hold.extend': 'extend',
  'hold.release': 'release',
  'hold.expire': 'hold-expiry',
  'credit-type.put': 'configure',
  'credit-type.delete': 'configure',
};

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
    cause: CAUSE_OF[command.type],
    requested: requestedAsSent(command),
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
    message: `the id was used before, by a ${first.commandType} with other content; a new command needs a new id`,
    details: null,
    topic: chunk.topic,
    partition: chunk.partition,
    offset: logged.offset,
  };
}

/** The command's amount as it was sent; null when it has none. */
function requestedAsSent(command: Command): string | null {
  switch (command.type) {
    case 'account.open':
      return command.initial ?? null;
    case 'credit.delta':
      return command.delta;
    case 'credit.set':
    case 'account.reset':
      return command.value ?? null;
    case 'credit.reverse':
    case 'grant.create':
    case 'hold.create':
    case 'hold.capture':
    case 'hold.extend':
      return command.amount ?? null;
    default:
      return null;
  }
}
