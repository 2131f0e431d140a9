import { PostgresPositions } from '@app/store';
import type { LogRange } from '@app/messaging';
import { InvalidArgumentError } from 'commander';

import { withPool } from '../../admin/database.js';
import { withKafka } from '../../admin/kafka.js';
import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { Refused, UsageError } from '../../errors.js';
import { integerBetween } from '../../input/numbers.js';
import { print, withOutput, type OutputOptions } from '../../output/printer.js';

interface Options extends OutputOptions {
  readonly yes?: true;
}

type Wanted = 'start' | 'end' | bigint;

/** `progress accept <partition> <offset>` */
export function addAccept(parent: CliCommand, context: CliContext): void {
  withOutput(
    parent
      .command('accept')
      .summary('decide where a partition goes on')
      .description(
        'Sets the position of a partition that stands still because its position lies outside the log. Records between the ' +
          'old position and a higher new one are never applied; records from a lower one on are read again, without a second effect.',
      )
      .argument('<partition>', 'number of the partition', integerBetween(0, 1_000_000))
      .argument('<offset>', 'start, end, or an offset within the log', offset)
      .option('--yes', 'yes, set it'),
  )
    .example('What would happen', 'progress accept 3 start')
    .example("Go on at the log's start", 'progress accept 3 start --yes')
    .action((partition: number, wanted: Wanted, options: Options) => accept(context, partition, wanted, options));
}

async function accept(context: CliContext, partition: number, wanted: Wanted, options: Options): Promise<void> {
  const { topic, range } = await withKafka(context, async ({ admin, settings }) => {
    const ranges = await admin.logRanges(settings.topics.commands);
    return { topic: settings.topics.commands, range: ranges.get(partition) };
  });
  if (range === undefined)
    throw new Refused(`the topic ${topic} has no partition ${partition}.`, { code: 'NO_PARTITION' });
  const nextOffset = within(range, wanted);
  await withPool(context, async (pool) => {
    const positions = new PostgresPositions(pool);
    const before = (await positions.read(topic, [partition])).get(partition)?.nextOffset ?? null;
    const effect = effectOf(before, nextOffset);
    if (options.yes !== true) {
      throw new UsageError(
        `nothing was done. It would set partition ${partition} from ${before ?? 'nothing'} to ${nextOffset}: ${effect}.`,
        'Say --yes if you mean it.',
      );
    }
    await positions.acceptPosition(topic, partition, nextOffset);
    print(context, options, {
      json: { topic, partition, before, nextOffset },
      text: () => `Partition ${partition} goes on at ${nextOffset} (before: ${before ?? 'nothing'}): ${effect}.`,
    });
  });
}

function within({ start, end }: LogRange, wanted: Wanted): bigint {
  const nextOffset = wanted === 'start' ? start : wanted === 'end' ? end : wanted;
  if (nextOffset < start || nextOffset > end) {
    throw new Refused(`${nextOffset} is outside the log, which goes from ${start} to ${end}.`, { code: 'OUTSIDE_LOG' });
  }
  return nextOffset;
}

function effectOf(before: bigint | null, nextOffset: bigint): string {
  const from = before ?? 0n;
  if (nextOffset > from) return `${nextOffset - from} records are never applied`;
  return nextOffset < from ? 'what is in the ledger already has no second effect' : 'the position stays';
}

function offset(text: string): Wanted {
  if (text === 'start' || text === 'end') return text;
  if (!/^[0-9]{1,18}$/.test(text))
    throw new InvalidArgumentError(`${JSON.stringify(text)} is no offset: give start, end or a whole number.`);
  return BigInt(text);
}
