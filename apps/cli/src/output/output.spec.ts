import { runInProcess } from '../testing/run-in-process.js';
import { record, table } from './table.js';
import { cell, shown } from './text.js';

describe('what is printed', () => {
  it('control characters from a ledger can not steer the terminal', () => {
    expect(shown('a\u001b[31mb\u0007\u202ec')).toBe('a\\u001b[31mb\\u0007\\u202ec');
    expect(shown('Zürich ✓')).toBe('Zürich ✓');
  });

  it('nothing is a dash, a list is a line, an object is JSON', () => {
    expect([cell(null), cell(''), cell([]), cell(['a', 'b']), cell({ a: 1 }), cell(5n)]).toEqual([
      '-',
      '-',
      '-',
      'a, b',
      '{"a":1}',
      '5',
    ]);
  });

  it('a table has titles, numbers to the right, and no blanks at line ends', () => {
    const text = table(
      [
        { title: 'NAME', value: (row: { n: string; v: string }) => row.n },
        { title: 'VALUE', value: (row) => row.v, align: 'right' },
      ],
      [
        { n: 'a', v: '1' },
        { n: 'long name', v: '1000' },
      ],
    );
    expect(text).toBe('NAME       VALUE\na              1\nlong name   1000');
  });

  it('a record leaves out what is undefined and keeps what is null', () => {
    expect(
      record([
        ['a', '1'],
        ['b', undefined],
        ['long', null],
      ]),
    ).toBe('a     1\nlong  -');
  });

  it('colours are for terminals only, and NO_COLOR switches them off', async () => {
    const coloured = '\u001b[31m';
    const args = ['credits', 'delta', 'k', '1'];
    expect((await runInProcess(args, { isTTY: true })).stderr).toContain(coloured);
    expect((await runInProcess(args, { isTTY: false })).stderr).not.toContain(coloured);
    expect((await runInProcess(args, { isTTY: true, env: { NO_COLOR: '1' } })).stderr).not.toContain(coloured);
  });
});
