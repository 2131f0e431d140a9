import type { Statement } from './statement.js';

/** Array parameters of the entries, in order, with their element types. */
export const ENTRY_PARAMETERS = [
  ['command_key', 'uuid'],
  ['account_key', 'uuid'],
  ['tenant_id', 'text'],
  ['command_type', 'text'],
  ['code', 'text'],
  ['cause', 'text'],
  ['fingerprint', 'bytea'],
  ['recorded_at', 'timestamptz'],
  ['log_offset', 'int8'],
  ['version', 'int8'],
  ['requested', 'int8'],
  ['applied', 'int8'],
  ['before_balance', 'int8'],
  ['before_held', 'int8'],
  ['before_available', 'int8'],
  ['before_unlimited', 'bool'],
  ['after_balance', 'int8'],
  ['after_held', 'int8'],
  ['after_available', 'int8'],
  ['after_unlimited', 'bool'],
  ['command_id', 'text'],
  ['account_id', 'text'],
  ['credit_type', 'text'],
  ['allocations', 'text'],
  ['reason', 'text'],
  ['description', 'text'],
  ['source', 'text'],
  ['occurred_at', 'text'],
  ['actor', 'text'],
  ['metadata', 'text'],
  ['requested_as_sent', 'text'],
  ['message', 'text'],
  ['details', 'text'],
] as const;

/** Further array parameters of entries that touch more than an account's balances. */
export const REFERENCE_PARAMETERS = [
  ['grant_id', 'text'],
  ['hold_id', 'text'],
  ['schedule_id', 'text'],
  ['reverses_key', 'uuid'],
  ['reverses_id', 'text'],
  ['reverses_amount', 'int8'],
  ['changed', 'text'],
] as const;

/** Array parameters of accounts that get new balances only. */
export const BALANCE_PARAMETERS = [
  ['tenant_id', 'text'],
  ['account_key', 'uuid'],
  ['loaded_version', 'int8'],
  ['version', 'int8'],
  ['base', 'int8'],
  ['balance', 'int8'],
  ['held', 'int8'],
  ['updated_at', 'timestamptz'],
] as const;

/** Further array parameters of those when grants or holds begin or end. */
export const COUNT_PARAMETERS = [
  ['live_grants', 'int8'],
  ['open_holds', 'int8'],
] as const;

/** Array parameters of accounts that are new (loaded version 0) or get new settings: the whole row. */
export const ACCOUNT_PARAMETERS = [
  ...BALANCE_PARAMETERS,
  ...COUNT_PARAMETERS,
  ['refill_due_on', 'text'],
  ['created_at', 'timestamptz'],
  ['account_id', 'text'],
  ['credit_type', 'text'],
  ['external_id', 'text'],
  ['account_group', 'text'],
  ['status', 'text'],
  ['unlimited', 'bool'],
  ['floor', 'int8'],
  ['initial', 'int8'],
  ['on_insufficient', 'text'],
  ['floor_down_to', 'int8'],
  ['burn_order', 'text'],
  ['refill_interval', 'text'],
  ['refill_amount', 'int8'],
  ['refill_day', 'int2'],
  ['refill_time_zone', 'text'],
  ['refill_due_at', 'timestamptz'],
  ['refilled_on', 'text'],
  ['metadata', 'text'],
] as const;

/** topic, partition, owner, next offset. */
const POSITION_PARAMETERS_COUNT = 4;
/** Columns whose parameters are text and whose type is not. */
const CASTS: Readonly<Record<string, string>> = {
  command_type: 'command_type',
  code: 'outcome_code',
  cause: 'entry_cause',
  allocations: 'json',
  actor: 'json',
  metadata: 'json',
  details: 'json',
  status: 'account_status',
  on_insufficient: 'floor_policy',
  burn_order: 'burn_order',
  refill_interval: 'refill_interval',
  refill_due_on: 'date',
  refilled_on: 'date',
  changed: 'json',
};

const ACCOUNT_NAMES = ACCOUNT_PARAMETERS.map(([name]) => name).filter((name) => name !== 'loaded_version');
const SETTING_NAMES = ACCOUNT_NAMES.filter(
  (name) => !['tenant_id', 'account_key', 'created_at', 'account_id', 'credit_type'].includes(name),
);

/**
 * Writes all of a chunk in one statement: the entries, the accounts, the position. Row: how many entries, new
 * accounts, new balances, new settings and positions were written; the caller compares them with what it decided.
 *
 * `unnest` stands in select lists, where rows are made one by one; in FROM, Postgres would first store the
 * elements of every single array. Updates carry the version that was read under lock: an assertion, not a race.
 */
export const WRITE_CHUNK = writeStatement('write_chunk', ENTRY_PARAMETERS, BALANCE_PARAMETERS);

/** The same with what only entries of grants, holds, schedules, reversals and the catalogue have. */
export const WRITE_CHUNK_WITH_OBJECTS = writeStatement(
  'write_chunk_with_objects',
  [...ENTRY_PARAMETERS, ...REFERENCE_PARAMETERS],
  [...BALANCE_PARAMETERS, ...COUNT_PARAMETERS],
);

type Parameters = readonly (readonly [name: string, type: string])[];

function writeStatement(name: string, entries: Parameters, balances: Parameters): Statement {
  const balancesAt = POSITION_PARAMETERS_COUNT + entries.length;
  const accountsAt = balancesAt + balances.length;
  const entryNames = entries.map(([parameter]) => parameter);
  const balanceNames = balances
    .map(([parameter]) => parameter)
    .filter((parameter) => !['tenant_id', 'account_key', 'loaded_version'].includes(parameter));
  return {
    name,
    text: `
    with
    balances as (${rows(balances, balancesAt)}),
    settings as (${rows(ACCOUNT_PARAMETERS, accountsAt)}),
    new_entries as (
      insert into ledger_entries (log_topic, log_partition, ${entryNames.join(', ')})
      select $1, $2, ${cast(entryNames, 'e')}
      from (${rows(entries, POSITION_PARAMETERS_COUNT)}) as e
      returning 1
    ),
    new_accounts as (
      insert into accounts (${ACCOUNT_NAMES.join(', ')})
      select ${cast(ACCOUNT_NAMES, 's')}
      from settings as s
      where s.loaded_version = 0
      returning 1
    ),
    new_balances as (
      update accounts as a
      set ${balanceNames.map((column) => `${column} = b.${column}`).join(', ')}
      from balances as b
      where a.tenant_id = b.tenant_id and a.account_key = b.account_key and a.version = b.loaded_version
      returning 1
    ),
    new_settings as (
      update accounts as a
      set (${SETTING_NAMES.join(', ')}) = row (${cast(SETTING_NAMES, 's')})
      from settings as s
      where a.tenant_id = s.tenant_id and a.account_key = s.account_key and a.version = s.loaded_version
      returning 1
    ),
    new_position as (
      update progress
      set next_offset = $4, updated_at = now()
      where topic = $1 and partition = $2 and owner = $3
      returning 1
    )
    select
      (select count(*) from new_entries), (select count(*) from new_accounts), (select count(*) from new_balances),
      (select count(*) from new_settings), (select count(*) from new_position)`,
  };
}

function rows(parameters: Parameters, from: number): string {
  return `select ${parameters.map(([name, type], i) => `unnest($${from + i + 1}::${type}[]) as ${name}`).join(', ')}`;
}

function cast(names: readonly string[], alias: string): string {
  return names.map((name) => `${alias}.${name}${CASTS[name] === undefined ? '' : `::${CASTS[name]}`}`).join(', ');
}
