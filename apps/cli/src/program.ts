import { CliCommand } from './command.js';
import { addAccounts } from './commands/accounts/index.js';
import { addCommands } from './commands/commands/index.js';
import { addCreditTypes } from './commands/credit-types/index.js';
import { addCredits } from './commands/credits/index.js';
import { addDoctor } from './commands/doctor.js';
import { addEntries } from './commands/entries.js';
import { addGrants } from './commands/grants/index.js';
import { addHolds } from './commands/holds/index.js';
import { addKeys } from './commands/keys/index.js';
import { addMigrate } from './commands/migrate/index.js';
import { addProgress } from './commands/progress/index.js';
import { addPublish } from './commands/publish.js';
import { addSchedules } from './commands/schedules/index.js';
import { addTopics } from './commands/topics/index.js';
import { addTenants } from './commands/tenants/index.js';
import type { CliContext } from './context.js';

/** Shown at the end of the program's help and in docs/cli.md. */
export const EXIT_CODE_HELP = `Exit codes:
  0  done
  1  refused: rejected, not found, not allowed, or an invariant is violated
  2  the command line or an input file can not be understood; nothing was sent
  3  gateway, Postgres or Kafka can not be reached, or did not answer in time`;

export const SETTINGS_HELP = `Where it connects:
  Commands on accounts, credits and credit types talk to the gateway: --api-url/CREDITBUS_API_URL with --api-key/CREDITBUS_API_KEY.
  Administration talks to DATABASE_URL and KAFKA_BROKERS.
  What is not given is taken from the local stack while \`npm start\` runs (.creditbus/stack.json).
  NO_COLOR=1 switches colours off, CREDITBUS_DEBUG=1 prints where an error came from.`;

/** The whole command tree. A command is added by one function in one file under `commands/`. */
export function buildProgram(context: CliContext): CliCommand {
  const program = new CliCommand('creditbus');
  program
    .description('Credit balances for other services: accounts, credits, administration.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      getOutHasColors: () => context.stdout.isTTY === true,
      getErrHasColors: () => context.stderr.isTTY === true,
      getOutHelpWidth: () => context.stdout.columns ?? 100,
      getErrHelpWidth: () => context.stderr.columns ?? 100,
    })
    .showHelpAfterError('Add --help for the options and examples.')
    .addHelpText('after', () => `\n${SETTINGS_HELP}\n\n${EXIT_CODE_HELP}`);
  program
    .example('Open an account and use it', 'accounts open key_1 --initial 1000')
    .example('Take 3 credits', 'credits delta key_1 -3 --reason usage')
    .example('See why it changed', 'entries key_1');
  addAccounts(program, context);
  addCredits(program, context);
  addGrants(program, context);
  addHolds(program, context);
  addSchedules(program, context);
  addCreditTypes(program, context);
  addEntries(program, context);
  addCommands(program, context);
  addPublish(program, context);
  addTenants(program, context);
  addKeys(program, context);
  addMigrate(program, context);
  addTopics(program, context);
  addProgress(program, context);
  addDoctor(program, context);
  return program;
}
