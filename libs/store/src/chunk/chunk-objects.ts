import { commandKey, deriveObjectId } from '@app/contracts';
import {
  type Applied,
  type AppliedToCatalog,
  type Command,
  type CreditTypeDefinition,
  type DecisionState,
  type EpochMs,
  type Grant,
  grantIdsNeededBy,
  type Hold,
  idsMadeBy,
  type LedgerEntry,
  type OriginalEntry,
  type Schedule,
} from '@app/domain';

import { type AccountSlot, keyOf } from './chunk-plan.js';

/** Something that the chunk made or changed, as it is from now on. */
export interface Changed<T> {
  readonly tenantId: string;
  /** undefined: it has no account. */
  readonly slot: AccountSlot | undefined;
  readonly value: T;
  /** As it was read; undefined: it is new. */
  readonly before: T | undefined;
}

/** A grant doesn't say when it was made and changed: no decision rests on that, so it isn't read with thousands. */
export interface ChangedGrant extends Changed<Grant> {
  /** Times of the first and of the last entry of the chunk that made or changed it. */
  readonly firstAt: EpochMs;
  readonly lastAt: EpochMs;
}

/** What a decision rests on beside the account and its credit type. */
export type ObjectState = Pick<DecisionState, 'takenIds' | 'grants' | 'hold' | 'schedule' | 'original' | 'definition'>;

const NOTHING: ObjectState = {};

/**
 * What the commands of a chunk name beside their accounts: filled with what was read, then kept up to date with what
 * is decided, so that each command sees the effects of those before it. All by `keyOf(tenant, id)`.
 */
export class ChunkObjects {
  readonly grants = new Map<string, Grant>();
  readonly holds = new Map<string, Hold>();
  readonly schedules = new Map<string, Schedule>();
  /** Of credit types that the chunk changes. */
  readonly definitions = new Map<string, CreditTypeDefinition>();
  /** As they were read, by `keyOf(tenant, command key)`. */
  readonly originals = new Map<string, OriginalEntry>();

  readonly changedGrants = new Map<string, ChangedGrant>();
  readonly changedHolds = new Map<string, Changed<Hold>>();
  readonly changedSchedules = new Map<string, Changed<Schedule>>();
  readonly changedDefinitions = new Map<string, Changed<CreditTypeDefinition>>();
  /** What reversals of this chunk use up of their originals. */
  private readonly reversed = new Map<string, bigint>();

  /** @param entries the ledger's entries as far as the chunk knows them, by `keyOf(tenant, command key)` */
  stateFor(command: Command, entries: ReadonlyMap<string, LedgerEntry>): ObjectState {
    const { tenantId } = command;
    switch (command.type) {
      case 'account.open':
      case 'account.configure':
      case 'account.refill':
      case 'credit.delta':
      case 'credit.set':
        return NOTHING;
      case 'credit.reverse': {
        const original = this.originalOf(tenantId, command.reverses, entries);
        return {
          original,
          grants: this.grantsFor(command, { original }),
          takenIds: this.takenIds(command, this.grants),
        };
      }
      case 'grant.create':
      case 'account.reset':
        return { takenIds: this.takenIds(command, this.grants) };
      case 'grant.update':
      case 'grant.void':
      case 'grant.activate':
      case 'grant.expire':
        return { grants: this.grantsFor(command, {}) };
      case 'schedule.create':
        return { takenIds: this.takenIds(command, this.schedules) };
      case 'schedule.update':
      case 'schedule.end':
      case 'schedule.apply': {
        const schedule = this.schedules.get(keyOf(tenantId, command.scheduleId));
        return {
          schedule,
          grants: this.grantsFor(command, { schedule }),
          takenIds: this.takenIds(command, this.grants),
        };
      }
      case 'hold.create':
        return { takenIds: this.takenIds(command, this.holds) };
      case 'hold.capture':
      case 'hold.extend':
      case 'hold.release':
      case 'hold.expire':
        return { hold: this.holds.get(keyOf(tenantId, command.holdId)) };
      case 'credit-type.put':
      case 'credit-type.delete':
        return { definition: this.definitions.get(keyOf(tenantId, command.creditType)) };
    }
  }

  /** Keeps what an entry of an account made or changed. */
  keep(slot: AccountSlot, { at, grants, holds, schedule, reverses }: Applied): void {
    const { tenantId } = slot;
    for (const grant of grants) {
      const { grantId, texts = this.grants.get(keyOf(tenantId, grantId))?.texts } = grant;
      const firstAt = this.changedGrants.get(keyOf(tenantId, grantId))?.firstAt ?? at;
      const value: Grant = grant.texts === texts ? grant : { ...grant, texts };
      const change = { tenantId, slot, value, firstAt, lastAt: at };
      keepOne(this.changedGrants, this.grants, grantId, change, () =>
        slot.loaded?.grants.find((live) => live.grantId === grantId),
      );
    }
    for (const hold of holds) {
      keepOne(this.changedHolds, this.holds, hold.holdId, { tenantId, slot, value: hold }, () =>
        slot.loaded?.holds.find(({ holdId }) => holdId === hold.holdId),
      );
    }
    if (schedule !== undefined) this.keepSchedule(tenantId, slot, schedule);
    if (reverses !== undefined) {
      const key = keyOf(tenantId, commandKey(reverses.commandId));
      this.reversed.set(key, (this.reversed.get(key) ?? 0n) + reverses.amount);
    }
  }

  /** Keeps what an entry of the catalogue made or changed. */
  keepCatalog(tenantId: string, changed: AppliedToCatalog['changed']): void {
    if (changed.kind === 'schedule') return this.keepSchedule(tenantId, undefined, changed.schedule);
    const { creditType } = changed;
    keepOne(this.changedDefinitions, this.definitions, creditType.id, { tenantId, slot: undefined, value: creditType });
  }

  private keepSchedule(tenantId: string, slot: AccountSlot | undefined, schedule: Schedule): void {
    keepOne(this.changedSchedules, this.schedules, schedule.scheduleId, { tenantId, slot, value: schedule });
  }

  /** Ids of grants that commands need because of what they name, and that have not been read yet. */
  grantsToRead(command: Command): readonly string[] {
    const { tenantId } = command;
    const original =
      command.type === 'credit.reverse' ? this.originals.get(keyOf(tenantId, commandKey(command.reverses))) : undefined;
    const schedule =
      'scheduleId' in command && command.scheduleId !== undefined
        ? this.schedules.get(keyOf(tenantId, command.scheduleId))
        : undefined;
    if (original === undefined && schedule === undefined) return [];
    return grantIdsNeededBy(command, { original, schedule }).filter((id) => !this.grants.has(keyOf(tenantId, id)));
  }

  private grantsFor(
    command: Command,
    known: Pick<DecisionState, 'original' | 'schedule'>,
  ): ReadonlyMap<string, Grant> | undefined {
    const grants = new Map<string, Grant>();
    for (const id of grantIdsNeededBy(command, known)) {
      const grant = this.grants.get(keyOf(command.tenantId, id));
      if (grant !== undefined) grants.set(id, grant);
    }
    return grants;
  }

  private takenIds(command: Command, known: ReadonlyMap<string, unknown>): ReadonlySet<string> {
    return new Set(idsMadeBy(command, deriveObjectId).filter((id) => known.has(keyOf(command.tenantId, id))));
  }

  /** The original with what has been reversed so far; one of this very chunk is told from its entry. */
  private originalOf(
    tenantId: string,
    commandId: string,
    entries: ReadonlyMap<string, LedgerEntry>,
  ): OriginalEntry | undefined {
    const key = keyOf(tenantId, commandKey(commandId));
    const reversed = this.reversed.get(key) ?? 0n;
    const stored = this.originals.get(key);
    if (stored !== undefined) {
      return stored.commandId === commandId ? { ...stored, reversed: stored.reversed + reversed } : undefined;
    }
    const entry = entries.get(key);
    if (entry?.commandId !== commandId) return undefined;
    const { accountId, creditType, status, cause, applied, allocations } = entry;
    return { commandId, accountId, creditType, status, cause, applied: applied ?? 0n, allocations, reversed };
  }
}

/** Notes a change beside what was read before the first one. @param live finds it where its account was read */
function keepOne<T, C extends Changed<T>>(
  changed: Map<string, C | (Omit<C, 'before'> & Pick<Changed<T>, 'before'>)>,
  current: Map<string, T>,
  id: string,
  change: Omit<C, 'before'>,
  live?: () => T | undefined,
): void {
  const key = keyOf(change.tenantId, id);
  const earlier = changed.get(key);
  const before = earlier === undefined ? (current.get(key) ?? live?.()) : earlier.before;
  changed.set(key, { ...change, before });
  current.set(key, change.value);
}
