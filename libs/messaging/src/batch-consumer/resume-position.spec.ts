import { resumePosition } from './resume-position.js';

describe('where a partition goes on', () => {
  const at = (row: bigint | null, group: bigint | null, start = 10n, end = 20n) =>
    resumePosition({ topic: 't', partition: 3, row, group, log: { start, end } });

  it.each([
    ['the row when it is behind the group (restored backup)', 12n, 15n, 12n],
    ['the group’s offset when it is behind the row (events not sent)', 15n, 12n, 12n],
    ['the beginning of the log without a row', null, 15n, 10n],
    ['the beginning of the log with a row that was claimed but never moved', 0n, 15n, 10n],
    ['the beginning of the log without a group offset', 15n, null, 10n],
    ['the end of the log when everything is done', 20n, 20n, 20n],
  ])('is %s', (_rule, row, group, position) => {
    expect(at(row, group)).toEqual({ kind: 'resume', position });
  });

  it('is nowhere when the row lies below the log: an operator decides', () => {
    expect(at(9n, 15n)).toMatchObject({
      kind: 'stop',
      stopped: {
        topic: 't',
        partition: 3,
        reason: 'position-below-log-start',
        position: 9n,
        logStart: 10n,
        logEnd: 20n,
      },
    });
  });

  it('is nowhere when the row lies above the log', () => {
    expect(at(21n, 15n)).toMatchObject({ kind: 'stop', stopped: { reason: 'position-above-log-end', position: 21n } });
  });

  it('names what is missing and the command that decides', () => {
    const stopped = at(7n, 15n);
    if (stopped.kind !== 'stop') throw new Error('it went on');
    expect(stopped.stopped.message).toBe(
      't/3 is stopped: the progress row says that record 7 is next, but the log begins at 10. Records 7 to 9 were ' +
        'removed by retention before they were applied. "creditbus progress accept 3 start" goes on ' +
        "at the log's start.",
    );
  });

  it('is the beginning of the log, with a warning, when only records that were applied are gone', () => {
    expect(at(15n, 5n)).toMatchObject({ kind: 'resume', position: 10n, warning: expect.stringMatching(/5 to 9/) });
  });
});
