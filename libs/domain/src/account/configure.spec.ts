import { decide } from '../decide.js';
import { deriveId } from '../testing/memory-ledger.js';
import { command, given, type Said, START } from '../testing/scenario.js';

const settings = {
  initial: '10',
  floor: '-10',
  onInsufficient: 'clamp',
  refill: { interval: 'daily', amount: '7' },
  burnOrder: 'first_in_first_out',
  externalId: 'cus_1',
  group: 'api_1',
  metadata: { plan: 'pro' },
};
const open = { type: 'account.open', ...settings } as Said;
const configure = (changes: object): Said => ({ type: 'account.configure', ...changes });

describe('account.configure', () => {
  it('keeps what is absent', () => {
    const account = given(open);
    expect(account.when(configure({ floor: '-20' }))).toMatchObject({ code: 'APPLIED', applied: '0', balance: '10' });
    expect(account.account).toMatchObject({
      floor: -20n,
      onInsufficient: 'clamp',
      refill: { amount: 7n },
      burnOrder: 'first_in_first_out',
      externalId: 'cus_1',
      group: 'api_1',
      metadata: { plan: 'pro' },
    });
  });

  it('clears what is null', () => {
    const nulls = {
      floor: null,
      onInsufficient: null,
      refill: null,
      burnOrder: null,
      externalId: null,
      group: null,
      metadata: null,
    };
    const account = given(open, configure(nulls));
    expect(account.account).toMatchObject({ ...nulls, floor: 0n });
  });

  it('replaces what has a value, metadata as a whole', () => {
    const account = given(
      open,
      configure({ metadata: { tier: '2' }, refill: { interval: 'monthly', amount: '9', refillDay: 1 } }),
    );
    expect(account.account).toMatchObject({ refill: { interval: 'monthly', amount: 9n, refillDay: 1 } });
    expect(account.account?.metadata).toEqual({ tier: '2' });
  });

  it('without effect is NO_CHANGE', () => {
    expect(given(open).when(configure({})).code).toBe('NO_CHANGE');
    expect(given(open).when(configure({ ...settings, initial: undefined, status: 'active' }))).toMatchObject({
      code: 'NO_CHANGE',
      version: '2',
    });
  });

  it('is all or nothing: one bad amount and no setting changes', () => {
    const account = given(open);
    expect(account.when(configure({ group: 'other', floor: '0.5' })).code).toBe('AMOUNT_PRECISION');
    expect(account.account).toMatchObject({ group: 'api_1', version: 1n });
  });

  it('takes nothing back from an account that is below a new floor', () => {
    expect(given(open).when(configure({ floor: '100' }))).toMatchObject({ code: 'APPLIED', balance: '10' });
  });

  it('with an external id of another account is ACCOUNT_EXISTS, with its own it is not', () => {
    const creditType = { id: 'credits', scale: 0, burnOrder: 'priority' } as const;
    const { account } = given(open);
    const taken = { account, creditType, externalIdTaken: true, deriveId };
    const say = (externalId: string) => decide(taken, command({ type: 'account.configure', externalId }), START);
    expect(say('cus_2')).toMatchObject({ code: 'ACCOUNT_EXISTS' });
    expect(say('cus_1')).toMatchObject({ code: 'NO_CHANGE' });
  });
});

describe('a frozen account', () => {
  const frozen = [open, configure({ status: 'frozen' })];

  it('refuses what publishers send', () => {
    const refused: Said[] = [
      open,
      configure({ floor: '1' }),
      { type: 'credit.delta', delta: '1' },
      { type: 'credit.set', value: '1' },
    ];
    for (const said of refused) expect(given(...frozen).when(said).code).toBe('ACCOUNT_FROZEN');
  });

  it('is active again by a configure that says so, with other settings in the same command', () => {
    const account = given(...frozen, configure({ status: 'active', floor: '1' }));
    expect(account.account).toMatchObject({ status: 'active', floor: 1n });
    expect(account.when({ type: 'credit.delta', delta: '1' }).code).toBe('APPLIED');
  });

  it('can be closed, and freezing it again is NO_CHANGE', () => {
    expect(given(...frozen).when(configure({ status: 'frozen' })).code).toBe('NO_CHANGE');
    expect(given(...frozen).when(configure({ status: 'closed' })).code).toBe('APPLIED');
  });
});

describe('a closed account', () => {
  const closed = [open, configure({ status: 'closed' })];

  it('keeps its balance', () => {
    expect(given(...closed).account).toMatchObject({ status: 'closed', balance: 10n });
  });

  it('refuses everything, for ever', () => {
    const refused: Said[] = [
      open,
      configure({ status: 'active' }),
      configure({ status: 'closed' }),
      { type: 'credit.delta', delta: '1' },
      { type: 'credit.set', value: null },
    ];
    for (const said of refused) expect(given(...closed).when(said).code).toBe('ACCOUNT_CLOSED');
  });
});
