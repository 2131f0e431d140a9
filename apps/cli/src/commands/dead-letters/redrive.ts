import { type Brokers, withKafka } from '../../admin/kafka.js';
import { withProducer } from '../../admin/producer.js';
import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { deadLetterJson, type DeadLetter } from '../../dead-letters/dead-letter.js';
import { deadLettersText } from '../../dead-letters/dead-letter-text.js';
import { planRedrive, redrive, type RedrivePlan } from '../../dead-letters/redrive.js';
import {
  isAnythingChosen,
  readDeadLetters,
  type SelectionOptions,
  withSelection,
} from '../../dead-letters/selection.js';
import { Refused, UsageError } from '../../errors.js';
import { note, print, withOutput, type OutputOptions } from '../../output/printer.js';

interface Options extends OutputOptions, SelectionOptions {
  readonly all?: true;
  readonly yes?: true;
}

/** All of them are held in memory before the first is sent. */
const LETTERS_MAX = 50_000;

/** `dead-letters redrive` */
export function addRedrive(parent: CliCommand, context: CliContext): void {
  withOutput(
    withSelection(
      parent
        .command('redrive')
        .summary('send dead letters back to the commands topic')
        .description(
          'Sends dead letters back to the commands topic: the original key, value and headers, in their order. They are ' +
            'decided anew, now; the command id keeps the effect single, however often it is done. Mend the cause first. ' +
            'Without --yes it only shows what would be sent. Dead letters stay on their topic until they are too old.',
        ),
    )
      .option('--all', 'every dead letter that there is')
      .option('--yes', 'yes, send them'),
  )
    .example('What would be sent back after a tenant was made', 'dead-letters redrive --reason UNKNOWN_TENANT')
    .example('Send it', 'dead-letters redrive --reason UNKNOWN_TENANT --yes')
    .example('One command', 'dead-letters redrive --command-id order-4711 --yes')
    .example('A range of offsets', 'dead-letters redrive --partition 2 --from-offset 100 --to-offset 120 --yes')
    .action(async (options: Options) => {
      if (options.all !== true && !isAnythingChosen(options)) {
        throw new UsageError(
          'which dead letters?',
          'Choose some by partition, time, reason, command or tenant, or say --all.',
        );
      }
      await withKafka(context, (brokers) => run(context, brokers, options));
    });
}

async function run(context: CliContext, brokers: Brokers, options: Options): Promise<void> {
  const chosen: DeadLetter[] = [];
  let count = 0;
  await readDeadLetters(brokers, options, (letter) => {
    count += 1;
    if (count <= LETTERS_MAX) chosen.push(letter);
  });
  if (count > LETTERS_MAX) {
    throw new Refused(`there are ${count} such dead letters, more than ${LETTERS_MAX}; nothing was sent.`, {
      code: 'TOO_MANY',
      hint: 'Send them in parts, for example by --partition with --from-offset and --to-offset.',
    });
  }
  const plan = planRedrive(chosen);
  if (options.yes === true && plan.letters.length > 0) {
    const { commands } = brokers.settings.topics;
    await withProducer(brokers, (producer) => redrive(producer, commands, plan.letters));
  }
  report(context, options, plan);
}

function report(context: CliContext, options: Options, { letters, repeats, cut }: RedrivePlan): void {
  const isSent = options.yes === true;
  print(context, options, {
    json: { sent: isSent, data: letters.map(deadLetterJson), repeats, cut: cut.map(deadLetterJson) },
    text: () => (isSent ? `Sent ${countOf(letters.length)} back.` : deadLettersText(letters)),
  });
  if (options.output !== 'table') return;
  if (repeats > 0) note(context, `${countOf(repeats)} left out: a repeat of another one.`);
  for (const { partition, offset, original } of cut) {
    note(context, `${partition}/${offset} left out: its value was cut. The whole record was ${original}.`);
  }
  if (!isSent) note(context, `Nothing was sent. Say --yes to send ${countOf(letters.length)} back.`);
}

function countOf(count: number): string {
  return count === 1 ? '1 dead letter' : `${count} dead letters`;
}
