import { networkOf, WrongKeys } from './wrong-keys.js';

describe('wrong keys', () => {
  const isThrottled = (keys: WrongKeys, address: string, nowMs: number): boolean => {
    try {
      keys.count(address, nowMs);
      return false;
    } catch {
      return true;
    }
  };

  it('20 in a minute are told what they are, the next ones 429 until the minute is over', () => {
    const keys = new WrongKeys();
    const told = Array.from({ length: 22 }, (_, at) => isThrottled(keys, '10.0.0.1', at));
    expect(told.filter(Boolean)).toHaveLength(2);
    expect(isThrottled(keys, '10.0.0.2', 30)).toBe(false);
    expect(isThrottled(keys, '10.0.0.1', 59_999)).toBe(true);
    expect(isThrottled(keys, '10.0.0.1', 60_000)).toBe(false);
  });

  it('addresses of one IPv6 network count together', () => {
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
    expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0');
    expect(networkOf('::1')).toBe('0:0:0:0');
    expect(networkOf('::ffff:10.0.0.1')).toBe('10.0.0.1');
  });

  it('memory is bounded, whoever comes from how many addresses with how many keys', () => {
    const keys = new WrongKeys();
    for (let at = 0; at < 20_001; at += 1) {
      keys.count(`a${at}`, 0);
      keys.remember(`h${at}`, 5_000);
    }
    expect([keys.isKnown('h0', 1), keys.isKnown('h20000', 1), keys.isKnown('h20000', 5_000)]).toEqual([
      false,
      true,
      false,
    ]);
    const sizes = Object.values(keys as unknown as Record<string, Map<string, unknown>>).map(({ size }) => size);
    expect(sizes).toEqual([10_000, 10_000]);
  });
});
