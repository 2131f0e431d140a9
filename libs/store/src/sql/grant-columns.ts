/** Whole milliseconds: thousands of grants are read at once, and integers are cheaper to write and to read. */
const millisecondsOf = (column: string): string => `(date_part('epoch', ${column}) * 1000)::bigint`;

/** What a grant is read from, in the order in which `grantFromRow` takes it; `g` is its row. */
export const GRANT_COLUMNS = `
  g.grant_id, g.kind, g.status, g.amount, g.remaining, g.held, g.priority, g.created_version, g.created_index,
  ${millisecondsOf('g.effective_at')}, ${millisecondsOf('g.expires_at')}, ${millisecondsOf('g.rolls_at')},
  ${millisecondsOf('g.due_at')}, g.source_grant_id, g.schedule_id`;
