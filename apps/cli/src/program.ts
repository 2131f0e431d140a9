import { CliCommand } from './command.js';
import { addAccounts } from './commands/accounts/index.js';
import { addApi } from './commands/api/index.js';
import { addCommands } from './commands/commands/index.js';
import { addCreditTypes } from './commands/credit-types/index.js';
import { addCredits } from './commands/credits/index.js';
import { addDeadLetters } from './commands/dead-letters/index.js';
import { addDoctor } from './commands/doctor.js';
import { addEntries } from './commands/entries.js';
import { addEvents } from './commands/events/index.js';
import { addGrants } from './commands/grants/index.js';
import { addHolds } from './commands/holds/index.js';
import { addKeys } from './commands/keys/index.js';
import { addMigrate } from './commands/migrate/index.js';
import { addProgress } from './commands/progress/index.js';
import { addPublish } from './commands/publish.js';
import { addSchedules } from './commands/schedules/index.js';
import { addTopics } from './commands/topics/index.js';
import { addTenants } from './commands/tenants/index.js';
import { applyConfig } from './config/apply-config.js';
import type { CliContext } from './context.js';
import { EXIT_CODE_HELP, SETTINGS_HELP } from './program-help.js';
import { packageVersion } from './version.js';

/** How a program is made; what is not given is as people run it. */
export interface ProgramOptions {
  /** Commander says nothing about a command line that it can't understand: the caller does. */
  readonly quiet?: boolean;
  /** Told before a command runs, when its options are settled. */
  readonly onCommand?: (command: CliCommand) => void;
}

/** The whole command tree. A command is added by one function in one file under `commands/`. */
export function buildProgram(given: CliContext, { quiet = false, onCommand }: ProgramOptions = {}): CliCommand {
  // A copy, because the configuration file completes it.
  const env = { ...given.env };
  const context: CliContext = { ...given, env };
  const program = new CliCommand('creditbus');
  program
    .description('Credit balances for other services: accounts, credits, administration.')
    .usage('<command> [options]')
    .version(packageVersion(), '-V, --version', 'print the version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => quiet || context.stderr.write(text),
      getOutHasColors: () => context.stdout.isTTY === true,
      getErrHasColors: () => context.stderr.isTTY === true,
      getOutHelpWidth: () => context.stdout.columns ?? 100,
      getErrHelpWidth: () => context.stderr.columns ?? 100,
    })
    .showHelpAfterError('See `creditbus --help`.')
    .hook('preAction', (_program, command) => {
      if (!(command instanceof CliCommand)) return;
      applyConfig(command, context, env);
      onCommand?.(command);
    });
  program
    .remark(SETTINGS_HELP)
    .remark(EXIT_CODE_HELP)
    .example('Open an account and use it', 'accounts open key_1 --initial 1000')
    .example('Take 3 credits', 'credits delta key_1 -3 --reason usage')
    .example('See why it changed', 'entries key_1');
  program.commandsGroup('Credits, through the gateway:');
  addAccounts(program, context);
  addCredits(program, context);
  addGrants(program, context);
  addHolds(program, context);
  addSchedules(program, context);
  addCreditTypes(program, context);
  addEntries(program, context);
  addCommands(program, context);
  addPublish(program, context);
  addApi(program, context);
  program.commandsGroup('Administration, of Postgres and Kafka:');
  addTenants(program, context);
  addKeys(program, context);
  addMigrate(program, context);
  addTopics(program, context);
  addProgress(program, context);
  addDoctor(program, context);
  addDeadLetters(program, context);
  addEvents(program, context);
  program.commandsGroup('Help:').helpCommand('help [command]', 'show the help of a command');
  return program;
}
