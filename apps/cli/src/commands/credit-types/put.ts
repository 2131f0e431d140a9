import { LIMITS } from '@app/contracts';
import { BURN_ORDERS } from '@app/domain';

import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { commandFields, withPublisherFields, type CommandOptions } from '../../gateway/command-options.js';
import { sendCommand } from '../../gateway/send-command.js';
import { expiry, type ExpiryInput } from '../../input/calendar.js';
import { integerBetween } from '../../input/numbers.js';
import { price, type PriceInput } from '../../input/price.js';
import { rollover, type RolloverInput } from '../../input/rollover.js';
import { oneOf } from '../../input/words.js';
import { creditTypePath } from './path.js';

interface Options extends CommandOptions {
  readonly scale: number;
  readonly name?: string;
  readonly singularName?: string;
  readonly pluralName?: string;
  readonly icon?: string;
  readonly burnOrder?: string;
  readonly defaultExpiry?: ExpiryInput;
  readonly defaultRollover?: RolloverInput;
  readonly price?: readonly PriceInput[];
}

/** `credit-types put <creditType>` */
export function addPut(parent: CliCommand, context: CliContext): void {
  withPublisherFields(
    parent
      .command('put')
      .summary('make or replace a credit type')
      .description(
        'Makes or replaces a credit type as a whole: what is not given is cleared, and --description and --metadata ' +
          'are its own. The decimal places never change. A deleted one is restored.',
      )
      .argument('<creditType>', 'id of the credit type, of A-Z a-z 0-9 _ . -')
      .requiredOption('--scale <n>', 'decimal places of its amounts, for ever', integerBetween(0, LIMITS.scaleMax))
      .option('--name <name>', 'for people')
      .option('--singular-name <name>', 'what one of it is called')
      .option('--plural-name <name>', 'what many of it are called')
      .option('--icon <icon>', 'for people')
      .option('--burn-order <order>', `one of ${BURN_ORDERS.join(', ')} (default: priority)`, oneOf(BURN_ORDERS))
      .option(
        '--default-expiry <expiry>',
        "of grants that don't say: never, period_end or <count>:<days|weeks|months|years>",
        expiry,
      )
      .option(
        '--default-rollover <rollover>',
        "of resets and schedules that don't say: <percent> or <percent>:<cap>",
        rollover,
      )
      .option('--price <currency:amount>', 'price of one, for display; may be given again', collectPrices),
  )
    .example('Tokens with two decimal places', 'credit-types put tokens --scale 2 --name Tokens')
    .example('Grants last a year', 'credit-types put tokens --scale 2 --default-expiry 1:years --price EUR:0.05')
    .action(async (creditType: string, options: Options) => {
      await sendCommand(
        context,
        options,
        { method: 'PUT', path: creditTypePath(creditType) },
        {
          ...commandFields(options),
          scale: options.scale,
          name: options.name,
          singularName: options.singularName,
          pluralName: options.pluralName,
          icon: options.icon,
          burnOrder: options.burnOrder,
          defaultExpiry: options.defaultExpiry,
          defaultRollover: options.defaultRollover,
          prices: options.price?.map(({ currency, amount }) => ({ currency, pricePerUnit: amount })),
        },
      );
    });
}

function collectPrices(text: string, soFar: readonly PriceInput[] = []): readonly PriceInput[] {
  return [...soFar, price(text)];
}
