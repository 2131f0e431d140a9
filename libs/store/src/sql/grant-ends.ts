import { versionAtSql } from './version-at.js';

/** How many entries before a grant's last change are looked at: only what holds gave back came after its end. */
const ENTRIES_LOOKED_AT = 1_000;

/**
 * The entries that ended grants: by voiding, by expiry, or when a reset or the next period of a schedule dropped or
 * carried what remained. $1: tenant, $2: grant ids.
 * The end of a grant is at its last change or shortly before it, so that this is a search by version for each grant.
 */
export const GRANT_ENDS = `
  select g.grant_id, ended.command_key
  from grants g
  cross join lateral (${versionAtSql('g.tenant_id', 'g.account_key', 'g.updated_at')}) as changed
  cross join lateral (
    select e.command_key
    from ledger_entries e
    where e.tenant_id = g.tenant_id and e.account_key = g.account_key
      and e.version between greatest(g.created_version, changed.version - ${ENTRIES_LOOKED_AT}) and changed.version
      and e.code <> 'NO_CHANGE'
      and (
        (e.cause in ('void', 'expiry') and e.grant_id = g.grant_id)
        or (e.cause in ('reset', 'schedule') and exists (
          select from json_array_elements(e.allocations::json) as part
          where part ->> 'grantId' = g.grant_id and part ->> 'amount' like '-%'))
      )
    order by e.version desc
    limit 1
  ) as ended
  where g.tenant_id = $1 and g.grant_id = any ($2::text[]) and g.status in ('voided', 'expired')`;
