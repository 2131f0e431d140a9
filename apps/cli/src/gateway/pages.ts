import type { CliContext } from '../context.js';
import { integerBetween } from '../input/numbers.js';
import { note, print, type OutputOptions } from '../output/printer.js';
import type { CliCommand } from '../command.js';
import type { GatewayClient } from './client.js';

/** Largest page of the gateway's lists; a larger limit takes more requests. */
const PAGE_MAX = 250;
const ROWS_MAX = 100_000;

export interface PageOptions {
  readonly limit: number;
  readonly cursor?: string;
}

/** A list as the gateway answers it. */
export interface Listed<T> {
  readonly data: readonly T[];
  readonly nextCursor: string | null;
}

/** Adds `--limit` and `--cursor`. */
export function withPages<C extends CliCommand>(command: C): C {
  return command
    .option('--limit <n>', 'how many at most', integerBetween(1, ROWS_MAX), 50)
    .option('--cursor <cursor>', 'go on where a list before ended');
}

/** Reads up to `limit` rows, page by page. */
export async function readPages<T>(
  gateway: GatewayClient,
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
  options: PageOptions,
): Promise<Listed<T>> {
  const data: T[] = [];
  let cursor = options.cursor ?? null;
  do {
    const limit = Math.min(PAGE_MAX, options.limit - data.length);
    const page = (await gateway.read(path, { ...query, limit, cursor: cursor ?? undefined })) as Listed<T>;
    data.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor !== null && data.length < options.limit);
  return { data, nextCursor: cursor };
}

/** Prints a list, and whether there is more of it. */
export function printList<T>(
  context: CliContext,
  options: OutputOptions,
  list: Listed<T>,
  text: (rows: readonly T[]) => string,
): void {
  print(context, options, { json: list, text: () => text(list.data) });
  noteMore(context, options, list);
}

/** Tells a person that there is nothing, or more. */
function noteMore(context: CliContext, options: OutputOptions, list: Listed<unknown>): void {
  if (options.output !== 'table') return;
  if (list.data.length === 0) note(context, 'Nothing found.');
  if (list.nextCursor !== null) note(context, `More with --cursor ${list.nextCursor}`);
}
