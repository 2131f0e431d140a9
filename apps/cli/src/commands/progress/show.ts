import { PostgresPositions, type ProgressRow } from '@app/store';
import { DEFAULT_TOPICS } from '@app/contracts';

import { withPool } from '../../admin/database.js';
import { withKafka } from '../../admin/kafka.js';
import { partitionStates, type PartitionState } from '../../admin/partition-state.js';
import { kafkaIsNamed } from '../../admin/settings.js';
import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { Unreachable } from '../../errors.js';
import { EXIT } from '../../exit-codes.js';
import { explain } from '../../failure.js';
import { isoTime, note, print, withOutput, type OutputOptions } from '../../output/printer.js';
import { table } from '../../output/table.js';

/** `progress show` */
export function addShow(parent: CliCommand, context: CliContext): void {
  withOutput(
    parent
      .command('show')
      .summary('how far the log has been applied')
      .description(
        "Shows per partition how far the commands were applied, beside the log's start and end and the consumer group's " +
          'offset when Kafka can be reached. Exits with 1 when a position lies outside its log: that partition stands still.',
      ),
  )
    .example('Is everything applied?', 'progress show')
    .action(async (options: OutputOptions) => {
      const rows = await withPool(context, (pool) => new PostgresPositions(pool).showProgress());
      const states = await statesOf(context, rows);
      print(context, options, {
        json: { data: states.map((state) => ({ ...state, updatedAt: isoTime(state.updatedAt) })) },
        text: () => statesText(states),
      });
      const stuck = states.filter(({ judgement }) => judgement === 'below-log' || judgement === 'above-log');
      for (const state of stuck) note(context, adviceFor(state));
      if (stuck.length > 0) context.setExitCode(EXIT.refused);
    });
}

async function statesOf(context: CliContext, rows: readonly ProgressRow[]): Promise<readonly PartitionState[]> {
  if (kafkaIsNamed(context)) {
    try {
      return await withKafka(context, async ({ admin, settings }) => {
        const topic = settings.topics.commands;
        const ranges = await admin.logRanges(topic);
        return partitionStates(topic, rows, {
          ranges,
          groupOffsets: await admin.groupOffsets(settings.consumerGroup, topic),
        });
      });
    } catch (error) {
      const failure = explain(error);
      if (!(failure instanceof Unreachable)) throw failure;
      note(context, `${failure.message}\nOnly what Postgres knows is shown.`);
    }
  }
  const topics = new Set(rows.map((row) => row.topic));
  if (topics.size === 0) topics.add(DEFAULT_TOPICS.commands);
  return [...topics].flatMap((topic) => partitionStates(topic, rows));
}

function statesText(states: readonly PartitionState[]): string {
  return table(
    [
      { title: 'TOPIC', value: (state) => state.topic },
      { title: 'PARTITION', value: (state) => state.partition, align: 'right' },
      { title: 'APPLIED UP TO', value: (state) => state.nextOffset, align: 'right' },
      { title: 'LOG START', value: (state) => state.logStart, align: 'right' },
      { title: 'LOG END', value: (state) => state.logEnd, align: 'right' },
      { title: 'GROUP', value: (state) => state.groupOffset, align: 'right' },
      { title: 'LAG', value: (state) => state.lag, align: 'right' },
      { title: 'STATE', value: (state) => state.judgement },
      { title: 'UPDATED', value: (state) => isoTime(state.updatedAt) },
    ],
    states,
  );
}

function adviceFor({ partition, nextOffset, logStart, logEnd, judgement }: PartitionState): string {
  const why =
    judgement === 'below-log'
      ? `the records from ${nextOffset} to ${logStart} were deleted before they were applied`
      : `the log ends at ${logEnd}, so this is another topic than the one that was applied up to ${nextOffset}`;
  return `Partition ${partition} stands still: ${why}. When that is understood: creditbus progress accept ${partition} start`;
}
