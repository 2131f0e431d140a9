import { parseArgs } from 'node:util';

import { integerBetween } from '../input/numbers.js';
import type { DemoOptions } from './demo.js';

export const DEMO_USAGE = `usage: npm run demo [-- options]

Publishes commands to the running local stack, or to one that is started for it, kills the worker in the middle of
them, and verifies that nothing was lost and nothing was applied twice.

  --accounts <n>   accounts to open (1000)
  --commands <n>   records to publish behind them (50000)
  --seed <n>       another seed makes other commands (1)`;

/** Options from the command line; undefined when help was asked for. @throws Error saying what is wrong */
export function demoOptions(args: readonly string[]): DemoOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      accounts: { type: 'string', default: '1000' },
      commands: { type: 'string', default: '50000' },
      seed: { type: 'string', default: '1' },
    },
  });
  if (values.help) return undefined;
  return {
    accounts: numberOf('accounts', 1, 100_000, values.accounts),
    commands: numberOf('commands', 100, 1_000_000, values.commands),
    seed: numberOf('seed', 0, 2 ** 31, values.seed),
  };
}

function numberOf(name: string, min: number, max: number, text: string): number {
  try {
    return integerBetween(min, max)(text);
  } catch (error) {
    throw new Error(`--${name}: ${(error as Error).message}`, { cause: error });
  }
}
