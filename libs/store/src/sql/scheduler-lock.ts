const KEY = `hashtext('creditbus'), hashtext('scheduler')`;

/** Takes the lock of the leading scheduler for the session, when nobody has it. Row: whether it was acquired. */
export const TRY_SCHEDULER = `select pg_try_advisory_lock(${KEY}) as acquired`;
export const RELEASE_SCHEDULER = `select pg_advisory_unlock(${KEY})`;

/** Answers when the session is alive, and the session's locks with it. */
export const STILL_THERE = 'select 1';
