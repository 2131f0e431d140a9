import { decide } from '../decide.js';
import { deriveId } from '../testing/memory-ledger.js';
import { command, given, type Said, START } from '../testing/scenario.js';

const open = (settings: object = {}): Said => ({ type: 'account.open', ...settings });
const creditType = { id: 'credits', scale: 0, burnOrder: 'priority' } as const;

describe('account.open', () => {
  it('makes an account with nothing in it and the default settings', () => {
    const account = given();
    expect(account.when(open())).toMatchObject({
      code: 'APPLIED',
      applied: '0',
      requested: undefined,
      balance: '0',
      version: '1',
    });
    expect(account.account).toMatchObject({
      status: 'active',
      floor: 0n,
      onInsufficient: null,
      burnOrder: null,
      refill: null,
      externalId: null,
      group: null,
      metadata: null,
      createdAt: START,
    });
  });

  it('gives the initial credits, to the base', () => {
    const { decision } = given().when(open({ initial: '500' }));
    expect(decision).toMatchObject({
      applied: 500n,
      before: { balance: 0n },
      after: { balance: 500n },
      allocations: [{ grantId: null, amount: 500n }],
    });
  });

  it('with null is unlimited, which is not 0', () => {
    const account = given();
    expect(account.when(open({ initial: null }))).toMatchObject({ applied: '0', balance: null });
    expect(account.account).toMatchObject({ unlimited: true, initial: null });
  });

  it('keeps every setting', () => {
    const account = given(
      open({
        floor: '-10',
        onInsufficient: { downTo: '-20' },
        refill: { interval: 'monthly', amount: '1000', refillDay: 31 },
        burnOrder: 'first_in_first_out',
        externalId: 'cus_1',
        group: 'api_1',
        metadata: { plan: 'pro' },
      }),
    );
    expect(account.account).toMatchObject({
      floor: -10n,
      onInsufficient: { downTo: -20n },
      refill: { interval: 'monthly', amount: 1000n, refillDay: 31 },
      burnOrder: 'first_in_first_out',
      externalId: 'cus_1',
      group: 'api_1',
      metadata: { plan: 'pro' },
    });
  });

  it('again with the same settings is NO_CHANGE, whatever has been spent meanwhile', () => {
    const settings = { initial: '500', floor: '-10', metadata: { a: '1', b: '2' } };
    const account = given(open(settings), { type: 'credit.delta', delta: '-3' });
    expect(account.when(open({ ...settings, metadata: { b: '2', a: '1' } }))).toMatchObject({
      code: 'NO_CHANGE',
      balance: '497',
      version: '3',
    });
  });

  it.each([
    ['initial', { initial: '1' }],
    ['initial', { initial: null }],
    ['refill', { refill: { interval: 'daily', amount: '5' } }],
    ['floor', { floor: '-1' }],
    ['onInsufficient', { onInsufficient: 'clamp' }],
    ['burnOrder', { burnOrder: 'last_in_first_out' }],
    ['externalId', { externalId: 'x' }],
    ['group', { group: 'x' }],
    ['metadata', { metadata: { a: '1' } }],
  ])('again with another %s is ACCOUNT_EXISTS and names it: %j', (field, settings) => {
    expect(given(open()).when(open(settings)).decision).toMatchObject({ code: 'ACCOUNT_EXISTS', details: { field } });
  });

  it('with an external id of another account is ACCOUNT_EXISTS', () => {
    const state = { creditType, externalIdTaken: true, deriveId };
    expect(decide(state, command({ type: 'account.open', externalId: 'cus_1' }), START)).toMatchObject({
      status: 'rejected',
      code: 'ACCOUNT_EXISTS',
      details: { field: 'externalId' },
    });
  });

  it.each([
    [{ initial: '0.5' }, 'AMOUNT_PRECISION'],
    [{ floor: '0.5' }, 'AMOUNT_PRECISION'],
    [{ onInsufficient: { downTo: '0.5' } }, 'AMOUNT_PRECISION'],
    [{ refill: { interval: 'daily', amount: '0.5' } }, 'AMOUNT_PRECISION'],
    [{ initial: '9223372036854775808' }, 'BALANCE_OVERFLOW'],
  ])('refuses amounts that do not fit: %j is %s', (settings, code) => {
    expect(given().when(open(settings)).code).toBe(code);
    expect(given(open()).when(open(settings)).code).toBe(code);
  });

  it('may demand that there is no account yet: expectedVersion 0', () => {
    expect(given().when(open({ expectedVersion: 0n })).code).toBe('APPLIED');
    expect(given().when(open({ expectedVersion: 1n })).code).toBe('VERSION_CONFLICT');
    expect(given(open()).when(open({ expectedVersion: 0n })).code).toBe('VERSION_CONFLICT');
  });
});
