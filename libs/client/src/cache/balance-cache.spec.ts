import { jest } from '@jest/globals';
import { balanceOf, recordOf } from '../testing/cache-world.js';
import { type Balance, invalidationOf, type ReadBalance } from './balance.js';
import { BalanceCache, type BalanceCacheOptions } from './balance-cache.js';

describe('BalanceCache', () => {
  const read = jest.fn<ReadBalance>();
  const cacheWith = (options: Partial<BalanceCacheOptions> = {}): BalanceCache => {
    const cache = new BalanceCache({ tenantId: 'acme', read, ...options });
    cache.online();
    return cache;
  };
  /** A read whose end the test decides. */
  const slowRead = (): { resolve: (balance: Balance) => void; reject: (error: Error) => void } => {
    const { promise, resolve, reject } = withResolvers<Balance>();
    read.mockReturnValueOnce(promise);
    return { resolve, reject };
  };

  beforeEach(() => {
    read.mockReset();
    read.mockImplementation(({ accountId }) => Promise.resolve(balanceOf(accountId, 1)));
  });

  it('reads a balance once and then answers from memory', async () => {
    const cache = cacheWith();
    expect(await cache.get('key_1')).toEqual(balanceOf('key_1', 1));
    expect(await cache.get({ accountId: 'key_1', creditType: 'credits' })).toEqual(balanceOf('key_1', 1));
    expect(read).toHaveBeenCalledTimes(1);
    expect(read).toHaveBeenCalledWith({ accountId: 'key_1', creditType: 'credits' });
  });

  it('reads once for all who ask at the same time', async () => {
    const cache = cacheWith();
    const all = await Promise.all(['key_1', 'key_1', 'key_1', 'key_2'].map((account) => cache.get(account)));
    expect(all.map(({ accountId }) => accountId)).toEqual(['key_1', 'key_1', 'key_1', 'key_2']);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('refreshes a held balance from an invalidation, without reading', async () => {
    const cache = cacheWith();
    await cache.get('key_1');
    expect(cache.apply(recordOf('key_1', 5))).toBe('refreshed');
    expect(await cache.get('key_1')).toEqual(balanceOf('key_1', 5));
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('leaves a balance alone when an older invalidation comes late, or the same one again', async () => {
    const cache = cacheWith();
    await cache.get('key_1');
    cache.apply(recordOf('key_1', 5));
    expect([4, 5, 1].map((version) => cache.apply(recordOf('key_1', version)))).toEqual(['older', 'older', 'older']);
    expect(cache.peek('key_1')).toEqual(balanceOf('key_1', 5));
  });

  it('compares versions as numbers of any size, not as text', async () => {
    read.mockResolvedValueOnce({ ...balanceOf('key_1', 1), version: '9007199254740993' });
    const cache = cacheWith();
    await cache.get('key_1');
    const invalidation = { tenantId: 'acme', ...balanceOf('key_1', 1) };
    expect(cache.observe({ ...invalidation, version: '9007199254740992' })).toBe('older');
    expect(cache.observe({ ...invalidation, version: '9007199254740994' })).toBe('refreshed');
    expect(cache.observe({ ...invalidation, version: '10000000000000000' })).toBe('refreshed');
  });

  it('does not let a read put back what an invalidation has overtaken meanwhile', async () => {
    const cache = cacheWith();
    const slow = slowRead();
    const asked = cache.get('key_1');
    expect(cache.apply(recordOf('key_1', 5))).toBe('remembered');
    slow.resolve(balanceOf('key_1', 4));
    expect(await asked).toEqual(balanceOf('key_1', 5));
    expect(cache.peek('key_1')).toEqual(balanceOf('key_1', 5));
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('does not remember that a read failed, and tells all who waited for it', async () => {
    const cache = cacheWith();
    const slow = slowRead();
    const asked = [cache.get('key_1'), cache.get('key_1')];
    slow.reject(new Error('away'));
    const ends = await Promise.allSettled(asked);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await cache.get('key_1')).toEqual(balanceOf('key_1', 1));
  });

  it('lets one caller go when it is aborted, and brings the balance to the others', async () => {
    const cache = cacheWith();
    const slow = slowRead();
    const aborted = new AbortController();
    const [gone, stays] = [cache.get('key_1', { signal: aborted.signal }), cache.get('key_1')];
    const expectation = expect(gone).rejects.toThrow('enough');
    aborted.abort(new Error('enough'));
    await expectation;
    slow.resolve(balanceOf('key_1', 2));
    expect(await stays).toEqual(balanceOf('key_1', 2));
  });

  it('refuses a reader that stays behind what was seen, after asking it again', async () => {
    jest.useFakeTimers();
    try {
      const cache = cacheWith();
      cache.apply(recordOf('key_1', 3));
      const asked = expect(cache.get('key_1')).rejects.toMatchObject({ code: 'STALE_READ', attempts: 4 });
      await jest.advanceTimersByTimeAsync(1_000);
      await asked;
      expect(cache.peek('key_1')).toBeUndefined();
      read.mockResolvedValueOnce(balanceOf('key_1', 2)).mockResolvedValueOnce(balanceOf('key_1', 3));
      const second = cache.get('key_1');
      await jest.advanceTimersByTimeAsync(1_000);
      expect(await second).toEqual(balanceOf('key_1', 3));
    } finally {
      jest.useRealTimers();
    }
  });

  it('holds no more than it may: the least recently used goes, and its version is remembered', async () => {
    const cache = cacheWith({ maxEntries: 2 });
    for (const account of ['a', 'b', 'a', 'c']) await cache.get(account);
    expect(['a', 'b', 'c'].map((account) => cache.peek(account) !== undefined)).toEqual([true, false, true]);
    expect(cache.apply(recordOf('b', 1))).toBe('older');
    expect(cache.apply(recordOf('b', 2))).toBe('remembered');
    expect(cache.size).toBe(2);
  });

  it('is not filled with accounts that nobody asked for', () => {
    const cache = cacheWith();
    expect(cache.apply(recordOf('key_1', 1))).toBe('remembered');
    expect(cache.size).toBe(0);
  });

  it('keeps apart the credit types of an account, and ignores other tenants and other events', async () => {
    const cache = cacheWith();
    await cache.get('key_1');
    const tokens = { tenantId: 'acme', ...balanceOf('key_1', 9), creditType: 'tokens' };
    expect(cache.observe(tokens)).toBe('remembered');
    expect(cache.apply(recordOf('key_1', 9, 'other'))).toBe('ignored');
    const value = JSON.stringify({ specversion: '1.0', type: 'credits.balance-changed.v1', data: {} });
    expect(cache.apply({ key: 'acme:key_1', value })).toBe('ignored');
    expect(cache.peek('key_1')).toEqual(balanceOf('key_1', 1));
  });

  it('takes the outcome of an own command like an invalidation', async () => {
    const cache = cacheWith();
    await cache.get('key_1');
    const { accountId, creditType, version, ...after } = balanceOf('key_1', 2);
    const invalidation = invalidationOf({
      ...{ tenantId: 'acme', accountId, creditType, version, after, previousVersion: '1', cause: 'delta' },
      ...{ commandId: 'c', commandType: 'credit.delta', status: 'applied', code: 'APPLIED', recordedAt: '' },
    });
    expect(invalidation && cache.observe(invalidation)).toBe('refreshed');
    expect(cache.peek('key_1')).toEqual(balanceOf('key_1', 2));
  });

  it('holds nothing before it is online, nor what a read brings that began before', async () => {
    const cache = new BalanceCache({ tenantId: 'acme', read });
    await cache.get('key_1');
    expect(cache.size).toBe(0);
    const slow = slowRead();
    const asked = cache.get('key_1');
    cache.online();
    slow.resolve(balanceOf('key_1', 1));
    await asked;
    expect(cache.size).toBe(0);
    await cache.get('key_1');
    expect(cache.size).toBe(1);
  });

  it('drops all balances when it goes offline, but not the versions that it saw', async () => {
    const cache = cacheWith();
    await cache.get('key_1');
    cache.apply(recordOf('key_1', 5));
    cache.offline();
    expect(cache.peek('key_1')).toBeUndefined();
    expect(cache.apply(recordOf('key_1', 5))).toBe('older');
  });

  it('reads a balance again when it has not been read for too long, however often it was refreshed', async () => {
    jest.useFakeTimers();
    try {
      const cache = cacheWith({ maxAgeMs: 1_000 });
      await cache.get('key_1');
      jest.advanceTimersByTime(900);
      cache.apply(recordOf('key_1', 2));
      expect(cache.peek('key_1')).toEqual(balanceOf('key_1', 2));
      jest.advanceTimersByTime(100);
      expect(cache.peek('key_1')).toBeUndefined();
      read.mockResolvedValueOnce(balanceOf('key_1', 3));
      expect(await cache.get('key_1')).toEqual(balanceOf('key_1', 3));
    } finally {
      jest.useRealTimers();
    }
  });

  it('drops what an unreadable record may be about: its account, or everything when it has no key', async () => {
    const onUnreadable = jest.fn();
    const cache = cacheWith({ onUnreadable });
    for (const account of ['a', 'b', 'c']) await cache.get(account);
    const slow = slowRead();
    const asked = cache.get('d');
    expect(cache.apply({ key: Buffer.from('acme:a:credits'), value: Buffer.from('{') })).toBe('unreadable');
    expect(cache.apply({ key: Buffer.from('acme:d:credits'), value: null })).toBe('unreadable');
    slow.resolve(balanceOf('d', 1));
    await asked;
    expect(['a', 'b', 'c', 'd'].map((account) => cache.peek(account) !== undefined)).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(cache.apply({ value: '[]' })).toBe('unreadable');
    expect(cache.size).toBe(0);
    expect(onUnreadable.mock.calls.map(([reason]) => reason)).toContain('the record has no value');
  });

  it('refuses an account that is asked for by another name, since its changes would never be heard of', async () => {
    read.mockResolvedValueOnce(balanceOf('key_1', 1));
    await expect(cacheWith().get('ext:crm-7')).rejects.toMatchObject({ code: 'UNEXPECTED_ANSWER' });
  });
});

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: Error) => void } {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
