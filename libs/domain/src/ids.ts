import type { Command, CreateGrant, CreateHold, CreateSchedule, GrantFields } from './command.js';
import type { DecisionState, DeriveId } from './decision.js';

/**
 * The ids of all that a command may make, given or derived, so that the store can say which are taken
 * (`DecisionState.takenIds`). Derived ids come from the command, so that a replay makes the same.
 */
export function idsMadeBy(command: Command, deriveId: DeriveId): readonly string[] {
  switch (command.type) {
    case 'grant.create':
      return [grantIdOf(command, command, 0, deriveId)];
    case 'account.reset': {
      const grants = command.grants ?? [];
      return [
        ...grants.map((fields, index) => grantIdOf(command, fields, index, deriveId)),
        derivedGrantId(command, grants.length, deriveId),
      ];
    }
    case 'credit.reverse':
      return [derivedGrantId(command, 0, deriveId)];
    case 'schedule.apply':
      return [derivedGrantId(command, 0, deriveId), derivedGrantId(command, 1, deriveId)];
    case 'schedule.create':
      return [scheduleIdOf(command, deriveId)];
    case 'hold.create':
      return [holdIdOf(command, deriveId)];
    default:
      return [];
  }
}

/**
 * The ids of the grants that a decision needs whatever their state (`DecisionState.grants`): the one that the command
 * names, those that its original touched, those of its schedule's last period.
 */
export function grantIdsNeededBy(
  command: Command,
  { original, schedule }: Pick<DecisionState, 'original' | 'schedule'>,
): readonly string[] {
  switch (command.type) {
    case 'grant.update':
    case 'grant.void':
    case 'grant.activate':
    case 'grant.expire':
      return [command.grantId];
    case 'credit.reverse':
      return original?.allocations.flatMap(({ grantId }) => grantId ?? []) ?? [];
    case 'schedule.update':
    case 'schedule.end':
    case 'schedule.apply':
      return [schedule?.lastGrantId ?? [], schedule?.carriedGrantId ?? []].flat();
    default:
      return [];
  }
}

/** The id of a grant that a command describes: its own, else derived. */
export function grantIdOf(command: Command, fields: GrantFields, index: number, deriveId: DeriveId): string {
  return fields.grantId ?? derivedGrantId(command, index, deriveId);
}

/** The id of a grant that a command makes without describing it. */
export function derivedGrantId(command: Command | CreateGrant, index: number, deriveId: DeriveId): string {
  return deriveId(command.tenantId, command.id, 'grant', index);
}

export function scheduleIdOf(command: CreateSchedule, deriveId: DeriveId): string {
  return command.scheduleId ?? deriveId(command.tenantId, command.id, 'schedule', 0);
}

export function holdIdOf(command: CreateHold, deriveId: DeriveId): string {
  return command.holdId ?? deriveId(command.tenantId, command.id, 'hold', 0);
}

/**
 * What a scheduler's command is about: the object and the instant acted on. Its id is derived from this, so that
 * the same work has the same id whoever publishes it, and a moved date is another command. undefined for commands
 * of publishers.
 */
export function dueWorkOf(command: Command): readonly string[] | undefined {
  switch (command.type) {
    case 'account.refill':
      return [command.type, command.creditType, command.accountId, command.date];
    case 'grant.activate':
      return [command.type, command.grantId, String(command.effectiveAt)];
    case 'grant.expire':
    case 'hold.expire':
      return [
        command.type,
        command.type === 'grant.expire' ? command.grantId : command.holdId,
        String(command.expiresAt),
      ];
    case 'schedule.apply':
      return [command.type, command.scheduleId, String(command.periodStart)];
    default:
      return undefined;
  }
}
