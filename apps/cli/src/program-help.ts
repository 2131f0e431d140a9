import { CONFIG_FIELDS, type ConfigFile } from './config/config-file.js';

/** Shown at the end of the program's help and in docs/cli.md. */
export const EXIT_CODE_HELP = `Exit codes of every command:
  0  done
  1  refused: rejected, not found, not allowed, or an invariant is violated
  2  the command line, the configuration or an input file can not be understood; nothing was sent
  3  gateway, Postgres or Kafka can not be reached, or did not answer in time`;

/** Shown in docs/cli.md. */
export const CONFIG_EXAMPLE = {
  apiUrl: 'https://credits.example.com',
  apiKey: 'cb_…',
  output: 'table',
  timeout: 15,
  wait: 10,
  environment: { DATABASE_URL: 'postgres://owner:…@db/creditbus', KAFKA_BROKERS: 'kafka-1:9092,kafka-2:9092' },
} as const satisfies ConfigFile;

export const SETTINGS_HELP = `Where settings come from, the first that has one:
  1. options
  2. the environment: CREDITBUS_API_URL, CREDITBUS_API_KEY, CREDITBUS_OUTPUT, CREDITBUS_TIMEOUT; administration reads
     DATABASE_URL, KAFKA_BROKERS and the others of docs/configuration.md
  3. the configuration file: --config or CREDITBUS_CONFIG, else creditbus/config.json in $XDG_CONFIG_HOME or ~/.config.
     A JSON object with any of ${CONFIG_FIELDS.join(', ')}; "environment" holds variables
     of 2. for administration. With a secret in it nobody else should be able to read it (chmod 600).
  4. the local stack, while \`npm start\` runs (.creditbus/stack.json)
  NO_COLOR=1 switches colours off, CREDITBUS_DEBUG=1 prints where an error came from.`;
