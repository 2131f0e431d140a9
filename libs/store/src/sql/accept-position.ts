import type { Statement } from './statement.js';

/** Sets a position with a new owner, so that whoever held the row loses its fence. Row: the position before. */
export const ACCEPT_POSITION: Statement = {
  name: 'accept_position',
  text: `
    with before as (
      select next_offset from progress where topic = $1 and partition = $2 for update
    ),
    accepted as (
      insert into progress (topic, partition, next_offset, owner)
      values ($1, $2, $3, gen_random_uuid())
      on conflict (topic, partition)
        do update set next_offset = excluded.next_offset, owner = excluded.owner, updated_at = now()
    )
    select next_offset from before`,
};
