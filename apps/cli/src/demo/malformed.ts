import type { DeadLetterCode } from '@app/domain';

interface Malformed {
  readonly reason: DeadLetterCode;
  readonly value: (tenantId: string, accountId: string, id: string) => string | null;
}

const delta = (tenantId: string, accountId: string, id: string) => ({
  type: 'credit.delta',
  id,
  tenantId,
  accountId,
  delta: '1',
});

/** What publishers get wrong, and the reason with which each is dead-lettered. */
export const MALFORMED: readonly [Malformed, ...Malformed[]] = [
  { reason: 'NOT_JSON', value: () => '{"type":"credit.delta",' },
  { reason: 'NOT_JSON', value: () => '[]' },
  { reason: 'EMPTY_VALUE', value: () => null },
  { reason: 'UNKNOWN_TYPE', value: (...names) => JSON.stringify({ ...delta(...names), type: 'credit.multiply' }) },
  { reason: 'UNSUPPORTED_VERSION', value: (...names) => JSON.stringify({ ...delta(...names), schemaVersion: 2 }) },
  { reason: 'MISSING_TENANT', value: (...names) => JSON.stringify({ ...delta(...names), tenantId: undefined }) },
  {
    reason: 'UNKNOWN_TENANT',
    value: (...names) => JSON.stringify({ ...delta(...names), tenantId: `${names[0]}-nobody` }),
  },
  { reason: 'INVALID_FIELD', value: (...names) => JSON.stringify({ ...delta(...names), delta: 0.5 }) },
  // A number that JSON.parse would round to a valid one.
  {
    reason: 'INVALID_FIELD',
    value: (...names) => JSON.stringify(delta(...names)).replace('"1"', '0.99999999999999999'),
  },
];
