import { gatewayReplyTopic } from '@app/contracts';
import { verifyTopics } from '@app/messaging';

import { withKafka } from '../../admin/kafka.js';
import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { print, withOutput, type OutputOptions } from '../../output/printer.js';
import { table } from '../../output/table.js';
import { reportProblems } from './problems.js';

/** `topics verify` */
export function addVerify(parent: CliCommand, context: CliContext): void {
  withOutput(
    parent
      .command('verify')
      .summary('compare the topics with the configuration')
      .description(
        'Shows the topics and what differs from the configuration; changes nothing. Exits with 1 when the worker could not work with one of them.',
      ),
  )
    .example('Are the topics in order?', 'topics verify')
    .action(async (options: OutputOptions) => {
      await withKafka(context, async ({ admin, settings }) => {
        const names = [...(Object.values(settings.topics) as readonly string[]), gatewayReplyTopic(settings.topics)];
        const described = await admin.describeTopics(names);
        const problems = await verifyTopics(admin, settings.topics);
        const topics = names.flatMap((name) => described.get(name) ?? []);
        print(context, options, {
          json: { data: topics, problems },
          text: () =>
            table(
              [
                { title: 'TOPIC', value: (topic) => topic.name },
                { title: 'PARTITIONS', value: (topic) => topic.partitions, align: 'right' },
                { title: 'RETENTION MS', value: (topic) => topic.configs['retention.ms'], align: 'right' },
                { title: 'CLOCK', value: (topic) => topic.configs['message.timestamp.type'] },
                { title: 'IN-SYNC MIN', value: (topic) => topic.configs['min.insync.replicas'], align: 'right' },
                { title: 'MESSAGE BYTES MAX', value: (topic) => topic.configs['max.message.bytes'], align: 'right' },
              ],
              topics,
            ),
        });
        reportProblems(context, options, problems);
      });
    });
}
