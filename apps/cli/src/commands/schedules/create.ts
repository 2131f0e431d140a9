import { LIMITS } from '@app/contracts';
import { GRANT_KINDS, SCHEDULE_PERIODS } from '@app/domain';

import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { UsageError } from '../../errors.js';
import { ACCOUNT_ARGUMENT, accountPath } from '../../gateway/account-path.js';
import { commandFields, withCommandFields, type CommandOptions } from '../../gateway/command-options.js';
import { sendCommand } from '../../gateway/send-command.js';
import { amount } from '../../input/amount.js';
import { expiry, type ExpiryInput } from '../../input/calendar.js';
import { priority } from '../../input/grant.js';
import { nullable, sent, sentTime, type OrNull } from '../../input/null-value.js';
import { integerBetween } from '../../input/numbers.js';
import { rollover, type RolloverInput } from '../../input/rollover.js';
import { instantOrDuration } from '../../input/time.js';
import { oneOf } from '../../input/words.js';
import { TEMPLATE_SCOPES, type TemplateScope } from './template-scope.js';

interface Options extends CommandOptions {
  readonly template?: TemplateScope;
  readonly amount: string;
  readonly scheduleId?: string;
  readonly name?: string;
  readonly period?: string;
  readonly periodCount?: number;
  readonly anchor?: number;
  readonly start?: number;
  readonly end?: number;
  readonly expiry?: ExpiryInput;
  readonly kind?: string;
  readonly priority?: number;
  readonly timeZone?: string;
  readonly rollover?: OrNull<RolloverInput>;
}

/** `schedules create [account]` */
export function addCreate(parent: CliCommand, context: CliContext): void {
  const time = instantOrDuration(1);
  withCommandFields(
    parent
      .command('create')
      .summary('make a source of grants')
      .description(
        'Makes a source of grants: once, or every period. With --template it is one without account and effect, for ' +
          'the catalogue; that needs an API key with the scope catalog:write.',
      )
      .argument('[account]', `${ACCOUNT_ARGUMENT}; none with --template`)
      .requiredOption('--amount <amount>', 'how much each period gives, above 0', amount)
      .option('--template <scope>', `a template, one of ${TEMPLATE_SCOPES.join(', ')}`, oneOf(TEMPLATE_SCOPES))
      .option(
        '--period <period>',
        `one of ${SCHEDULE_PERIODS.join(', ')} (default: only once)`,
        oneOf(SCHEDULE_PERIODS),
      )
      .option(
        '--period-count <n>',
        'a period is that many times as long (default: 1)',
        integerBetween(1, LIMITS.calendarCountMax),
      )
      .option('--start <time>', 'no period starts before: RFC 3339, or from now such as 7d (default: now)', time)
      .option('--end <time>', 'no period starts at or after (default: never ends)', time)
      .option('--anchor <time>', 'from where periods are counted (default: start)', time)
      .option('--time-zone <name>', 'by whose wall clock periods are counted, for example Europe/Berlin (default: UTC)')
      .option(
        '--expiry <expiry>',
        "of its grants: never, period_end or <count>:<days|weeks|months|years> (default: the credit type's)",
        expiry,
      )
      .option(
        '--rollover <rollover>',
        'what of a period\'s remains is carried: <percent>, <percent>:<cap> or "none" (default: the credit type\'s)',
        nullable('none', rollover),
      )
      .option('--kind <kind>', `of its grants: one of ${GRANT_KINDS.join(', ')} (default: plan)`, oneOf(GRANT_KINDS))
      .option('--priority <n>', 'of its grants: lower is used first (default: last)', priority)
      .option('--schedule-id <id>', 'id of the schedule, unique per tenant (default: derived, printed)')
      .option('--name <name>', 'for people'),
  )
    .example(
      '1000 on each first of the month in Berlin, used or lost',
      'schedules create key_1 --schedule-id key_1-monthly --amount 1000 --period monthly --start 2026-12-01 --time-zone Europe/Berlin --expiry period_end',
    )
    .example(
      'Every two weeks, a quarter is carried',
      'schedules create key_1 --amount 100 --period weekly --period-count 2 --rollover 25',
    )
    .example('50 in a week, once', 'schedules create key_1 --amount 50 --start 7d --kind free')
    .example("A plan's template", 'schedules create --template plan --amount 1000 --period monthly --schedule-id gold')
    .action(async (account: string | undefined, options: Options) => {
      if ((account === undefined) !== (options.template !== undefined)) {
        throw new UsageError(
          account === undefined ? 'which account?' : 'a template has no account.',
          'Give either an account or --template.',
        );
      }
      const path = account === undefined ? '/v1/schedules' : `${accountPath(account)}/schedules`;
      await sendCommand(
        context,
        options,
        { method: 'POST', path },
        {
          ...commandFields(options),
          scope: options.template,
          amount: options.amount,
          cadence: options.period === undefined ? 'one_time' : 'recurring',
          period: options.period,
          periodCount: options.periodCount,
          start: sentTime(options.start),
          end: sentTime(options.end),
          anchor: sentTime(options.anchor),
          timeZone: options.timeZone,
          expiry: options.expiry,
          rollover: sent(options.rollover),
          kind: options.kind,
          priority: options.priority,
          scheduleId: options.scheduleId,
          name: options.name,
        },
      );
    });
}
