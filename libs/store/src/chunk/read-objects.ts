import type { Account, Cause, OriginalEntry } from '@app/domain';

import type { StoredAllocation } from '../entities/ledger-entry.entity.js';
import { LIVE_GRANTS } from '../sql/live-grants.js';
import { LOCK_CREDIT_TYPES } from '../sql/lock-credit-types.js';
import { LOCK_SCHEDULES } from '../sql/lock-schedules.js';
import { NAMED_GRANTS } from '../sql/named-grants.js';
import { NAMED_HOLDS } from '../sql/named-holds.js';
import { OPEN_HOLDS } from '../sql/open-holds.js';
import { ORIGINALS } from '../sql/originals.js';
import { ArrayEncoder } from './array-encoder.js';
import { definitionFromRow, scheduleFromRow } from './catalog-row.js';
import type { ChunkObjects } from './chunk-objects.js';
import { type AccountSlot, type ChunkPlan, keyOf } from './chunk-plan.js';
import { allocationsOf } from './entry-row.js';
import { grantFromRow, grantTextsFromRow, liveGrantsFromRow } from './grant-row.js';
import { holdFromRow } from './hold-row.js';
import type { GrantName, NamedObjects, ObjectName } from './named-objects.js';
import type { ReadChunk } from './read-chunk.js';
import { bigintOrNull, given, jsonOrNull, textOrNull, type TextRow } from './rows.js';
import { allOrFirstFailure, at, type Run } from './run.js';

/** Rows of what commands name, by kind. */
interface NamedRows {
  readonly creditTypes: readonly TextRow[];
  readonly schedules: readonly TextRow[];
  readonly grants: readonly TextRow[];
  readonly holds: readonly TextRow[];
  readonly originals: readonly TextRow[];
}

export const NOTHING_NAMED: NamedRows = { creditTypes: [], schedules: [], grants: [], holds: [], originals: [] };

const BYTES_PER_NAME_EXPECTED = 64;

/** Reads what commands name, behind the statement that locks their accounts and in the same round trip. */
export async function readNamed(run: Run, named: NamedObjects): Promise<NamedRows> {
  const [creditTypes, schedules, grants, holds, originals] = await allOrFirstFailure([
    named.creditTypes.length === 0 ? [] : run(LOCK_CREDIT_TYPES, namesOf(named.creditTypes)),
    named.schedules.length === 0 ? [] : run(LOCK_SCHEDULES, namesOf(named.schedules)),
    named.grants.length === 0 ? [] : run(NAMED_GRANTS, grantNamesOf(named.grants)),
    named.holds.length === 0 ? [] : run(NAMED_HOLDS, namesOf(named.holds)),
    named.originals.length === 0
      ? []
      : run(ORIGINALS, keysOf(named.originals.map(({ tenantId, commandKey }) => ({ tenantId, key: commandKey })))),
  ]);
  return { creditTypes, schedules, grants, holds, originals };
}

/** Puts what was read into the chunk's objects, and the definitions under lock in place of those read before. */
export function keepNamed({ objects, creditTypes }: ReadChunk, named: NamedObjects, rows: NamedRows): void {
  for (const row of rows.creditTypes) {
    const { tenantId, id } = at(named.creditTypes, given(row, 0));
    const definition = definitionFromRow(row, 1);
    objects.definitions.set(keyOf(tenantId, id), definition);
    creditTypes.set(keyOf(tenantId, id), definition);
  }
  for (const row of rows.schedules) {
    const { tenantId, id } = at(named.schedules, given(row, 0));
    objects.schedules.set(keyOf(tenantId, id), scheduleFromRow(row, 1));
  }
  keepGrants(objects, named.grants, rows.grants);
  for (const row of rows.holds) {
    const { tenantId, id } = at(named.holds, given(row, 0));
    objects.holds.set(
      keyOf(tenantId, id),
      holdFromRow({ accountId: given(row, 1), creditType: given(row, 2) }, row, 3),
    );
  }
  for (const row of rows.originals) {
    const { tenantId, commandKey } = at(named.originals, given(row, 0));
    objects.originals.set(keyOf(tenantId, commandKey), originalFromRow(commandKey, row));
  }
}

/**
 * Reads what belongs to the locked accounts, in a statement later than the one that locked them, and only when an
 * account's row says that there is something; and the grants that follow from what commands name.
 */
export async function readObjects(
  run: Run,
  plan: ChunkPlan,
  withGrants: readonly AccountSlot[],
  withHolds: readonly AccountSlot[],
  objects: ChunkObjects,
): Promise<void> {
  const needed = plan.named === undefined ? [] : grantsNeeded(plan, objects);
  if (withGrants.length === 0 && withHolds.length === 0 && needed.length === 0) return;
  const [live, open, named] = await allOrFirstFailure([
    withGrants.length === 0 ? [] : run(LIVE_GRANTS, keysOf(withGrants)),
    withHolds.length === 0 ? [] : run(OPEN_HOLDS, keysOf(withHolds)),
    needed.length === 0 ? [] : run(NAMED_GRANTS, grantNamesOf(needed)),
  ]);
  for (const row of live) {
    const slot = at(withGrants, given(row, 0));
    if (slot.loaded !== undefined)
      slot.loaded = slot.current = { ...slot.loaded, grants: liveGrantsFromRow(slot, row) };
  }
  eachSlot(withHolds, open, holdFromRow, (account, holds) => ({ ...account, holds }));
  keepGrants(objects, needed, named);
}

function grantsNeeded(plan: ChunkPlan, objects: ChunkObjects): readonly GrantName[] {
  const names = new Map<string, GrantName>();
  for (const { logged } of plan.commands) {
    const { tenantId } = logged.command;
    for (const id of objects.grantsToRead(logged.command)) {
      names.set(keyOf(tenantId, id), { tenantId, id, withTexts: false });
    }
  }
  return [...names.values()];
}

function keepGrants(objects: ChunkObjects, names: readonly GrantName[], rows: readonly TextRow[]): void {
  for (const row of rows) {
    const { tenantId, id, withTexts } = at(names, given(row, 0));
    const grant = grantFromRow({ accountId: given(row, 1), creditType: given(row, 2) }, row, 3);
    objects.grants.set(keyOf(tenantId, id), withTexts ? { ...grant, texts: grantTextsFromRow(row, 3) } : grant);
  }
}

/** Gives each slot's account what it has, in the order of the rows. */
function eachSlot<T>(
  slots: readonly AccountSlot[],
  rows: readonly TextRow[],
  fromRow: (slot: AccountSlot, row: TextRow, at: number) => T,
  give: (account: Account, all: readonly T[]) => Account,
): void {
  const groups: T[][] = slots.map(() => []);
  for (const row of rows) {
    const index = given(row, 0);
    at(groups, index).push(fromRow(at(slots, index), row, 1));
  }
  for (const [index, slot] of slots.entries()) {
    const { [index]: all = [] } = groups;
    if (slot.loaded !== undefined) slot.loaded = slot.current = give(slot.loaded, all);
  }
}

function originalFromRow(commandKey: string, row: TextRow): OriginalEntry {
  const applied = bigintOrNull(row, 6);
  return {
    commandId: textOrNull(row, 1) ?? commandKey,
    accountId: given(row, 2),
    creditType: given(row, 3),
    status: row[4] === null ? 'rejected' : 'applied',
    cause: given(row, 5) as Cause,
    applied: applied ?? 0n,
    allocations: allocationsOf(jsonOrNull(row, 7) as StoredAllocation[] | null, applied),
    reversed: BigInt(given(row, 8)),
  };
}

function namesOf(names: readonly ObjectName[]): readonly unknown[] {
  const encoder = new ArrayEncoder(BYTES_PER_NAME_EXPECTED * names.length);
  return [
    encoder.encode(
      'text',
      names.map(({ tenantId }) => tenantId),
    ),
    encoder.encode(
      'text',
      names.map(({ id }) => id),
    ),
  ];
}

function grantNamesOf(names: readonly GrantName[]): readonly unknown[] {
  const encoder = new ArrayEncoder(names.length);
  return [
    ...namesOf(names),
    encoder.encode(
      'bool',
      names.map(({ withTexts }) => withTexts),
    ),
  ];
}

function keysOf(names: readonly { readonly tenantId: string; readonly key: string }[]): readonly unknown[] {
  const encoder = new ArrayEncoder(BYTES_PER_NAME_EXPECTED * names.length);
  return [
    encoder.encode(
      'text',
      names.map(({ tenantId }) => tenantId),
    ),
    encoder.encode(
      'uuid',
      names.map(({ key }) => key),
    ),
  ];
}
