import type { Statement } from './statement.js';

/**
 * Credit types by (tenant, id), deleted ones too: what was recorded in them keeps its scale. Row: tenant id, credit
 * type, scale, burn order, default expiry, percent and cap of the default rollover, milliseconds of the deletion.
 */
export const KNOWN_CREDIT_TYPES: Statement = {
  name: 'known_credit_types',
  text: `
    select c.tenant_id, c.credit_type, c.scale, c.burn_order, c.default_expiry, c.default_rollover_percent,
           c.default_rollover_cap, date_part('epoch', c.deleted_at) * 1000
    from (select distinct unnest($1::text[]) as tenant_id, unnest($2::text[]) as credit_type) as wanted
    join credit_types c on c.tenant_id = wanted.tenant_id and c.credit_type = wanted.credit_type`,
};
