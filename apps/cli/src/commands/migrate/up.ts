import { migrate, setRolePasswords } from '@app/store';

import { withDatabase } from '../../admin/database.js';
import { databaseSettings } from '../../admin/settings.js';
import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { print, withOutput, type OutputOptions } from '../../output/printer.js';

/** `migrate [up]` */
export function addUp(parent: CliCommand, context: CliContext): void {
  withOutput(
    parent
      .command('up', { isDefault: true })
      .summary('bring the schema up to date (default)')
      .description(
        'Runs the migrations that are pending, and gives the two database roles the passwords in ' +
          "WORKER_DATABASE_PASSWORD and GATEWAY_DATABASE_PASSWORD where they are set. DATABASE_URL must be the schema's owner.",
      ),
  )
    .example('Bring the schema up to date', 'migrate')
    .action(async (options: OutputOptions) => {
      const { rolePasswords } = databaseSettings(context);
      const executed = await withDatabase(context, async (dataSource) => {
        const names = await migrate(dataSource);
        await setRolePasswords(dataSource, rolePasswords);
        return names;
      });
      print(context, options, {
        json: { executed },
        text: () => (executed.length === 0 ? 'The schema is up to date.' : `Done: ${executed.join(', ')}`),
      });
    });
}
