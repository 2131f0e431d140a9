import type { PutCreditType } from '../command.js';
import { given, type Said } from '../testing/scenario.js';

const put = (fields: Partial<PutCreditType> = {}): Said => ({
  type: 'credit-type.put',
  creditType: 'gold',
  accountId: '',
  scale: 2,
  ...fields,
});
const drop: Said = { type: 'credit-type.delete', creditType: 'gold', accountId: '' };
const open: Said = { type: 'account.open', creditType: 'gold', initial: '1.5' };

describe('credit-type.put', () => {
  it('makes a type that accounts can have', () => {
    const catalog = given();
    expect(catalog.when(open).code).toBe('CREDIT_TYPE_NOT_FOUND');
    expect(catalog.when(put())).toMatchObject({ status: 'catalog', code: 'APPLIED' });
    expect(catalog.when(open).decision).toMatchObject({ status: 'applied', applied: 150n });
  });

  it('replaces the whole definition: what is absent is cleared', () => {
    const catalog = given(
      put({ name: 'Gold', burnOrder: 'last_in_first_out', defaultRollover: { percent: 10, cap: '1.5' } }),
    );
    expect(catalog.ledger.definitions.get('gold')).toMatchObject({
      name: 'Gold',
      burnOrder: 'last_in_first_out',
      defaultRollover: { percent: 10, cap: 150n },
      version: 1n,
    });
    catalog.given(put({ description: 'shiny' }));
    expect(catalog.ledger.definitions.get('gold')).toMatchObject({
      name: null,
      description: 'shiny',
      burnOrder: 'priority',
      defaultRollover: null,
      version: 2n,
    });
  });

  it('with the same definition is NO_CHANGE', () => {
    const definition = {
      name: 'Gold',
      metadata: { a: '1', b: '2' },
      prices: [{ currency: 'eur', pricePerUnit: '0.5' }],
    };
    const catalog = given(put(definition));
    expect(catalog.when(put({ ...definition, metadata: { b: '2', a: '1' } })).code).toBe('NO_CHANGE');
    expect(catalog.ledger.definitions.get('gold')?.version).toBe(2n);
  });

  it('with another scale is CREDIT_TYPE_CONFLICT, for ever and for the built-in type', () => {
    expect(given(put()).when(put({ scale: 3 })).code).toBe('CREDIT_TYPE_CONFLICT');
    expect(given(put(), drop).when(put({ scale: 3 })).code).toBe('CREDIT_TYPE_CONFLICT');
    expect(given().when(put({ creditType: 'credits', scale: 2 })).code).toBe('CREDIT_TYPE_CONFLICT');
    expect(given().when(put({ creditType: 'credits', scale: 0, name: 'Credits' })).code).toBe('APPLIED');
  });

  it('may be fenced by the version of the definition', () => {
    expect(given().when(put({ expectedVersion: 1n })).code).toBe('VERSION_CONFLICT');
    expect(given(put()).when(put({ expectedVersion: 1n, name: 'x' })).code).toBe('APPLIED');
  });

  it('refuses a cap with more decimals than the scale', () => {
    expect(given().when(put({ defaultRollover: { percent: 10, cap: '0.001' } })).code).toBe('AMOUNT_PRECISION');
  });
});

describe('credit-type.delete', () => {
  it('hides the type from publishers and keeps the accounts; a later put restores it', () => {
    const catalog = given(put(), open, drop);
    expect(catalog.when({ type: 'credit.delta', delta: '1', creditType: 'gold' }).code).toBe('CREDIT_TYPE_NOT_FOUND');
    catalog.given(put());
    expect(catalog.when({ type: 'credit.delta', delta: '1', creditType: 'gold' }).decision).toMatchObject({
      after: { balance: 250n },
    });
  });

  it('of one that is not there, or deleted, is CREDIT_TYPE_NOT_FOUND; the built-in one stays', () => {
    expect(given().when(drop).code).toBe('CREDIT_TYPE_NOT_FOUND');
    expect(given(put(), drop).when(drop).code).toBe('CREDIT_TYPE_NOT_FOUND');
    expect(given().when({ ...drop, creditType: 'credits' }).code).toBe('CREDIT_TYPE_CONFLICT');
  });
});
