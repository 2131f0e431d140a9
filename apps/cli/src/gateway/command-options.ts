import { InvalidArgumentError, Option } from 'commander';

import type { CliCommand } from '../command.js';
import { instant } from '../input/time.js';
import { integerBetween, version } from '../input/numbers.js';
import { collectPairs } from '../input/words.js';
import { withGateway, type GatewayOptions } from './options.js';
import { WAIT_S_DEFAULT, WAIT_S_MAX } from './wait.js';

/** Options of every command that changes credits. */
export interface CommandOptions extends GatewayOptions {
  readonly id?: string;
  readonly creditType?: string;
  readonly reason?: string;
  readonly description?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly actor?: { readonly type: string; readonly id: string };
  readonly source?: string;
  readonly occurredAt?: string;
  readonly expectedVersion?: string;
  /** Seconds, or false. */
  readonly wait: number | false;
}

/** Adds the fields that every command on an account may have, and how long to wait for its outcome. */
export function withCommandFields<C extends CliCommand>(command: C): C {
  return withPublisherFields(
    command.addOption(new Option('--credit-type <type>', 'credit type of the account (default: credits)')),
  );
}

/** Adds the fields that every command of a publisher may have. */
export function withPublisherFields<C extends CliCommand>(command: C): C {
  return withRecordedFields(
    command
      .addOption(
        new Option('--id <id>', 'command id; the same id never has a second effect (default: a new one, printed)'),
      )
      .addOption(
        new Option('--expected-version <n>', 'apply only if what it changes still has this version').argParser(version),
      ),
  );
}

/** Adds what every command keeps on its entry, whoever chooses its id. */
export function withRecordedFields<C extends CliCommand>(command: C): C {
  return withGateway(
    command
      .addOption(new Option('--reason <code>', 'short code kept on the entry'))
      .addOption(new Option('--description <text>', 'text for people, kept on the entry'))
      .addOption(new Option('--metadata <key=value>', 'kept on the entry; may be given again').argParser(collectPairs))
      .addOption(new Option('--actor <type:id>', 'who caused it, for example user:42').argParser(actor))
      .addOption(new Option('--source <name>', 'the system that sends it'))
      .addOption(
        new Option('--occurred-at <time>', 'when it happened (RFC 3339); only recorded').argParser(checkedTime),
      )
      .addOption(
        new Option('--wait <seconds>', 'how long to wait for the outcome')
          .argParser(integerBetween(1, WAIT_S_MAX))
          .default(WAIT_S_DEFAULT),
      )
      .addOption(new Option('--no-wait', 'return as soon as the command is safely on the log')),
  );
}

/** The common fields as the API takes them, without those that were not given. */
export function commandFields(options: CommandOptions): Record<string, unknown> {
  const { creditType, reason, description, metadata, actor: who, source, occurredAt, expectedVersion } = options;
  return { creditType, reason, description, metadata, actor: who, source, occurredAt, expectedVersion };
}

function actor(text: string): { type: string; id: string } {
  const at = text.indexOf(':');
  const [type, id] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
  if (type === '' || id === '') {
    throw new InvalidArgumentError(`${JSON.stringify(text)} is no actor: give <type>:<id>, for example user:42.`);
  }
  return { type, id };
}

/** Sent as typed, since the contract keeps it as typed. */
function checkedTime(text: string): string {
  instant(text);
  return text;
}
