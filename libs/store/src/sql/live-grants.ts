import type { Statement } from './statement.js';

/** Seconds as a float, of which milliseconds can be told; null is NaN. */
const secondsOf = (column: string): string => `coalesce(date_part('epoch', ${column}), 'NaN')`;

/**
 * In the order in which `liveGrantsFromRow` takes them. None of them has a blank. When something is due
 * follows from the others, so that only whether it is has to be told.
 */
const NUMBERS = `
  kind, status, amount, remaining, held, coalesce(priority, 'NaN'::float8), created_version, created_index,
  ${secondsOf('effective_at')}, ${secondsOf('expires_at')}, ${secondsOf('rolls_at')}, due_at is not null`;

/**
 * Grants with something left of accounts that are locked, in the order of their creation. Row: index in the given
 * arrays, the numbers of each grant, the ids as a JSON array, and what most grants don't have (JSON arrays of id, source
 * grant, schedule; null: none has any of it). The order is that of the index, by which Postgres finds them and no others.
 *
 * Names, cost bases and metadata are not read: no decision rests on them, and a thousand grants may have 50 MB of them.
 *
 * One row per account and few columns: thousands of grants are read at once, and most of their cost was that every
 * single value became a string of its own on the way (ADR 19).
 */
export const LIVE_GRANTS: Statement = {
  name: 'live_grants',
  text: `
    select wanted.index, packed.*
    from (
      select unnest($1::text[]) as tenant_id, unnest($2::uuid[]) as account_key, generate_subscripts($2::uuid[], 1) - 1 as index
    ) as wanted
    cross join lateral (
      select
        string_agg(concat_ws(' ', ${NUMBERS}), ' '),
        json_agg(grant_id),
        json_agg(json_build_array(grant_id, source_grant_id, schedule_id))
          filter (where coalesce(source_grant_id, schedule_id) is not null)
      from (
        select * from grants
        where tenant_id = wanted.tenant_id and account_key = wanted.account_key and live
        order by created_version, created_index
      ) as g
      having count(*) > 0
    ) as packed`,
};
