import { EXIT } from '../exit-codes.js';
import { explain } from '../failure.js';
import { readStackFile } from '../stack-file.js';
import { Demo, type DemoOptions } from './demo.js';
import { demoText } from './demo-text.js';
import { WorkerProcess } from './worker-process.js';
import { DEMO_USAGE, demoOptions } from './options.js';

/** `--check`: only says whether the arguments are in order, so that no stack is started for a typing mistake. */
const CHECK_ONLY = '--check';

async function main(args: readonly string[]): Promise<number> {
  let options: DemoOptions | undefined;
  try {
    options = demoOptions(args.filter((arg) => arg !== CHECK_ONLY));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${DEMO_USAGE}\n`);
    return EXIT.usage;
  }
  if (options === undefined) {
    process.stdout.write(`${DEMO_USAGE}\n`);
    return EXIT.ok;
  }
  return args.includes(CHECK_ONLY) ? EXIT.ok : run(options);
}

async function run(options: DemoOptions): Promise<number> {
  const stack = readStackFile();
  if (stack === undefined) {
    process.stderr.write('no local stack runs; `npm run demo` starts one\n');
    return EXIT.unreachable;
  }
  try {
    const env = { ...process.env, KAFKA_BROKERS: stack.kafkaBrokers, DATABASE_URL: stack.databaseUrl };
    const say = (line: string): unknown => process.stdout.write(`demo: ${line}\n`);
    const result = await Demo.run({ env, worker: new WorkerProcess(), say }, options);
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

void main(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
