import { healthReport, SignOfLife } from './health.js';

describe('health', () => {
  it('is up only when every check is', async () => {
    const fine = { name: 'kafka', check: () => undefined };
    const broken = { name: 'postgres', check: () => Promise.reject(new Error('refused')) };
    expect(await healthReport([fine])).toEqual({ status: 'up', checks: { kafka: { status: 'up' } } });
    expect(await healthReport([fine, broken])).toEqual({
      status: 'down',
      checks: { kafka: { status: 'up' }, postgres: { status: 'down', message: 'refused' } },
    });
  });

  it('counts a check that does not answer as down', async () => {
    const hanging = { name: 'postgres', check: () => new Promise<void>(() => undefined) };
    expect(await healthReport([hanging], 20)).toMatchObject({
      checks: { postgres: { status: 'down', message: 'no answer within 20 ms' } },
    });
  });

  it('tells that something hangs by the age of its last sign of life', () => {
    let now = 1_000_000;
    const sign = new SignOfLife(
      'consumer',
      () => 1_000_000,
      30_000,
      () => now,
    );
    now += 30_000;
    expect(() => sign.check()).not.toThrow();
    now += 1_000;
    expect(() => sign.check()).toThrow('no sign of life for 31 s, allowed are 30 s');
  });
});
