import type { CliCommand } from '../command.js';
import type { CliContext } from '../context.js';
import { instantOrDuration } from '../input/time.js';
import { oneOf } from '../input/words.js';
import { isoTime } from '../output/printer.js';
import { accountPath } from './account-path.js';
import { gatewayOf, withGateway, type GatewayOptions } from './options.js';
import { readPages, withPages, type Listed, type PageOptions } from './pages.js';

/** Options of the lists of what belongs to an account. */
export interface ObjectListOptions extends GatewayOptions, PageOptions {
  readonly creditType?: string;
  readonly from?: number;
  readonly to?: number;
  readonly status?: string;
}

/** Adds the filters that these lists share. */
export function withObjectFilters<C extends CliCommand>(command: C, statuses: readonly string[]): C {
  return withGateway(
    withPages(
      command
        .option('--credit-type <type>', 'credit type of the account (default: credits)')
        .option('--status <status>', `one of ${statuses.join(', ')} (default: every one)`, oneOf(statuses))
        .option('--from <time>', 'made at or after: RFC 3339, or a duration ago such as 7d', instantOrDuration(-1))
        .option('--to <time>', 'made before', instantOrDuration(-1)),
    ),
  );
}

/** Reads what belongs to an account, newest first. */
export function listOfAccount<T>(
  context: CliContext,
  options: ObjectListOptions,
  account: string,
  kind: 'grants' | 'holds' | 'schedules',
): Promise<Listed<T>> {
  const query = {
    creditType: options.creditType,
    status: options.status,
    from: isoTime(options.from) ?? undefined,
    to: isoTime(options.to) ?? undefined,
  };
  return readPages<T>(gatewayOf(context, options), `${accountPath(account)}/${kind}`, query, options);
}
