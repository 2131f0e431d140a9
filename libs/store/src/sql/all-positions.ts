import type { Statement } from './statement.js';

/** Every progress row: topic, partition, next offset, owner, milliseconds of the last change. */
export const ALL_POSITIONS: Statement = {
  name: 'all_positions',
  text: `
    select topic, partition, next_offset, owner, date_part('epoch', updated_at) * 1000
    from progress
    order by topic, partition`,
};
