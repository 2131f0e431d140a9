import { DEAD_LETTER_CODES } from '@app/domain';
import type { LogRange } from '@app/messaging';
import { InvalidArgumentError } from 'commander';

import type { Brokers } from '../admin/kafka.js';
import type { CliCommand } from '../command.js';
import { UsageError } from '../errors.js';
import { integerBetween } from '../input/numbers.js';
import { tenantId } from '../input/tenant-id.js';
import { instantOrDuration } from '../input/time.js';
import { oneOf } from '../input/words.js';
import { rangesOf, readTopics } from '../log/read-topics.js';
import { deadLetterOf, type DeadLetter } from './dead-letter.js';

/** Which dead letters; what is absent does not matter. */
export interface SelectionOptions {
  readonly partition?: number;
  readonly fromOffset?: bigint;
  readonly toOffset?: bigint;
  readonly from?: number;
  readonly to?: number;
  readonly reason?: string;
  readonly commandId?: string;
  readonly tenant?: string;
}

/** Adds the options that choose dead letters. */
export function withSelection<C extends CliCommand>(command: C): C {
  return command
    .option(
      '--partition <n>',
      'only this partition of the dead-letter topic (default: every one)',
      integerBetween(0, 1_000_000),
    )
    .option('--from-offset <offset>', 'from this offset of the partition on', offset)
    .option('--to-offset <offset>', 'up to the offset before this one', offset)
    .option('--from <time>', 'failed at or after: RFC 3339, or a duration ago such as 7d', instantOrDuration(-1))
    .option('--to <time>', 'failed before', instantOrDuration(-1))
    .option('--reason <code>', `one of ${DEAD_LETTER_CODES.join(', ')}`, oneOf(DEAD_LETTER_CODES))
    .option('--command-id <id>', 'only the command with this id')
    .option('--tenant <tenantId>', 'only commands that name this tenant', tenantId);
}

/** Whether the options choose anything at all. */
export function isAnythingChosen(options: SelectionOptions): boolean {
  const { partition, fromOffset, toOffset, from, to, reason, commandId, tenant } = options;
  return [partition, fromOffset, toOffset, from, to, reason, commandId, tenant].some((value) => value !== undefined);
}

/** Hands out every dead letter that is chosen and there now, in no order of partitions. @throws UsageError */
export async function readDeadLetters(
  brokers: Brokers,
  options: SelectionOptions,
  onLetter: (letter: DeadLetter) => void,
): Promise<void> {
  const topic = brokers.settings.topics.deadLetter;
  const ranges = (await rangesOf(brokers, [topic])).get(topic) ?? new Map<number, LogRange>();
  const chosen = chosenRanges(ranges, options);
  await readTopics(brokers, new Map([[topic, chosen]]), (_topic, partition, record) => {
    // Records may have come since the ends were looked up.
    if (record.offset >= (chosen.get(partition)?.end ?? 0n)) return;
    const letter = deadLetterOf(partition, record);
    if (isChosen(letter, options)) onLetter(letter);
  });
}

/** The part of each partition's log to be read; empty ones stay, because a reader is given every partition. */
export function chosenRanges(
  ranges: ReadonlyMap<number, LogRange>,
  { partition: wanted, fromOffset, toOffset }: SelectionOptions,
): Map<number, LogRange> {
  if (wanted !== undefined && !ranges.has(wanted)) {
    throw new UsageError(
      `the dead-letter topic has no partition ${wanted}.`,
      `It has 0 to ${Math.max(...ranges.keys())}.`,
    );
  }
  if (wanted === undefined && (fromOffset !== undefined || toOffset !== undefined)) {
    throw new UsageError('offsets are those of one partition.', 'Give --partition, too.');
  }
  return new Map(
    [...ranges].map(([partition, { start, end }]) => {
      const last = toOffset === undefined || toOffset > end ? end : toOffset;
      const first = fromOffset === undefined || fromOffset < start ? start : fromOffset;
      const isOut = (wanted !== undefined && partition !== wanted) || first >= last;
      return [partition, isOut ? { start: end, end } : { start: first, end: last }];
    }),
  );
}

function isChosen(letter: DeadLetter, { from, to, reason, commandId, tenant }: SelectionOptions): boolean {
  return (
    (from === undefined || letter.failedAtMs >= from) &&
    (to === undefined || letter.failedAtMs < to) &&
    (reason === undefined || letter.reason === reason) &&
    (commandId === undefined || letter.commandId === commandId) &&
    (tenant === undefined || letter.tenantId === tenant)
  );
}

function offset(text: string): bigint {
  if (!/^[0-9]{1,18}$/.test(text)) {
    throw new InvalidArgumentError(`${JSON.stringify(text)} is no offset: give a whole number.`);
  }
  return BigInt(text);
}
