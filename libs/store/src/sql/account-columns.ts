/** What an account is read from, in the order in which `accountFromRow` takes it (after its names). */
export const ACCOUNT_COLUMNS = `
  a.version, a.base, a.balance, a.held, a.floor, a.initial,
  date_part('epoch', a.created_at) * 1000, date_part('epoch', a.updated_at) * 1000,
  a.status, a.unlimited, a.on_insufficient, a.floor_down_to, a.burn_order,
  a.refill_interval, a.refill_amount, a.refill_day, a.external_id, a.account_group, a.metadata,
  a.refill_due_on, a.live_grants, a.open_holds, a.refill_time_zone, a.refilled_on`;
