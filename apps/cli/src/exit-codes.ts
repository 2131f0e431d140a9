/**
 * Exit codes of every command. Scripts rely on them; a new meaning gets a new number.
 */
export const EXIT = {
  /** Done; a repeated command whose first outcome was `applied` too. */
  ok: 0,
  /** Understood and refused: rejected, dead-lettered, not found, not allowed, an invariant violated. */
  refused: 1,
  /** The command line or an input file can't be understood. Nothing was sent. */
  usage: 2,
  /** Gateway, Postgres or Kafka can't be reached or did not answer in time. It may be tried again with the same id. */
  unreachable: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
