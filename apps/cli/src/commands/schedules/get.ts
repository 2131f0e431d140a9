import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { objectPath } from '../../gateway/object-path.js';
import { gatewayOf, withGateway, type GatewayOptions } from '../../gateway/options.js';
import { print } from '../../output/printer.js';
import { scheduleText, type ScheduleShown } from './schedule-text.js';

/** `schedules get <scheduleId>` */
export function addGet(parent: CliCommand, context: CliContext): void {
  withGateway(
    parent
      .command('get')
      .summary('show a schedule or template')
      .description('Shows a schedule or template, and when its next period starts.')
      .argument('<scheduleId>', 'id of the schedule'),
  )
    .example('When it gives next', 'schedules get key_1-monthly')
    .action(async (scheduleId: string, options: GatewayOptions) => {
      const schedule = (await gatewayOf(context, options).read(objectPath('schedules', scheduleId))) as ScheduleShown;
      print(context, options, { json: schedule, text: () => scheduleText(schedule) });
    });
}
