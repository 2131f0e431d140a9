import { GRANT_KINDS } from '@app/domain';

import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { ACCOUNT_ARGUMENT, accountPath } from '../../gateway/account-path.js';
import { commandFields, withCommandFields, type CommandOptions } from '../../gateway/command-options.js';
import { sendCommand } from '../../gateway/send-command.js';
import { amount } from '../../input/amount.js';
import { priority } from '../../input/grant.js';
import { nullable, sentTime, type OrNull } from '../../input/null-value.js';
import { price, type PriceInput } from '../../input/price.js';
import { instantOrDuration } from '../../input/time.js';
import { oneOf } from '../../input/words.js';

interface Options extends CommandOptions {
  readonly grantId?: string;
  readonly name?: string;
  readonly priority?: number;
  readonly effectiveAt?: number;
  readonly expiresAt?: OrNull<number>;
  readonly kind?: string;
  readonly costBasis?: PriceInput;
}

/** `grants create <account> <amount>` */
export function addCreate(parent: CliCommand, context: CliContext): void {
  withCommandFields(
    parent
      .command('create')
      .summary('give a lot of credits')
      .description('Gives a lot of credits that may begin later, expire, and be used before or after others.')
      .argument('<account>', ACCOUNT_ARGUMENT)
      .argument('<amount>', 'decimal above 0', amount)
      .option('--grant-id <id>', 'id of the grant, unique per tenant (default: derived, printed)')
      .option('--name <name>', 'for people')
      .option('--kind <kind>', `one of ${GRANT_KINDS.join(', ')} (default: purchased)`, oneOf(GRANT_KINDS))
      .option('--priority <n>', 'lower is used first (default: last)', priority)
      .option(
        '--effective-at <time>',
        'from when on it counts: RFC 3339, or from now such as 7d (default: at once)',
        instantOrDuration(1),
      )
      .option(
        '--expires-at <time>',
        'last instant at which it is used: RFC 3339, from now such as 90d, or "never" (default: the credit type\'s)',
        nullable('never', instantOrDuration(1)),
      )
      .option('--cost-basis <currency:amount>', 'what one credit cost, for example EUR:0.05; only recorded', price),
  )
    .example('500 credits that last until the end of the year', 'grants create key_1 500 --expires-at 2027-01-01')
    .example('Used before all others', 'grants create key_1 50 --kind promotional --priority 1 --expires-at 30d')
    .example(
      'At most once, however often it is run',
      'grants create key_1 500 --id grant:pack-4711 --expires-at 2027-01-01 --grant-id pack-4711',
    )
    .action(async (account: string, size: string, options: Options) => {
      const request = { method: 'POST', path: `${accountPath(account)}/grants` } as const;
      await sendCommand(context, options, request, {
        ...commandFields(options),
        amount: size,
        grantId: options.grantId,
        name: options.name,
        kind: options.kind,
        priority: options.priority,
        effectiveAt: sentTime(options.effectiveAt),
        expiresAt: sentTime(options.expiresAt),
        costBasis: options.costBasis,
      });
    });
}
