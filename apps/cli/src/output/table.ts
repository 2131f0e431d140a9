import Table from 'cli-table3';

import { cell } from './text.js';

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => unknown;
  /** Numbers stand to the right. */
  readonly align?: 'left' | 'right';
}

const PLAIN_CHARS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const;

/** Rows below a line of titles, in columns, without borders: for people, and for grep. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  return layout(
    columns.map((column) => column.align ?? 'left'),
    [columns.map((column) => column.title), ...rows.map((row) => columns.map((column) => cell(column.value(row))))],
  );
}

/** One object as lines of name and value; names without a value (undefined) are left out. */
export function record(fields: readonly (readonly [name: string, value: unknown])[]): string {
  const lines = fields.filter(([, value]) => value !== undefined).map(([name, value]) => [name, cell(value)]);
  return layout(['left', 'left'], lines);
}

function layout(colAligns: readonly ('left' | 'right')[], rows: readonly (readonly string[])[]): string {
  const layoutOf = new Table({
    chars: PLAIN_CHARS,
    colAligns: [...colAligns],
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  });
  layoutOf.push(...rows.map((row) => [...row]));
  return layoutOf
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
