import type { ElementType } from '../chunk/array-encoder.js';
import type { Statement } from './statement.js';

/** Array parameters of new grants, in order, with their element types. */
export const GRANT_PARAMETERS = [
  ['tenant_id', 'text'],
  ['grant_id', 'text'],
  ['account_key', 'uuid'],
  ['kind', 'text'],
  ['status', 'text'],
  ['amount', 'int8'],
  ['remaining', 'int8'],
  ['held', 'int8'],
  ['live', 'bool'],
  ['priority', 'int8'],
  ['created_version', 'int8'],
  ['created_index', 'int2'],
  ['effective_at', 'timestamptz'],
  ['expires_at', 'timestamptz'],
  ['rolls_at', 'timestamptz'],
  ['due_at', 'timestamptz'],
  ['created_at', 'timestamptz'],
  ['updated_at', 'timestamptz'],
  ['name', 'text'],
  ['source_grant_id', 'text'],
  ['schedule_id', 'text'],
  ['cost_basis', 'text'],
  ['metadata', 'text'],
] as const;

/** What of a grant never changes. */
const GRANT_FIXED = [
  'account_key',
  'kind',
  'amount',
  'created_version',
  'created_index',
  'effective_at',
  'created_at',
  'source_grant_id',
  'schedule_id',
  'cost_basis',
];

/** What of a grant only `grant.update` changes; a statement without them doesn't read or write them. */
const GRANT_TEXTS = ['name', 'metadata'];

/** What of a grant changes when credits move: all that most entries change. */
const GRANT_MOVED = ['tenant_id', 'grant_id', 'status', 'remaining', 'held', 'live', 'due_at', 'updated_at'];

export const HOLD_PARAMETERS = [
  ['tenant_id', 'text'],
  ['hold_id', 'text'],
  ['account_key', 'uuid'],
  ['status', 'text'],
  ['amount', 'int8'],
  ['captured', 'int8'],
  ['reserved', 'int8'],
  ['reserved_from', 'text'],
  ['expires_at', 'timestamptz'],
  ['due_at', 'timestamptz'],
  ['created_at', 'timestamptz'],
  ['updated_at', 'timestamptz'],
  ['metadata', 'text'],
] as const;

const HOLD_FIXED = ['account_key', 'created_at', 'metadata'];

export const SCHEDULE_PARAMETERS = [
  ['tenant_id', 'text'],
  ['schedule_id', 'text'],
  ['account_key', 'uuid'],
  ['credit_type', 'text'],
  ['name', 'text'],
  ['scope', 'text'],
  ['status', 'text'],
  ['amount', 'int8'],
  ['cadence', 'text'],
  ['period', 'text'],
  ['period_count', 'int8'],
  ['anchor_at', 'timestamptz'],
  ['starts_at', 'timestamptz'],
  ['ends_at', 'timestamptz'],
  ['expiry', 'text'],
  ['kind', 'text'],
  ['priority', 'int8'],
  ['time_zone', 'text'],
  ['rollover_percent', 'int2'],
  ['rollover_cap', 'int8'],
  ['metadata', 'text'],
  ['next_index', 'int8'],
  ['next_start', 'timestamptz'],
  ['last_grant_id', 'text'],
  ['carried_grant_id', 'text'],
  ['version', 'int8'],
  ['created_at', 'timestamptz'],
  ['updated_at', 'timestamptz'],
  ['due_at', 'timestamptz'],
] as const;

const SCHEDULE_FIXED = [
  'account_key',
  'credit_type',
  'scope',
  'amount',
  'cadence',
  'period',
  'period_count',
  'anchor_at',
  'starts_at',
  'expiry',
  'kind',
  'priority',
  'time_zone',
  'rollover_percent',
  'rollover_cap',
  'created_at',
];

export const CREDIT_TYPE_PARAMETERS = [
  ['tenant_id', 'text'],
  ['credit_type', 'text'],
  ['scale', 'int2'],
  ['burn_order', 'text'],
  ['default_expiry', 'text'],
  ['default_rollover_percent', 'int2'],
  ['default_rollover_cap', 'int8'],
  ['deleted_at', 'timestamptz'],
  ['name', 'text'],
  ['description', 'text'],
  ['singular_name', 'text'],
  ['plural_name', 'text'],
  ['icon', 'text'],
  ['prices', 'text'],
  ['metadata', 'text'],
  ['version', 'int8'],
  ['created_at', 'timestamptz'],
  ['updated_at', 'timestamptz'],
] as const;

/** The scale is fixed for ever. */
const CREDIT_TYPE_FIXED = ['scale', 'created_at'];

/** Columns whose parameters are text and whose type is not, by table. */
const CASTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  grants: { kind: 'grant_kind', status: 'grant_status', cost_basis: 'json', metadata: 'json' },
  holds: { status: 'hold_status', reserved_from: 'json', metadata: 'json' },
  schedules: {
    scope: 'schedule_scope',
    status: 'schedule_status',
    cadence: 'schedule_cadence',
    period: 'schedule_period',
    expiry: 'json',
    kind: 'grant_kind',
    metadata: 'json',
  },
  credit_types: { burn_order: 'burn_order', default_expiry: 'json', prices: 'json', metadata: 'json' },
};

type Parameters = readonly (readonly [name: string, type: ElementType])[];

/** A statement and its array parameters, in order. Row: how many rows it wrote. */
export interface ObjectStatement {
  readonly statement: Statement;
  readonly parameters: Parameters;
}

/** How new rows of a table are written, and how changed ones. */
export interface ObjectStatements {
  readonly insert: ObjectStatement;
  readonly update: ObjectStatement;
  /** For rows of which only these columns have changed, where that is what mostly happens. */
  readonly move?: ObjectStatement;
  /** For rows of which more columns have changed, where those are large and seldom change. */
  readonly describe?: ObjectStatement;
}

export const WRITE_GRANTS = {
  ...objectStatements('grants', 'grant_id', GRANT_PARAMETERS, [...GRANT_FIXED, ...GRANT_TEXTS]),
  move: updateStatement('move', 'grants', 'grant_id', only(GRANT_PARAMETERS, GRANT_MOVED)),
  describe: updateStatement('describe', 'grants', 'grant_id', without(GRANT_PARAMETERS, GRANT_FIXED)),
};
export const WRITE_HOLDS = objectStatements('holds', 'hold_id', HOLD_PARAMETERS, HOLD_FIXED);
export const WRITE_SCHEDULES = objectStatements('schedules', 'schedule_id', SCHEDULE_PARAMETERS, SCHEDULE_FIXED);
export const WRITE_CREDIT_TYPES = objectStatements(
  'credit_types',
  'credit_type',
  CREDIT_TYPE_PARAMETERS,
  CREDIT_TYPE_FIXED,
);

function objectStatements(
  table: string,
  id: string,
  all: Parameters,
  fixed: readonly string[],
): Pick<ObjectStatements, 'insert' | 'update'> {
  return {
    insert: insertStatement(table, all),
    update: updateStatement('update', table, id, without(all, fixed)),
  };
}

/** `unnest` stands in select lists for the reason told at `WRITE_CHUNK`. */
function insertStatement(table: string, parameters: Parameters): ObjectStatement {
  const names = parameters.map(([name]) => name);
  const text = `
    with made as (
      insert into ${table} (${names.join(', ')})
      select ${names.map((name) => value(table, name)).join(', ')}
      from (${rows(parameters)}) as v
      returning 1
    )
    select count(*) from made`;
  return { statement: { name: `insert_${table}`, text }, parameters };
}

function updateStatement(verb: string, table: string, id: string, parameters: Parameters): ObjectStatement {
  const changing = parameters.map(([name]) => name).filter((name) => name !== 'tenant_id' && name !== id);
  const text = `
    with changed as (
      update ${table} as t
      set ${changing.map((name) => `${name} = ${value(table, name)}`).join(', ')}
      from (${rows(parameters)}) as v
      where t.tenant_id = v.tenant_id and t.${id} = v.${id}
      returning 1
    )
    select count(*) from changed`;
  return { statement: { name: `${verb}_${table}`, text }, parameters };
}

function only(parameters: Parameters, names: readonly string[]): Parameters {
  return parameters.filter(([name]) => names.includes(name));
}

function without(parameters: Parameters, names: readonly string[]): Parameters {
  return parameters.filter(([name]) => !names.includes(name));
}

function value(table: string, name: string): string {
  const type = CASTS[table]?.[name];
  return `v.${name}${type === undefined ? '' : `::${type}`}`;
}

function rows(parameters: Parameters): string {
  return `select ${parameters.map(([name, type], i) => `unnest($${i + 1}::${type}[]) as ${name}`).join(', ')}`;
}
