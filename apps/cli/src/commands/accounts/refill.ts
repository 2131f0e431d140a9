import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { ACCOUNT_ARGUMENT, accountPath } from '../../gateway/account-path.js';
import { commandFields, withRecordedFields, type CommandOptions } from '../../gateway/command-options.js';
import { sendCommand } from '../../gateway/send-command.js';
import { day } from '../../input/calendar.js';

/** `accounts refill <account> <date>` */
export function addRefill(parent: CliCommand, context: CliContext): void {
  withRecordedFields(
    parent
      .command('refill')
      .summary('run the refill of a date')
      .description(
        'Runs the refill of a date, which the scheduler does by itself. However often it is run, a date is refilled ' +
          'once. Needs an API key with the scope admin.',
      )
      .argument('<account>', ACCOUNT_ARGUMENT)
      .argument('<date>', 'the day (UTC) that it is the refill of, not in the future', day)
      .option('--credit-type <type>', 'credit type of the account (default: credits)'),
  )
    .example('The one of 1 December', 'accounts refill key_1 2026-12-01')
    .action(async (account: string, date: string, options: CommandOptions) => {
      const request = { method: 'POST', path: `${accountPath(account)}/refills`, derivedId: true } as const;
      await sendCommand(context, options, request, { ...commandFields(options), date });
    });
}
