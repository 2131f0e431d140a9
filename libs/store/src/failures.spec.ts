import { DatabaseError } from 'pg';

import { UnstorableValue } from './chunk/array-encoder.js';
import { UnexpectedCounts } from './chunk/unexpected-counts.js';
import { connectionSurvives, type FailureKind, failureKind } from './failures.js';
import { CommandFailed } from './ports.js';

function databaseError(code: string, severity = 'ERROR'): DatabaseError {
  return Object.assign(new DatabaseError('refused', 7, 'error'), { code, severity });
}

const TABLE: readonly [error: unknown, kind: FailureKind, what: string][] = [
  [databaseError('23505'), 'again', 'unique violation'],
  [databaseError('23P01'), 'again', 'exclusion violation (external id)'],
  [databaseError('40001'), 'again', 'serialization failure'],
  [databaseError('40P01'), 'again', 'deadlock'],
  [new UnexpectedCounts('1, not 2'), 'again', 'unexpected row counts'],
  [databaseError('22003'), 'command', 'number out of range'],
  [databaseError('22021'), 'command', 'U+0000 in a text'],
  [databaseError('22P02'), 'command', 'unknown enum label'],
  [databaseError('23514'), 'command', 'CHECK violation'],
  [new UnstorableValue(0, 'too large'), 'command', 'no 64-bit integer'],
  [databaseError('23502'), 'outage', 'NOT NULL violation'],
  [databaseError('23503'), 'outage', 'foreign key violation'],
  [databaseError('25006'), 'outage', 'read-only primary'],
  [databaseError('25P02'), 'outage', 'aborted transaction'],
  [databaseError('28P01'), 'outage', 'wrong password'],
  [databaseError('42501'), 'outage', 'missing right'],
  [databaseError('42703'), 'outage', 'missing column'],
  [databaseError('53100'), 'outage', 'disk full'],
  [databaseError('53300'), 'outage', 'too many connections'],
  [databaseError('55P03'), 'outage', 'lock timeout'],
  [databaseError('57014'), 'outage', 'statement timeout'],
  [databaseError('57P01'), 'outage', 'server shut down'],
  [databaseError('XX001'), 'outage', 'data corrupted'],
  [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'outage', 'connection refused'],
  [Object.assign(new Error('22'), { code: '22003' }), 'outage', 'a code that does not come from Postgres'],
  [new Error('Connection terminated unexpectedly'), 'outage', 'connection lost'],
  [new CommandFailed('boom', 0, { cause: undefined }), 'outage', 'classified already: passed on as it is'],
  ['a text', 'outage', 'anything else'],
];

it.each(TABLE)('%s means %s: %s', (error, kind) => {
  expect(failureKind(error)).toBe(kind);
});

it('a connection survives a refused statement, and neither an ended session nor silence', () => {
  expect(connectionSurvives(databaseError('23505'))).toBe(true);
  expect(connectionSurvives(databaseError('57P01', 'FATAL'))).toBe(false);
  expect(connectionSurvives(new Error('Query read timeout'))).toBe(false);
});
