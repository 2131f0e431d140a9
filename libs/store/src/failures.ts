import { DatabaseError } from 'pg';

import { UnstorableValue } from './chunk/array-encoder.js';
import { UnexpectedCounts } from './chunk/unexpected-counts.js';

/** What a failure of a chunk's transaction means for the chunk. */
export type FailureKind =
  /** Somebody was quicker: begin the chunk again from its reads. */
  | 'again'
  /** The fault of a command's data. */
  | 'command'
  /** Everything else: wait and hand the chunk over again. A list of outages would dead-letter what it forgot. */
  | 'outage';

/** unique_violation, exclusion_violation, serialization_failure, deadlock_detected */
const AGAIN: ReadonlySet<string> = new Set(['23505', '23P01', '40001', '40P01']);
const CHECK_VIOLATION = '23514';
const DATA_EXCEPTION_CLASS = '22';

/** Classifies whatever a chunk's transaction threw (engineering, "Only two things dead-letter"). */
export function failureKind(error: unknown): FailureKind {
  if (error instanceof UnexpectedCounts) return 'again';
  if (error instanceof UnstorableValue) return 'command';
  if (!(error instanceof DatabaseError) || error.code === undefined) return 'outage';
  if (AGAIN.has(error.code)) return 'again';
  if (error.code === CHECK_VIOLATION || error.code.startsWith(DATA_EXCEPTION_CLASS)) return 'command';
  return 'outage';
}

/** True when the connection still answers: Postgres refused a statement, and didn't end the session. */
export function connectionSurvives(error: unknown): boolean {
  return error instanceof DatabaseError && error.severity === 'ERROR';
}
