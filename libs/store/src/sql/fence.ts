import type { Statement } from './statement.js';

/**
 * Locks the progress row of a partition until the end of the transaction. Whoever else works on the partition
 * waits here, and sees the other's position afterwards. Row: owner, next offset (null: nothing applied yet).
 */
export const FENCE: Statement = {
  name: 'fence',
  text: `
    select owner, next_offset
    from progress
    where topic = $1 and partition = $2
    for update`,
};
