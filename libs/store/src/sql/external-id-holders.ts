import type { Statement } from './statement.js';

/** Who has these external ids. Row: index in the given arrays, account key. */
export const EXTERNAL_ID_HOLDERS: Statement = {
  name: 'external_id_holders',
  text: `
    select wanted.index, a.account_key
    from (
      select unnest($1::text[]) as tenant_id, unnest($2::text[]) as credit_type, unnest($3::text[]) as external_id,
             generate_subscripts($3::text[], 1) - 1 as index
    ) as wanted
    join accounts a
      on a.tenant_id = wanted.tenant_id and a.credit_type = wanted.credit_type and a.external_id = wanted.external_id
     and a.external_id is not null`,
};
