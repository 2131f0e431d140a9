import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { UsageError } from '../../errors.js';
import { ACCOUNT_ARGUMENT, accountPath } from '../../gateway/account-path.js';
import { commandFields, withCommandFields, type CommandOptions } from '../../gateway/command-options.js';
import { sendCommand } from '../../gateway/send-command.js';
import { amount } from '../../input/amount.js';
import { collectGrants, type GrantInput } from '../../input/grant.js';
import { nullable, sent, type OrNull } from '../../input/null-value.js';
import { rollover, type RolloverInput } from '../../input/rollover.js';

interface Options extends CommandOptions {
  readonly period: string;
  readonly value?: string;
  readonly grant?: readonly GrantInput[];
  readonly rollover?: OrNull<RolloverInput>;
}

/** `accounts reset <account>` */
export function addReset(parent: CliCommand, context: CliContext): void {
  withCommandFields(
    parent
      .command('reset')
      .summary('begin a billing period')
      .description(
        'Begins a period in one entry: what is left of the old one is carried or dropped, and the credits of the new ' +
          'one are there. An id that names the period makes it safe to run twice.',
      )
      .argument('<account>', ACCOUNT_ARGUMENT)
      .requiredOption('--period <period>', 'name of the period that begins; only recorded')
      .option('--value <amount>', 'the new base, for accounts without grants', amount)
      .option(
        '--grant <grant>',
        'a grant of the period: <amount>, or with fields <amount>,kind=…,expires-at=…; may be given again',
        collectGrants,
      )
      .option(
        '--rollover <rollover>',
        'what of the remains is carried: <percent>, <percent>:<cap> or "none" (default: the credit type\'s)',
        nullable('none', rollover),
      ),
  )
    .example(
      'A plain account, a quarter is carried',
      'accounts reset key_1 --period 2026-12 --value 1000 --rollover 25 --id reset:key_1:2026-12',
    )
    .example(
      'With grants',
      'accounts reset user_7 --period 2026-12 --grant 100,expires-at=2027-01-01 --id reset:user_7:2026-12',
    )
    .action(async (account: string, options: Options) => {
      if ((options.value === undefined) === (options.grant === undefined)) {
        throw new UsageError('a reset has either a value or grants.', 'Give --value, or --grant once or more.');
      }
      const request = { method: 'POST', path: `${accountPath(account)}/resets` } as const;
      await sendCommand(context, options, request, {
        ...commandFields(options),
        period: options.period,
        value: options.value,
        grants: options.grant,
        rollover: sent(options.rollover),
      });
    });
}
