/** The time of reading an account in milliseconds: the later of the clock and its last entry. */
export const ACCOUNT_TIMELINE = `
  select date_part('epoch', greatest(clock_timestamp(), updated_at)) * 1000 as read_at
  from accounts
  where tenant_id = $1 and account_key = $2`;
