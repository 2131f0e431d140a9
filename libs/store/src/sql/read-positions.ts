import type { Statement } from './statement.js';

/** Positions of these partitions, as far as there are rows. Row: partition, next offset. */
export const READ_POSITIONS: Statement = {
  name: 'read_positions',
  text: `
    select partition, next_offset
    from progress
    where topic = $1 and partition = any ($2::integer[])`,
};
