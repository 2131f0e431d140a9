import type { UuidText } from '@app/contracts';
import { BUILT_IN_CREDIT_TYPE, type CreditType, type LedgerEntry } from '@app/domain';
import { PositionLost } from '@app/messaging';

import type { CatalogChange, CommandChunk } from '../ports.js';
import { EXTERNAL_ID_HOLDERS } from '../sql/external-id-holders.js';
import { FENCE } from '../sql/fence.js';
import { KNOWN_CREDIT_TYPES } from '../sql/known-credit-types.js';
import { KNOWN_ENTRIES } from '../sql/known-entries.js';
import { KNOWN_TENANTS } from '../sql/known-tenants.js';
import { LOCK_ACCOUNTS } from '../sql/lock-accounts.js';
import { accountFromRow, hasGrants, hasHolds } from './account-row.js';
import { ArrayEncoder } from './array-encoder.js';
import { creditTypeFromRow } from './catalog-row.js';
import { ChunkObjects } from './chunk-objects.js';
import { type AccountSlot, type ChunkPlan, keyOf } from './chunk-plan.js';
import { changedFromRow, entryFromRow } from './entry-row.js';
import { keepNamed, NOTHING_NAMED, readNamed, readObjects } from './read-objects.js';
import { given, type TextRow } from './rows.js';
import { allOrFirstFailure, at, type Run } from './run.js';

/** What the decisions of a chunk rest on, apart from the accounts, which are in the plan's slots. */
export interface ReadChunk {
  readonly tenantIds: ReadonlySet<string>;
  /** By `keyOf(tenant, credit type)`; the built-in type is everybody's. `decideChunk` changes them. */
  readonly creditTypes: Map<string, CreditType>;
  /** By `keyOf(tenant, command key)`. `decideChunk` adds what it decides. */
  readonly entries: Map<string, LedgerEntry>;
  /** What those entries left in the catalogue, by the same key. `decideChunk` adds what it decides. */
  readonly changes: Map<string, CatalogChange>;
  /** Key of the account that has the id, by `keyOf(tenant, credit type, external id)`. `decideChunk` moves them. */
  readonly externalIds: Map<string, UuidText>;
  /** What the commands name beside their accounts. `decideChunk` keeps them up to date. */
  readonly objects: ChunkObjects;
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
  const [fence, tenants, types, entries, holders, rows, namedRows] = await allOrFirstFailure([
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
    plan.named === undefined ? NOTHING_NAMED : readNamed(run, plan.named),
  ]);
  checkFence(chunk, fence[0]);
  const withGrants: AccountSlot[] = [];
  const withHolds: AccountSlot[] = [];
  for (const row of rows) {
    const slot = at(accounts, given(row, 0));
    slot.loaded = slot.current = accountFromRow(slot, row, 1);
    if (hasGrants(row, 1)) withGrants.push(slot);
    if (hasHolds(row, 1)) withHolds.push(slot);
  }
  const read: ReadChunk = {
    tenantIds: new Set(tenants.map((row) => given(row, 0))),
    creditTypes: creditTypesFrom(types, plan),
    entries: new Map(),
    changes: new Map(),
    externalIds: new Map(
      holders.map((row) => {
        const { tenantId, creditType, externalId } = at(externalIds, given(row, 0));
        return [keyOf(tenantId, creditType, externalId), given(row, 1)];
      }),
    ),
    objects: new ChunkObjects(),
  };
  for (const row of entries) {
    const entry = entryFromRow(row, 1);
    const key = keyOf(entry.tenantId, at(commands, given(row, 0)).commandKey);
    read.entries.set(key, entry);
    const changed = changedFromRow(row, 1);
    if (changed !== undefined) read.changes.set(key, changed);
  }
  if (plan.named !== undefined) keepNamed(read, plan.named, namedRows);
  await readObjects(run, plan, withGrants, withHolds, read.objects);
  return read;
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

function creditTypesFrom(rows: readonly TextRow[], plan: ChunkPlan): Map<string, CreditType> {
  const known = new Map<string, CreditType>();
  for (const tenantId of plan.tenantIds) {
    known.set(keyOf(tenantId, BUILT_IN_CREDIT_TYPE.id), BUILT_IN_CREDIT_TYPE);
  }
  for (const row of rows) {
    const creditType = creditTypeFromRow(row, 1);
    known.set(keyOf(given(row, 0), creditType.id), creditType);
  }
  return known;
}
