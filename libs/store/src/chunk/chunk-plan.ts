import { accountKey, commandKey, type UuidText } from '@app/contracts';
import type { Account } from '@app/domain';

import type { CommandChunk } from '../ports.js';
import type { AccountNames } from './account-row.js';

/** An account that commands of the chunk name, whether it exists or not. */
export interface AccountSlot extends AccountNames {
  readonly key: UuidText;
  /** As read under lock; undefined: there is none. Written by `readChunk`. */
  loaded: Account | undefined;
  /** After the commands decided so far. Written by `readChunk` and `decideChunk`. */
  current: Account | undefined;
}

/** What must be read to decide a chunk, told from its commands alone. */
export interface ChunkPlan {
  /** Key of each command, by index. */
  readonly commandKeys: readonly UuidText[];
  /** Slot of each command's account, by index. */
  readonly slots: readonly AccountSlot[];
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
}

/** Joins parts of a key in memory. No id contains U+0000 (contracts, "Command record"). */
export function keyOf(...parts: readonly string[]): string {
  return parts.join('\0');
}

export function planChunk(chunk: CommandChunk): ChunkPlan {
  const commandKeys: UuidText[] = [];
  const slots: AccountSlot[] = [];
  const slotsByNames = new Map<string, AccountSlot>();
  const creditTypes = new Map<string, { tenantId: string; creditType: string }>();
  const externalIds = new Map<string, { tenantId: string; creditType: string; externalId: string }>();
  const tenantIds = new Set<string>();
  for (const { command } of chunk.commands) {
    const { tenantId, accountId, creditType } = command;
    commandKeys.push(commandKey(command.id));
    tenantIds.add(tenantId);
    const typeKey = `${tenantId}\0${creditType}`;
    const names = `${typeKey}\0${accountId}`;
    let slot = slotsByNames.get(names);
    if (slot === undefined) {
      const key = accountKey(tenantId, accountId, creditType);
      slot = { tenantId, accountId, creditType, key, loaded: undefined, current: undefined };
      slotsByNames.set(names, slot);
      if (!creditTypes.has(typeKey)) creditTypes.set(typeKey, { tenantId, creditType });
    }
    slots.push(slot);
    if ('externalId' in command && typeof command.externalId === 'string') {
      externalIds.set(keyOf(typeKey, command.externalId), { tenantId, creditType, externalId: command.externalId });
    }
  }
  return {
    commandKeys,
    slots,
    accounts: [...slotsByNames.values()].sort(byTenantAndKey),
    tenantIds: [...tenantIds],
    creditTypes: [...creditTypes.values()],
    externalIds: [...externalIds.values()],
  };
}

/** One order for everybody who locks accounts, so that nobody waits in a circle. Both parts are ASCII. */
function byTenantAndKey(a: AccountSlot, b: AccountSlot): number {
  if (a.tenantId !== b.tenantId) return a.tenantId < b.tenantId ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}
