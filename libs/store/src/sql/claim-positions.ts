import type { Statement } from './statement.js';

/**
 * Writes a fresh random owner into the progress rows of these partitions, making those that are missing.
 * Row: partition, next offset, owner. Sorted, so that two claims don't wait for each other in a circle.
 */
export const CLAIM_POSITIONS: Statement = {
  name: 'claim_positions',
  text: `
    insert into progress (topic, partition, owner)
    select $1, wanted.partition, gen_random_uuid()
    from (select distinct unnest($2::integer[]) as partition order by 1) as wanted
    on conflict (topic, partition) do update set owner = excluded.owner, updated_at = now()
    returning partition, next_offset, owner`,
};
