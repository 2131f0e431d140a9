import { accountKey, commandKey, deriveObjectId, type UuidText } from '@app/contracts';
import { type Account, type Command, idsMadeBy } from '@app/domain';

import type { CommandChunk, LoggedCommand } from '../ports.js';
import type { AccountNames } from './account-row.js';
import { catalogKey } from './catalog-key.js';
import { type NamedObjects, NamedObjectsBuilder } from './named-objects.js';

/** An account that commands of the chunk name, whether it exists or not. */
export interface AccountSlot extends AccountNames {
  readonly key: UuidText;
  /** As read under lock; undefined: there is none. Written by `readChunk`. */
  loaded: Account | undefined;
  /** After the commands decided so far. Written by `readChunk` and `decideChunk`. */
  current: Account | undefined;
}

export interface PlannedCommand {
  readonly logged: LoggedCommand;
  readonly commandKey: UuidText;
  /** Its account. Of a command about the catalogue one that is never read, whose key is that of the definition. */
  readonly slot: AccountSlot;
}

/** What must be read to decide a chunk, told from its commands alone. */
export interface ChunkPlan {
  /** The chunk's commands, in order. */
  readonly commands: readonly PlannedCommand[];
  /** Each account once, in the order in which they are locked. */
  readonly accounts: readonly AccountSlot[];
  readonly tenantIds: readonly string[];
  /** Each (tenant, credit type) once. */
  readonly creditTypes: readonly { readonly tenantId: string; readonly creditType: string }[];
  /** External ids that commands ask for. */
  readonly externalIds: readonly {
    readonly tenantId: string;
    readonly creditType: string;
    readonly externalId: string;
  }[];
  /** What commands name beside their accounts; undefined: nothing. */
  readonly named: NamedObjects | undefined;
}

/** Joins parts of a key in memory. No id contains U+0000 (contracts, "Command record"). */
export function keyOf(...parts: readonly string[]): string {
  return parts.join('\0');
}

export function planChunk(chunk: CommandChunk): ChunkPlan {
  const commands: PlannedCommand[] = [];
  const slotsByNames = new Map<string, AccountSlot>();
  const creditTypes = new Map<string, { tenantId: string; creditType: string }>();
  const externalIds = new Map<string, { tenantId: string; creditType: string; externalId: string }>();
  const tenantIds = new Set<string>();
  const named = new NamedObjectsBuilder();
  for (const logged of chunk.commands) {
    const { command } = logged;
    const { tenantId, accountId, creditType } = command;
    tenantIds.add(tenantId);
    const typeKey = `${tenantId}\0${creditType}`;
    const names = `${typeKey}\0${accountId}`;
    let slot = slotsByNames.get(names);
    if (slot === undefined) {
      const key = accountId === '' ? definitionKey(command) : accountKey(tenantId, accountId, creditType);
      slot = { tenantId, accountId, creditType, key, loaded: undefined, current: undefined };
      if (accountId !== '') slotsByNames.set(names, slot);
      if (!creditTypes.has(typeKey)) creditTypes.set(typeKey, { tenantId, creditType });
    }
    named.add(command);
    commands.push({ logged, commandKey: commandKey(command.id), slot });
    if ('externalId' in command && typeof command.externalId === 'string') {
      externalIds.set(keyOf(typeKey, command.externalId), { tenantId, creditType, externalId: command.externalId });
    }
  }
  return {
    commands,
    accounts: [...slotsByNames.values()].sort(byTenantAndKey),
    tenantIds: [...tenantIds],
    creditTypes: [...creditTypes.values()],
    externalIds: [...externalIds.values()],
    named: named.build(),
  };
}

/** Key of what a command about the catalogue is about. */
function definitionKey(command: Command): UuidText {
  const { tenantId, creditType } = command;
  if (command.type === 'schedule.update' || command.type === 'schedule.end') {
    return catalogKey(tenantId, 'schedule', command.scheduleId);
  }
  const [scheduleId] = command.type === 'schedule.create' ? idsMadeBy(command, deriveObjectId) : [];
  return scheduleId === undefined
    ? catalogKey(tenantId, 'credit-type', creditType)
    : catalogKey(tenantId, 'schedule', scheduleId);
}

/** One order for everybody who locks accounts, so that nobody waits in a circle. Both parts are ASCII. */
function byTenantAndKey(a: AccountSlot, b: AccountSlot): number {
  if (a.tenantId !== b.tenantId) return a.tenantId < b.tenantId ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}
