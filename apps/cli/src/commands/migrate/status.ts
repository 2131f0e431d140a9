import { migrationsPending } from '@app/store';

import { withDatabase } from '../../admin/database.js';
import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { EXIT } from '../../exit-codes.js';
import { print, withOutput, type OutputOptions } from '../../output/printer.js';

/** `migrate status` */
export function addStatus(parent: CliCommand, context: CliContext): void {
  withOutput(
    parent
      .command('status')
      .summary('show what is pending')
      .description('Shows the migrations that are pending. Exits with 1 when there are any; changes nothing.'),
  )
    .example('Is the schema up to date?', 'migrate status')
    .action(async (options: OutputOptions) => {
      const pending = await withDatabase(context, (dataSource) => migrationsPending(dataSource));
      print(context, options, {
        json: { pending },
        text: () => (pending.length === 0 ? 'The schema is up to date.' : `Pending: ${pending.join(', ')}`),
      });
      if (pending.length > 0) context.setExitCode(EXIT.refused);
    });
}
