import { product, quotient } from './decimals.js';

describe('decimals', () => {
  it.each([
    ['3', '0.5', '1.5'],
    ['-3', '0.5', '-1.5'],
    ['0', '0.5', '0'],
    ['90071992547.40993001', '0.000000000000000003', '0.00000027021597764222979003'],
    ['2', '0.5', '1'],
  ])('%s times %s is %s, whatever decimals it takes', (a, b, result) => {
    expect(product(a, b)).toBe(result);
  });

  it.each([
    ['10', '0.4', '25'],
    ['1', '8', '0.125'],
    ['0.00000001', '1', '0.00000001'],
    ['10', '3', undefined],
    ['0.000000001', '1', undefined],
  ])('%s by %s is %s: with at most 8 decimals, or none', (a, b, result) => {
    expect(quotient(a, b, 8)).toBe(result);
  });
});
