import { LIMITS } from '@app/contracts';

import { keyFieldsOf, tagsMetadata, withKeyFields } from './key-metadata.js';

describe('the fields of a key in the metadata of its account', () => {
  const fields = {
    start: 'prod_2f6c',
    name: 'Production',
    externalId: 'user_9',
    expires: 1_800_000_000_000,
    enabled: false,
    meta: { plan: 'pro', nested: { list: [1, null, true] } },
  };

  it('are read as they were written', () => {
    expect(keyFieldsOf(withKeyFields(null, fields))).toEqual(fields);
  });

  it('of an account without any: an enabled key', () => {
    expect(keyFieldsOf(null)).toEqual({ start: '', enabled: true });
    expect(keyFieldsOf({ plan: 'pro' })).toEqual({ start: '', enabled: true });
  });

  it('absent keeps, null clears, a value replaces; what is not of a key stays', () => {
    const before = { team: 'blue', ...withKeyFields(null, fields) };
    const after = withKeyFields(before, { name: null, externalId: 'user_10', enabled: true, meta: null });
    expect(after).toEqual({
      team: 'blue',
      'unkey.start': 'prod_2f6c',
      'unkey.externalId': 'user_10',
      'unkey.expires': '1800000000000',
    });
  });

  it('the same changes twice are the same metadata', () => {
    const changes = { name: 'other', meta: { a: 1 }, enabled: false };
    const once = withKeyFields({ team: 'blue', ...withKeyFields(null, fields) }, changes);
    expect(withKeyFields(once, changes)).toEqual(once);
  });

  it('a long meta lies in several values, none longer than allowed and no character cut in two', () => {
    const meta = { text: '😀'.repeat(1_500) };
    const metadata = withKeyFields(null, { meta });
    const values = Object.values(metadata);
    expect(values.length).toBe(4);
    for (const value of values) {
      expect(value.isWellFormed()).toBe(true);
      expect(Array.from(value).length).toBeLessThanOrEqual(LIMITS.metadataValueCharactersMax);
    }
    expect(keyFieldsOf(metadata).meta).toEqual(meta);
  });

  it('a shorter meta leaves nothing of a longer one', () => {
    const long = withKeyFields(null, { meta: { text: 'x'.repeat(2_000) } });
    expect(withKeyFields(long, { meta: { a: 1 } })).toEqual({ 'unkey.meta.00': '{"a":1}' });
  });

  it.each(['{', '[]', '1', 'null'])('a meta that others made %j is none', (text) => {
    expect(keyFieldsOf({ 'unkey.meta.00': text })).not.toHaveProperty('meta');
  });

  it('tags are kept as JSON', () => {
    expect(tagsMetadata(['a=1', 'b'])).toEqual({ 'unkey.tags.00': '["a=1","b"]' });
  });
});
