/** What a grant is read from, in the order in which `grantFromRow` takes it; `g` is its row. */
export const GRANT_COLUMNS = `
  g.grant_id, g.kind, g.status, g.amount, g.remaining, g.held, g.priority, g.created_version,
  date_part('epoch', g.effective_at) * 1000, date_part('epoch', g.expires_at) * 1000,
  date_part('epoch', g.rolls_at) * 1000, date_part('epoch', g.due_at) * 1000,
  date_part('epoch', g.created_at) * 1000, date_part('epoch', g.updated_at) * 1000,
  g.name, g.source_grant_id, g.schedule_id, g.cost_basis, g.metadata`;
