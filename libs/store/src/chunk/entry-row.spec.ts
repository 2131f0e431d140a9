import type { Allocation } from '@app/domain';
import type { StoredAllocation } from '../entities/ledger-entry.entity.js';
import { allocationsOf, allocationsToStore } from './entry-row.js';

const CASES: readonly [
  what: string,
  allocations: readonly Allocation[],
  applied: bigint | null,
  stored: string | null,
][] = [
  ['nothing', [], 0n, null],
  ['a rejection', [], null, null],
  ['all from the base', [{ grantId: null, amount: -3n }], -3n, null],
  ['from a grant', [{ grantId: 'g', amount: -3n }], -3n, '[{"grantId":"g","amount":"-3"}]'],
  [
    'from a grant and the base, beyond 2^53',
    [
      { grantId: 'g', amount: -9007199254740993n },
      { grantId: null, amount: -1n },
    ],
    -9007199254740994n,
    '[{"grantId":"g","amount":"-9007199254740993"},{"grantId":null,"amount":"-1"}]',
  ],
  [
    'amounts that cancel out',
    [
      { grantId: 'g', amount: 5n },
      { grantId: null, amount: -5n },
    ],
    0n,
    '[{"grantId":"g","amount":"5"},{"grantId":null,"amount":"-5"}]',
  ],
  ['none although something was applied', [], 5n, '[]'],
];

it.each(CASES)('allocations come back as they were: %s', (_, allocations, applied, stored) => {
  expect(allocationsToStore(allocations, applied)).toBe(stored);
  const parsed = stored === null ? null : (JSON.parse(stored) as StoredAllocation[]);
  expect(allocationsOf(parsed, applied)).toEqual(allocations);
});
