import { callersMetadata, ownFields, storedMetadata } from './own-metadata.js';

describe('metadata', () => {
  it('holds our fields beside the pairs of the caller, and tells them apart', () => {
    const stored = storedMetadata({ customer_id: 'c', currency: 'usd' }, { team: 'a' });
    expect(stored).toEqual({ customer_id: 'c', currency: 'usd', team: 'a' });
    expect(callersMetadata(stored)).toEqual({ team: 'a' });
    expect(ownFields(stored)).toEqual({ customer_id: 'c', currency: 'usd' });
  });

  it('gives the caller back what he named like one of ours', () => {
    const callers = { currency: 'mine', 'metadata.currency': 'too', metadata: 'plain', constructor: 'x' };
    const stored = storedMetadata({ currency: 'usd' }, callers);
    expect(callersMetadata(stored)).toEqual(callers);
    expect(ownFields(stored)).toEqual({ currency: 'usd' });
  });

  it('is null when there is none', () => {
    expect(storedMetadata({}, {})).toBeNull();
    expect(callersMetadata({ currency: 'usd' })).toBeNull();
    expect(callersMetadata(null)).toBeNull();
  });
});
