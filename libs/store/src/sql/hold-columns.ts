/** What a hold is read from (not its metadata, on which no decision rests), in the order in which `holdFromRow` takes it; `h` is its row. */
export const HOLD_COLUMNS = `
  h.hold_id, h.status, h.amount, h.captured, h.reserved_from,
  date_part('epoch', h.expires_at) * 1000, date_part('epoch', h.due_at) * 1000,
  date_part('epoch', h.created_at) * 1000, date_part('epoch', h.updated_at) * 1000`;
