import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { objectPath } from '../../gateway/object-path.js';
import { gatewayOf, withGateway, type GatewayOptions } from '../../gateway/options.js';
import { integerBetween } from '../../input/numbers.js';
import { note, print } from '../../output/printer.js';
import { grantText, type GrantShown } from './grant-text.js';

interface Options extends GatewayOptions {
  readonly limit: number;
  readonly cursor?: string;
}

/** `grants get <grantId>` */
export function addGet(parent: CliCommand, context: CliContext): void {
  withGateway(
    parent
      .command('get')
      .summary('show a grant and what consumed it')
      .description('Shows a grant, and the ledger entries that moved its credits, newest first.')
      .argument('<grantId>', 'id of the grant')
      .option('--limit <n>', 'how many entries at most', integerBetween(1, 250), 50)
      .option('--cursor <cursor>', 'go on where the entries before ended'),
  )
    .example('What became of it', 'grants get pack-4711')
    .action(async (grantId: string, options: Options) => {
      const query = { limit: options.limit, cursor: options.cursor };
      const grant = (await gatewayOf(context, options).read(objectPath('grants', grantId), query)) as GrantShown;
      print(context, options, { json: grant, text: () => grantText(grant) });
      const cursor = grant.entries?.nextCursor ?? null;
      if (options.output === 'table' && cursor !== null) note(context, `More entries with --cursor ${cursor}`);
    });
}
