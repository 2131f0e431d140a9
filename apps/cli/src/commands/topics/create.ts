import { gatewayReplyTopic } from '@app/contracts';
import { ensureTopics, topicDefinitions, verifyTopics } from '@app/messaging';

import { withKafka } from '../../admin/kafka.js';
import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { print, withOutput, type OutputOptions } from '../../output/printer.js';
import { reportProblems } from './problems.js';

/** `topics [create]` */
export function addCreate(parent: CliCommand, context: CliContext): void {
  withOutput(
    parent
      .command('create', { isDefault: true })
      .summary('make the topics that are missing (default)')
      .description(
        'Makes the topics that are missing, as TOPIC_* in the environment say. Topics that exist are left as they are; ' +
          'what is wrong with them is shown. Exits with 1 when the worker could not work with one of them.',
      ),
  )
    .example('Make what is missing', 'topics')
    .action(async (options: OutputOptions) => {
      await withKafka(context, async ({ admin, settings }) => {
        const { created, existing } = await ensureTopics(
          admin,
          topicDefinitions(settings.topics, settings.topicCreation, [gatewayReplyTopic(settings.topics)]),
        );
        const problems = await verifyTopics(admin, settings.topics);
        print(context, options, {
          json: { created, existing, problems },
          text: () =>
            created.length === 0
              ? 'All topics are there already.'
              : `Made:\n${created.map((name) => `  ${name}`).join('\n')}`,
        });
        reportProblems(context, options, problems);
      });
    });
}
