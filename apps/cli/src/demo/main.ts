import { parseArgs } from 'node:util';

import { EXIT } from '../exit-codes.js';
import { explain } from '../failure.js';
import { integerBetween } from '../input/numbers.js';
import { readStackFile } from '../stack-file.js';
import { Demo, type DemoOptions } from './demo.js';
import { demoText } from './demo-text.js';

const USAGE = 'usage: npm run demo [-- --accounts 1000 --commands 50000 --seed 1]';

function optionsFrom(args: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      accounts: { type: 'string', default: '1000' },
      commands: { type: 'string', default: '50000' },
      seed: { type: 'string', default: '1' },
    },
  });
  return {
    accounts: integerBetween(1, 100_000)(values.accounts),
    commands: integerBetween(100, 1_000_000)(values.commands),
    seed: integerBetween(0, 2 ** 31)(values.seed),
  };
}

async function main(): Promise<number> {
  let options: DemoOptions;
  try {
    options = optionsFrom(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${USAGE}\n`);
    return EXIT.usage;
  }
  const stack = readStackFile();
  if (stack === undefined) {
    process.stderr.write('no local stack runs; `npm run demo` starts one\n');
    return EXIT.unreachable;
  }
  try {
    const result = await Demo.run(stack, options, (line) => process.stdout.write(`demo: ${line}\n`));
    process.stdout.write(`\n${demoText(result)}\n\n`);
    const violated = result.verdicts.filter(({ holds }) => !holds).length;
    process.stdout.write(violated === 0 ? 'All invariants hold.\n' : `${violated} VIOLATED.\n`);
    return violated === 0 ? EXIT.ok : EXIT.refused;
  } catch (error) {
    const failure = explain(error);
    process.stderr.write(`demo: ${failure.message}\n`);
    return failure.exitCode;
  }
}

void main().then((exitCode) => {
  process.exitCode = exitCode;
});
