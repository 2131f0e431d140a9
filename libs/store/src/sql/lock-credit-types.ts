import type { Statement } from './statement.js';

/**
 * Locks and reads the definitions of credit types that a chunk changes, deleted ones too. Row: index in the given
 * arrays, then what `definitionFromRow` takes. Locked behind the accounts and in the order of the arrays, which is
 * sorted, so that nobody waits in a circle.
 */
export const LOCK_CREDIT_TYPES: Statement = {
  name: 'lock_credit_types',
  text: `
    select wanted.index, c.credit_type, c.scale, c.burn_order, c.default_expiry, c.default_rollover_percent, c.default_rollover_cap,
           date_part('epoch', c.deleted_at) * 1000, c.name, c.description, c.singular_name, c.plural_name, c.icon, c.prices,
           c.metadata, c.version, date_part('epoch', c.created_at) * 1000, date_part('epoch', c.updated_at) * 1000
    from (
      select unnest($1::text[]) as tenant_id, unnest($2::text[]) as credit_type, generate_subscripts($2::text[], 1) - 1 as index
    ) as wanted
    cross join lateral (
      select * from credit_types
      where tenant_id = wanted.tenant_id and credit_type = wanted.credit_type
      for no key update
    ) as c`,
};
