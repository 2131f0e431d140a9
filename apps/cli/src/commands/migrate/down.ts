import { revertNewest } from '@app/store';

import { withDatabase } from '../../admin/database.js';
import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { UsageError } from '../../errors.js';
import { print, withOutput, type OutputOptions } from '../../output/printer.js';

/** `migrate down` */
export function addDown(parent: CliCommand, context: CliContext): void {
  withOutput(
    parent
      .command('down')
      .summary('take back the newest migration')
      .description(
        'Takes back the newest migration and DROPS the tables it made, with what is in them. For development.',
      )
      .option('--yes', 'yes, drop them'),
  )
    .example('Take back the newest migration', 'migrate down --yes')
    .action(async (options: OutputOptions & { readonly yes?: true }) => {
      if (options.yes !== true) {
        throw new UsageError('this drops tables with what is in them; nothing was done.', 'Say --yes if you mean it.');
      }
      await withDatabase(context, (dataSource) => revertNewest(dataSource));
      print(context, options, { json: { reverted: 1 }, text: () => 'The newest migration is taken back.' });
    });
}
