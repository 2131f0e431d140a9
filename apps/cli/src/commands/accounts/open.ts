import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { commandFields, withCommandFields, type CommandOptions } from '../../gateway/command-options.js';
import { sendCommand } from '../../gateway/send-command.js';
import { amount, floorPolicy, type Policy } from '../../input/amount.js';
import { nullable, sent, type OrNull } from '../../input/null-value.js';
import { refill, refillIn, type RefillInput } from '../../input/refill.js';
import { oneOf } from '../../input/words.js';
import { BURN_ORDERS } from '@app/domain';

interface Options extends CommandOptions {
  readonly initial?: OrNull<string>;
  readonly floor?: string;
  readonly onInsufficient?: Policy;
  readonly refill?: RefillInput;
  readonly refillTimeZone?: string;
  readonly burnOrder?: string;
  readonly externalId?: string;
  readonly group?: string;
}

/** `accounts open <accountId>` */
export function addOpen(parent: CliCommand, context: CliContext): void {
  withCommandFields(
    parent
      .command('open')
      .summary('open an account')
      .description('Opens an account. Opening it again with the same settings changes nothing.')
      .argument('<accountId>', 'id of the new account, 1-255 characters')
      .option(
        '--initial <amount>',
        'what it begins with: a decimal, or "unlimited" (default: 0)',
        nullable('unlimited', amount),
      )
      .option('--floor <amount>', 'lowest available that reject and clamp allow (default: 0)', amount)
      .option('--on-insufficient <policy>', 'reject, clamp, allow or downTo:<amount> (default: reject)', floorPolicy)
      .option('--refill <refill>', 'daily:<amount> or monthly:<amount>:<day>', refill)
      .option('--refill-time-zone <zone>', 'IANA time zone whose midnight and dates are meant (default: UTC)')
      .option('--burn-order <order>', `one of ${BURN_ORDERS.join(', ')}`, oneOf(BURN_ORDERS))
      .option('--external-id <id>', 'one more unique name')
      .option('--group <group>', 'API group'),
  )
    .example('An account with 1000 credits', 'accounts open key_1 --initial 1000')
    .example('Refilled to 500 on the first of each month', 'accounts open user_7 --refill monthly:500:1')
    .example(
      'Refilled to 100 at midnight in Tokyo',
      'accounts open user_8 --refill daily:100 --refill-time-zone Asia/Tokyo',
    )
    .example('Unlimited', 'accounts open internal --initial unlimited')
    .action(async (accountId: string, options: Options) => {
      await sendCommand(
        context,
        options,
        { method: 'POST', path: '/v1/accounts' },
        {
          ...commandFields(options),
          accountId,
          initial: sent(options.initial),
          floor: options.floor,
          onInsufficient: options.onInsufficient,
          refill: refillIn(options.refillTimeZone, options.refill),
          burnOrder: options.burnOrder,
          externalId: options.externalId,
          group: options.group,
        },
      );
    });
}
