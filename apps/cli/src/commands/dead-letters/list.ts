import { withKafka } from '../../admin/kafka.js';
import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { deadLetterJson, type DeadLetter } from '../../dead-letters/dead-letter.js';
import { deadLettersText } from '../../dead-letters/dead-letter-text.js';
import { readDeadLetters, type SelectionOptions, withSelection } from '../../dead-letters/selection.js';
import { integerBetween } from '../../input/numbers.js';
import { note, print, withOutput, type OutputOptions } from '../../output/printer.js';

interface Options extends OutputOptions, SelectionOptions {
  readonly limit: number;
}

/** `dead-letters list` */
export function addList(parent: CliCommand, context: CliContext): void {
  withOutput(
    withSelection(
      parent
        .command('list')
        .summary('list dead letters')
        .description(
          'Lists dead letters, newest first, with why they are there. With --output json their keys and values are shown, too.',
        ),
    ).option('--limit <n>', 'how many at most', integerBetween(1, 10_000), 50),
  )
    .example('The newest', 'dead-letters list')
    .example('What bugs left in the last day', 'dead-letters list --reason PROCESSING_FAILED --from 1d')
    .example('One, with its value', 'dead-letters list --command-id order-4711 --output json')
    .action((options: Options) => list(context, options));
}

async function list(context: CliContext, options: Options): Promise<void> {
  const newest = new Newest(options.limit);
  await withKafka(context, (brokers) => readDeadLetters(brokers, options, (letter) => newest.add(letter)));
  const letters = newest.letters();
  print(context, options, {
    json: { data: letters.map(deadLetterJson), total: newest.count },
    text: () => deadLettersText(letters),
  });
  if (options.output !== 'table') return;
  if (newest.count === 0) note(context, 'Nothing found.');
  if (newest.count > letters.length) note(context, `… and ${newest.count - letters.length} older ones`);
}

/** Keeps the newest of any number of dead letters. */
class Newest {
  private kept: DeadLetter[] = [];
  count = 0;

  constructor(private readonly limit: number) {}

  add(letter: DeadLetter): void {
    this.count += 1;
    this.kept.push(letter);
    if (this.kept.length >= 2 * this.limit) this.kept = [...this.letters()];
  }

  letters(): readonly DeadLetter[] {
    return this.kept.sort((a, b) => b.failedAtMs - a.failedAtMs || Number(b.offset - a.offset)).slice(0, this.limit);
  }
}
