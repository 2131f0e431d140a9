import type { Statement } from './statement.js';

/** Moves the position of a chunk that has nothing to write. Row: how many positions were moved. */
export const ADVANCE_POSITION: Statement = {
  name: 'advance_position',
  text: `
    with moved as (
      update progress
      set next_offset = $4, updated_at = now()
      where topic = $1 and partition = $2 and owner = $3
      returning 1
    )
    select count(*) from moved`,
};
