import type { UuidText } from '@app/contracts';
import { BUILT_IN_CREDIT_TYPE, type BurnOrder, type CreditType, type LedgerEntry } from '@app/domain';
import { PositionLost } from '@app/messaging';

import type { CommandChunk } from '../ports.js';
import { EXTERNAL_ID_HOLDERS } from '../sql/external-id-holders.js';
import { FENCE } from '../sql/fence.js';
import { KNOWN_CREDIT_TYPES } from '../sql/known-credit-types.js';
import { KNOWN_ENTRIES } from '../sql/known-entries.js';
import { KNOWN_TENANTS } from '../sql/known-tenants.js';
import { LOCK_ACCOUNTS } from '../sql/lock-accounts.js';
import type { Statement } from '../sql/statement.js';
import { accountFromRow } from './account-row.js';
import { ArrayEncoder } from './array-encoder.js';
import { type ChunkPlan, keyOf } from './chunk-plan.js';
import { entryFromRow } from './entry-row.js';
import { given, type TextRow } from './rows.js';

/** Runs a statement in the chunk's transaction. Calls made without waiting are sent without waiting. */
export type Run = (statement: Statement, values: readonly unknown[]) => Promise<readonly TextRow[]>;

/** A credit type as the ledger needs it: of a deleted one, the scale still counts. */
export interface KnownCreditType extends CreditType {
  readonly deleted: boolean;
}

/** What the decisions of a chunk rest on, apart from the accounts, which are in the plan's slots. */
export interface ReadChunk {
  readonly tenantIds: ReadonlySet<string>;
  /** By `keyOf(tenant, credit type)`; the built-in type is everybody's. */
  readonly creditTypes: ReadonlyMap<string, KnownCreditType>;
  /** By `keyOf(tenant, command key)`. `decideChunk` adds what it decides. */
  readonly entries: Map<string, LedgerEntry>;
  /** Key of the account that has the id, by `keyOf(tenant, credit type, external id)`. `decideChunk` moves them. */
  readonly externalIds: Map<string, UuidText>;
}

const BYTES_PER_COMMAND_EXPECTED = 32;

/**
 * Reads a chunk's state in its transaction, all statements sent at once: the fence first, so that everything is
 * read after the transaction before this one on the partition has ended, and what belongs to accounts after the
 * statement that locks them.
 * @throws PositionLost when the progress row isn't what the fence demands.
 */
export async function readChunk(run: Run, chunk: CommandChunk, plan: ChunkPlan): Promise<ReadChunk> {
  const { commands, accounts, creditTypes, externalIds } = plan;
  const encoder = new ArrayEncoder(BYTES_PER_COMMAND_EXPECTED * (commands.length + accounts.length));
  const commandTenants = encoder.encode(
    'text',
    commands.map(({ slot }) => slot.tenantId),
  );
  const accountTenants = encoder.encode(
    'text',
    accounts.map(({ tenantId }) => tenantId),
  );
  const [fence, tenants, types, entries, holders, rows] = await allOrFirstFailure([
    run(FENCE, [chunk.topic, chunk.partition]),
    run(KNOWN_TENANTS, [encoder.encode('text', plan.tenantIds)]),
    run(KNOWN_CREDIT_TYPES, [
      encoder.encode(
        'text',
        creditTypes.map(({ tenantId }) => tenantId),
      ),
      encoder.encode(
        'text',
        creditTypes.map(({ creditType }) => creditType),
      ),
    ]),
    run(KNOWN_ENTRIES, [
      commandTenants,
      encoder.encode(
        'uuid',
        commands.map(({ commandKey }) => commandKey),
      ),
    ]),
    externalIds.length === 0
      ? []
      : run(EXTERNAL_ID_HOLDERS, [
          encoder.encode(
            'text',
            externalIds.map(({ tenantId }) => tenantId),
          ),
          encoder.encode(
            'text',
            externalIds.map(({ creditType }) => creditType),
          ),
          encoder.encode(
            'text',
            externalIds.map(({ externalId }) => externalId),
          ),
        ]),
    run(LOCK_ACCOUNTS, [
      accountTenants,
      encoder.encode(
        'uuid',
        accounts.map(({ key }) => key),
      ),
    ]),
  ]);
  checkFence(chunk, fence[0]);
  for (const row of rows) {
    const slot = at(accounts, given(row, 0));
    slot.loaded = slot.current = accountFromRow(slot, row, 1);
  }
  return {
    tenantIds: new Set(tenants.map((row) => given(row, 0))),
    creditTypes: creditTypesFrom(types, plan),
    entries: new Map(
      entries.map((row) => {
        const entry = entryFromRow(row, 1);
        return [keyOf(entry.tenantId, at(commands, given(row, 0)).commandKey), entry];
      }),
    ),
    externalIds: new Map(
      holders.map((row) => {
        const { tenantId, creditType, externalId } = at(externalIds, given(row, 0));
        return [keyOf(tenantId, creditType, externalId), given(row, 1)];
      }),
    ),
  };
}

/** @throws PositionLost unless the row holds this worker's owner and the position that it left there. */
export function checkFence(chunk: CommandChunk, row: TextRow | undefined): void {
  const { topic, partition, fence } = chunk;
  const lost = (message: string) => new PositionLost(topic, partition, `${topic}/${partition}: ${message}`);
  if (row === undefined) throw lost('there is no progress row; it was claimed before, so the database is another one');
  const [owner, nextOffset] = row;
  if (owner !== fence.owner) throw lost(`the owner is ${owner}, not ${fence.owner}: another worker has taken over`);
  // Null until the first chunk, which is where a worker that found no position starts from: 0. A worker that has left
  // one there and finds null is on a database that was restored to before its first chunk.
  if ((nextOffset ?? '0') !== String(fence.nextOffset)) {
    const found = nextOffset ?? 'not set';
    throw lost(`the next offset is ${found}, not ${fence.nextOffset}: it was moved, or the database restored`);
  }
}

function creditTypesFrom(rows: readonly TextRow[], plan: ChunkPlan): Map<string, KnownCreditType> {
  const known = new Map<string, KnownCreditType>();
  for (const tenantId of plan.tenantIds) {
    known.set(keyOf(tenantId, BUILT_IN_CREDIT_TYPE.id), { ...BUILT_IN_CREDIT_TYPE, deleted: false });
  }
  for (const row of rows) {
    const id = given(row, 1);
    known.set(keyOf(given(row, 0), id), {
      id,
      scale: Number(given(row, 2)),
      burnOrder: given(row, 3) as BurnOrder,
      deleted: row[4] === 't',
    });
  }
  return known;
}

function at<T>(items: readonly T[], index: string): T {
  const item = items[Number(index)];
  if (item === undefined) throw new Error(`a row names index ${index} of ${items.length}`);
  return item;
}

/**
 * Waits for all of the statements, so that none is under way when this returns or throws; then throws the first
 * failure in their order, since those behind it only say that the transaction is aborted.
 */
async function allOrFirstFailure<T extends readonly unknown[]>(
  calls: readonly [...T],
): Promise<{ -readonly [I in keyof T]: Awaited<T[I]> }> {
  await Promise.allSettled(calls);
  return await Promise.all(calls);
}
