import { BURN_ORDERS } from '@app/domain';

import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { UsageError } from '../../errors.js';
import { ACCOUNT_ARGUMENT, accountPath } from '../../gateway/account-path.js';
import { commandFields, withCommandFields, type CommandOptions } from '../../gateway/command-options.js';
import { sendCommand } from '../../gateway/send-command.js';
import { amount, floorPolicy, type Policy } from '../../input/amount.js';
import { nullable, sent, type OrNull } from '../../input/null-value.js';
import { refill, refillIn, type RefillInput } from '../../input/refill.js';
import { oneOf } from '../../input/words.js';

interface Settings {
  readonly status?: 'active' | 'frozen' | 'closed';
  readonly floor?: OrNull<string>;
  readonly onInsufficient?: OrNull<Policy>;
  readonly refill?: OrNull<RefillInput>;
  readonly refillTimeZone?: string;
  readonly burnOrder?: OrNull<string>;
  readonly externalId?: OrNull<string>;
  readonly group?: OrNull<string>;
}

/** `accounts configure <account>`: what is not given is kept. */
export function addConfigure(parent: CliCommand, context: CliContext): void {
  withCommandFields(
    parent
      .command('configure')
      .summary('change settings of an account')
      .description("Changes settings; what is not given is kept. --metadata replaces all of the account's metadata.")
      .argument('<account>', ACCOUNT_ARGUMENT)
      .option(
        '--status <status>',
        'active, frozen (refuses changes) or closed (final)',
        oneOf(['active', 'frozen', 'closed']),
      )
      .option('--floor <amount>', 'lowest available, or "default"', nullable('default', amount))
      .option(
        '--on-insufficient <policy>',
        'reject, clamp, allow, downTo:<amount>, or "default"',
        nullable('default', floorPolicy),
      )
      .option('--refill <refill>', 'daily:<amount>, monthly:<amount>:<day>, or "none"', nullable('none', refill))
      .option('--refill-time-zone <zone>', 'IANA time zone whose midnight and dates are meant (default: UTC)')
      .option(
        '--burn-order <order>',
        `one of ${BURN_ORDERS.join(', ')}, or "default"`,
        nullable('default', oneOf(BURN_ORDERS)),
      )
      .option('--external-id <id>', 'one more unique name, or "none"', nullable('none', String))
      .option('--group <group>', 'API group, or "none"', nullable('none', String)),
  )
    .example('Freeze it', 'accounts configure user_7 --status frozen --reason fraud-check')
    .example('Allow 100 of debt', 'accounts configure key_1 --on-insufficient downTo:-100')
    .example('No refill any more', 'accounts configure key_1 --refill none')
    .action(async (account: string, options: CommandOptions & Settings) => {
      const settings = {
        status: options.status,
        floor: sent(options.floor),
        onInsufficient: sent(options.onInsufficient),
        refill: refillIn(options.refillTimeZone, options.refill),
        burnOrder: sent(options.burnOrder),
        externalId: sent(options.externalId),
        group: sent(options.group),
      };
      if (Object.values(settings).every((value) => value === undefined) && options.metadata === undefined) {
        throw new UsageError(
          'nothing to change.',
          'Give at least one setting; see `creditbus accounts configure --help`.',
        );
      }
      await sendCommand(
        context,
        options,
        { method: 'PATCH', path: accountPath(account) },
        {
          ...commandFields(options),
          ...settings,
        },
      );
    });
}
