/**
 * What a ledger entry is read from, in the order in which `entryFromRow` takes it. `e` is the entry's row, `a` its
 * account's (if any) and `c` the row of its credit type (if any).
 * Times come as milliseconds in a float: exact to the millisecond after rounding, and cheaper than numeric.
 */
export const ENTRY_COLUMNS = `
  e.tenant_id, e.command_key, e.command_id,
  coalesce(e.account_id, a.account_id), coalesce(e.credit_type, a.credit_type), coalesce(c.scale, 0),
  e.command_type, e.code, e.cause, e.fingerprint,
  e.requested, e.applied, e.version,
  e.before_balance, e.before_held, e.before_available, e.before_unlimited,
  e.after_balance, e.after_held, e.after_available, e.after_unlimited,
  date_part('epoch', e.recorded_at) * 1000,
  e.log_topic, e.log_partition, e.log_offset,
  e.allocations, e.reason, e.description, e.source, e.occurred_at, e.actor, e.metadata,
  e.requested_as_sent, e.message, e.details,
  e.grant_id, e.hold_id, e.schedule_id, e.reverses_key, e.reverses_id, e.reverses_amount, e.changed`;

/** The joins that belong to `ENTRY_COLUMNS`. */
export const ENTRY_JOINS = `
  left join accounts a on a.tenant_id = e.tenant_id and a.account_key = e.account_key
  left join credit_types c on c.tenant_id = e.tenant_id and c.credit_type = coalesce(e.credit_type, a.credit_type)`;
