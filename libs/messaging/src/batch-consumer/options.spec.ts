import { BATCH_CONSUMER_DEFAULTS, batchConsumerOptions } from './options.js';

describe('options of the batch consumer', () => {
  it('have defaults, which an undefined option doesn’t replace', () => {
    expect(batchConsumerOptions({ chunkRecordsMax: undefined, pauseMaxMs: 5 })).toEqual({
      ...BATCH_CONSUMER_DEFAULTS,
      pauseMaxMs: 5,
    });
  });

  it('name every bad value and what is allowed, all at once', () => {
    expect(() => batchConsumerOptions({ chunkRecordsMax: 0, backoffMaxMs: 1.5, heartbeatIntervalMs: 40_000 })).toThrow(
      'Batch consumer: chunkRecordsMax is 0; allowed are whole numbers from 1 to 10000; backoffMaxMs is 1.5; allowed ' +
        'are whole numbers from 1 to 60000; heartbeatIntervalMs is 40000; it must be below sessionTimeoutMs (30000).',
    );
  });
});
