import type { CreditTypeDefinition, Grant, GrantTexts, Hold, Schedule } from '@app/domain';
import { reservedOf } from '@app/domain';

import {
  type CREDIT_TYPE_PARAMETERS,
  type GRANT_PARAMETERS,
  type HOLD_PARAMETERS,
  type ObjectStatements,
  type SCHEDULE_PARAMETERS,
  WRITE_CREDIT_TYPES,
  WRITE_GRANTS,
  WRITE_HOLDS,
  WRITE_SCHEDULES,
} from '../sql/write-objects.js';
import { ArrayEncoder } from './array-encoder.js';
import type { Changed, ChangedGrant, ChunkObjects } from './chunk-objects.js';
import { addColumns, type Getter, type Getters, jsonOf } from './columns.js';
import { allocationsToStore } from './entry-row.js';
import { allOrFirstFailure, type Run } from './run.js';
import { expect } from './unexpected-counts.js';

const GRANT: Getters<typeof GRANT_PARAMETERS, ChangedGrant> = {
  tenant_id: ({ tenantId }) => tenantId,
  grant_id: ({ value }) => value.grantId,
  account_key: ({ slot }) => slot?.key ?? null,
  kind: ({ value }) => value.kind,
  status: ({ value }) => value.status,
  amount: ({ value }) => value.amount,
  remaining: ({ value }) => value.remaining,
  held: ({ value }) => value.held,
  live: ({ value }) => value.remaining > 0n,
  priority: ({ value }) => int8Of(value.priority),
  created_version: ({ value }) => value.createdVersion,
  created_index: ({ value }) => value.createdIndex,
  effective_at: ({ value }) => value.effectiveAt,
  expires_at: ({ value }) => value.expiresAt,
  rolls_at: ({ value }) => value.rollsAt,
  due_at: ({ value }) => value.dueAt,
  created_at: ({ firstAt }) => firstAt,
  updated_at: ({ lastAt }) => lastAt,
  name: ({ value }) => textsOf(value).name,
  source_grant_id: ({ value }) => value.sourceGrantId,
  schedule_id: ({ value }) => value.scheduleId,
  cost_basis: ({ value }) => jsonOf(textsOf(value).costBasis),
  metadata: ({ value }) => jsonOf(textsOf(value).metadata),
};

/** @throws Error when a new or renamed grant says nothing of itself: its row would lose what it says. */
function textsOf({ grantId, texts }: Grant): GrantTexts {
  if (texts === undefined) throw new Error(`name and metadata of grant ${grantId} are not known`);
  return texts;
}

const HOLD: Getters<typeof HOLD_PARAMETERS, Changed<Hold>> = {
  tenant_id: ({ tenantId }) => tenantId,
  hold_id: ({ value }) => value.holdId,
  account_key: ({ slot }) => slot?.key ?? null,
  status: ({ value }) => value.status,
  amount: ({ value }) => value.amount,
  captured: ({ value }) => value.captured,
  reserved: ({ value }) => reservedOf(value),
  reserved_from: ({ value }) => allocationsToStore(value.reserved, null),
  expires_at: ({ value }) => value.expiresAt,
  due_at: ({ value }) => value.dueAt,
  created_at: ({ value }) => value.createdAt,
  updated_at: ({ value }) => value.updatedAt,
  metadata: ({ value }) => jsonOf(value.metadata ?? null),
};

const SCHEDULE: Getters<typeof SCHEDULE_PARAMETERS, Changed<Schedule>> = {
  tenant_id: ({ tenantId }) => tenantId,
  schedule_id: ({ value }) => value.scheduleId,
  account_key: ({ slot }) => slot?.key ?? null,
  credit_type: ({ value }) => value.creditType,
  name: ({ value }) => value.name,
  scope: ({ value }) => value.scope,
  status: ({ value }) => value.status,
  amount: ({ value }) => value.amount,
  cadence: ({ value }) => value.cadence,
  period: ({ value }) => value.period,
  period_count: ({ value }) => BigInt(value.periodCount),
  anchor_at: ({ value }) => value.anchor,
  starts_at: ({ value }) => value.start,
  ends_at: ({ value }) => value.end,
  expiry: ({ value }) => jsonOf(value.expiry),
  kind: ({ value }) => value.kind,
  priority: ({ value }) => int8Of(value.priority),
  time_zone: ({ value }) => value.timeZone,
  rollover_percent: ({ value }) => value.rollover?.percent ?? null,
  rollover_cap: ({ value }) => value.rollover?.cap ?? null,
  metadata: ({ value }) => jsonOf(value.metadata),
  next_index: ({ value }) => int8Of(value.nextIndex),
  next_start: ({ value }) => value.nextStart,
  last_grant_id: ({ value }) => value.lastGrantId,
  carried_grant_id: ({ value }) => value.carriedGrantId,
  version: ({ value }) => value.version,
  created_at: ({ value }) => value.createdAt,
  updated_at: ({ value }) => value.updatedAt,
  due_at: ({ value }) => value.dueAt,
};

const CREDIT_TYPE: Getters<typeof CREDIT_TYPE_PARAMETERS, Changed<CreditTypeDefinition>> = {
  tenant_id: ({ tenantId }) => tenantId,
  credit_type: ({ value }) => value.id,
  scale: ({ value }) => value.scale,
  burn_order: ({ value }) => value.burnOrder,
  default_expiry: ({ value }) => jsonOf(value.defaultExpiry),
  default_rollover_percent: ({ value }) => value.defaultRollover?.percent ?? null,
  default_rollover_cap: ({ value }) => value.defaultRollover?.cap ?? null,
  deleted_at: ({ value }) => value.deletedAt,
  name: ({ value }) => value.name,
  description: ({ value }) => value.description,
  singular_name: ({ value }) => value.singularName,
  plural_name: ({ value }) => value.pluralName,
  icon: ({ value }) => value.icon,
  prices: ({ value }) => (value.prices.length === 0 ? null : jsonOf(value.prices)),
  metadata: ({ value }) => jsonOf(value.metadata),
  version: ({ value }) => value.version,
  created_at: ({ value }) => value.createdAt,
  updated_at: ({ value }) => value.updatedAt,
};

const BYTES_PER_OBJECT_EXPECTED = 512;

/**
 * Writes what a chunk made or changed beside accounts and entries; nothing is sent for kinds of which there is none.
 * @throws UnexpectedCounts when other rows were written than decided.
 */
export async function writeObjects(run: Run, objects: ChunkObjects): Promise<void> {
  await allOrFirstFailure([
    writeKind(run, 'credit types', WRITE_CREDIT_TYPES, CREDIT_TYPE, objects.changedDefinitions),
    writeKind(run, 'schedules', WRITE_SCHEDULES, SCHEDULE, objects.changedSchedules),
    writeKind(run, 'grants', WRITE_GRANTS, GRANT, objects.changedGrants, grantChange),
    writeKind(run, 'holds', WRITE_HOLDS, HOLD, objects.changedHolds),
  ]);
}

async function writeKind<C extends Changed<unknown>>(
  run: Run,
  what: string,
  statements: ObjectStatements,
  getters: Readonly<Record<string, Getter<C>>>,
  changed: ReadonlyMap<string, C>,
  changeOf: (change: C) => keyof ObjectStatements = () => 'update',
): Promise<void> {
  if (changed.size === 0) return;
  const byStatement = new Map<keyof ObjectStatements, C[]>();
  // In the order of their keys, as everything that several chunks may write.
  for (const [, change] of [...changed].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const how = change.before === undefined ? 'insert' : changeOf(change);
    const rows = byStatement.get(how);
    if (rows === undefined) byStatement.set(how, [change]);
    else rows.push(change);
  }
  const write = async ([kind, rows]: [keyof ObjectStatements, readonly C[]]): Promise<void> => {
    const how = statements[kind] ?? statements.update;
    const values: unknown[] = [];
    addColumns(new ArrayEncoder(BYTES_PER_OBJECT_EXPECTED * rows.length), values, how.parameters, getters, rows);
    expect(`${what} (${how.statement.name})`, await run(how.statement, values), [rows.length]);
  };
  await allOrFirstFailure([...byStatement].map(write));
}

/** Mostly only credits have moved; else what `grant.update` and schedules change, seldom what is said of it. */
function grantChange({ before, value }: Changed<Grant>): 'move' | 'update' | 'describe' {
  if (before?.texts !== value.texts) return 'describe';
  const isSame =
    before?.priority === value.priority && before.expiresAt === value.expiresAt && before.rollsAt === value.rollsAt;
  return isSame ? 'move' : 'update';
}

function int8Of(value: number | null): bigint | null {
  return value === null ? null : BigInt(value);
}
