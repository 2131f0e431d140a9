import { healthReport } from './health.js';

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
});
