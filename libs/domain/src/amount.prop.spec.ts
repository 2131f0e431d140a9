import fc from 'fast-check';
import { MINOR_MAX, MINOR_MIN } from './account.js';
import { formatMinor, parseMinor } from './amount.js';

const minor = fc.bigInt({ min: MINOR_MIN, max: MINOR_MAX });
const scale = fc.integer({ min: 0, max: 9 });

describe('amounts, whatever their size and scale', () => {
  it('survive being written and read', () => {
    fc.assert(fc.property(minor, scale, (value, at) => parseMinor(formatMinor(value, at), at) === value));
  });

  it('are written in canonical form', () => {
    const canonical = /^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d*[1-9])$/;
    fc.assert(fc.property(minor, scale, (value, at) => canonical.test(formatMinor(value, at))));
  });
});
