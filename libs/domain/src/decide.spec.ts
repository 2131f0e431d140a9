import { decide } from './decide.js';
import { deriveId } from './testing/memory-ledger.js';
import { command, given, type Said, START } from './testing/scenario.js';

const creditType = { id: 'credits', scale: 0, burnOrder: 'priority' } as const;
const open: Said = { type: 'account.open', initial: '10' };
const everyType: readonly Said[] = [
  open,
  { type: 'account.configure', floor: '1' },
  { type: 'credit.delta', delta: '1' },
  { type: 'credit.set', value: '1' },
];

describe('every command', () => {
  it.each(everyType)('needs a credit type that exists: $type', (said) => {
    expect(decide({ externalIdTaken: false, deriveId }, command(said), START)).toMatchObject({
      status: 'rejected',
      code: 'CREDIT_TYPE_NOT_FOUND',
      at: START,
    });
  });

  it.each(everyType.slice(1))('but open needs an account: $type', (said) => {
    const decision = decide({ creditType, externalIdTaken: false, deriveId }, command(said), START);
    expect(decision).toMatchObject({ code: 'ACCOUNT_NOT_FOUND', before: undefined });
  });

  it.each(everyType)('may be fenced by the expected version: $type', (said) => {
    expect(given(open).when({ ...said, expectedVersion: 2n }).code).toBe('VERSION_CONFLICT');
    expect(given(open).when({ ...said, expectedVersion: 1n }).status).toBe('applied');
  });

  it('judges status before version, version before amounts, amounts before the balance', () => {
    const bad: Said = { type: 'credit.delta', delta: '-0.5', expectedVersion: 9n };
    expect(given(open, { type: 'account.configure', status: 'frozen' }).when(bad).code).toBe('ACCOUNT_FROZEN');
    expect(given(open).when(bad).code).toBe('VERSION_CONFLICT');
    expect(given({ type: 'account.open', initial: null }).when({ ...bad, expectedVersion: 1n }).code).toBe(
      'AMOUNT_PRECISION',
    );
  });

  it('leaves the account that it was given untouched', () => {
    const account = given(open);
    const before = account.account;
    const copy = { ...before };
    account.when({ type: 'credit.delta', delta: '-4' });
    expect(before).toEqual(copy);
    expect(account.account).not.toBe(before);
  });

  it('repeats no value of the publisher without bound in its message', () => {
    const outcome = given(open).when({ type: 'credit.delta', delta: '9'.repeat(50_000) });
    expect(outcome.code).toBe('BALANCE_OVERFLOW');
    expect(outcome.message?.length).toBeLessThan(300);
  });
});
