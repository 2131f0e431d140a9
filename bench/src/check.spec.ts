import { check, type GrantFacts, type LedgerFacts } from './check.js';
import type { EventLog } from './events.js';
import type { Expectation } from './workload.js';

const expected: Expectation = { records: 1, commands: 1, sum: -5n, grants: { open: 2, drawn: 5n } };

const events: EventLog = {
  balanceAtMs: new Map([['c1', 10]]),
  balanceOf: new Map([['c1', { accountId: 'key_1', version: 4 }]]),
  balanceEvents: 1,
  invalidationEvents: 1,
  invalidations: new Map([['key_1', [{ version: 4, atMs: 11 }]]]),
};

function ledgerWith(grants: GrantFacts | undefined): LedgerFacts {
  const plain = { entries: 1, applied: -5n, wrongAccounts: 0, versions: new Map([['key_1', 4]]) };
  return grants === undefined ? plain : { ...plain, grants };
}

describe('the check of a run with grants', () => {
  const right: GrantFacts = { open: 2, drawn: 5n, wrong: 0 };

  test('says what held', () => {
    expect(check(expected, ledgerWith(right), events)).toEqual(
      expect.arrayContaining(['open grants 2 = 2', 'drawn from first grants 5 = 5']),
    );
  });

  test.each([
    ['a grant was used up', { ...right, open: 1 }, 'open grants 1 = 2'],
    ['a debit came from elsewhere', { ...right, drawn: 4n }, 'drawn from first grants 4 = 5'],
    ['allocations are wrong', { ...right, wrong: 1 }, 'wrong allocations: 1'],
    ['nobody looked at the grants', undefined, 'open grants undefined'],
  ])('fails when %s', (_why, grants, message) => {
    expect(() => check(expected, ledgerWith(grants), events)).toThrow(message);
  });

  test('without grants asks for none', () => {
    const { grants: _none, ...plain } = expected;
    expect(() => check(plain, ledgerWith(undefined), events)).not.toThrow();
  });
});
