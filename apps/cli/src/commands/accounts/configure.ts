import { BURN_ORDERS } from '@app/domain';

import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { UsageError } from '../../errors.js';
import { ACCOUNT_ARGUMENT, accountPath } from '../../gateway/account-path.js';
import { commandFields, withCommandFields, type CommandOptions } from '../../gateway/command-options.js';
import { sendCommand } from '../../gateway/send-command.js';
import { amountOrDefault, floorPolicyOrDefault, type Policy } from '../../input/amount.js';
import { refillOrNone, type RefillInput } from '../../input/refill.js';
import { oneOf, textOrNone } from '../../input/words.js';

interface Settings {
  readonly status?: 'active' | 'frozen' | 'closed';
  readonly floor?: string | null;
  readonly onInsufficient?: Policy | null;
  readonly refill?: RefillInput | null;
  readonly burnOrder?: string | null;
  readonly externalId?: string | null;
  readonly group?: string | null;
}

/** `accounts configure <account>`: what is not given is kept. */
export function addConfigure(parent: CliCommand, context: CliContext): void {
  const burnOrder = oneOf([...BURN_ORDERS, 'default']);
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
      .option('--floor <amount>', 'lowest available, or "default"', amountOrDefault)
      .option('--on-insufficient <policy>', 'reject, clamp, allow, downTo:<amount>, or "default"', floorPolicyOrDefault)
      .option('--refill <refill>', 'daily:<amount>, monthly:<amount>:<day>, or "none"', refillOrNone)
      .option('--burn-order <order>', `one of ${BURN_ORDERS.join(', ')}, or "default"`, (text) =>
        burnOrder(text) === 'default' ? null : text,
      )
      .option('--external-id <id>', 'one more unique name, or "none"', textOrNone)
      .option('--group <group>', 'API group, or "none"', textOrNone),
  )
    .example('Freeze it', 'accounts configure key_1 --status frozen --reason fraud-check')
    .example('Allow 100 of debt', 'accounts configure key_1 --on-insufficient downTo:-100')
    .example('No refill any more', 'accounts configure key_1 --refill none')
    .action(async (account: string, options: CommandOptions & Settings) => {
      const { status, floor, onInsufficient, refill, burnOrder: order, externalId, group } = options;
      const settings: Settings = { status, floor, onInsufficient, refill, burnOrder: order, externalId, group };
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
