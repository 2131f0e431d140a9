import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBench } from './bench.js';
import { printReport, saveReport } from './write-report.js';
import { Broker } from './broker.js';
import { USAGE, isWhole, parseOptions } from './options.js';
import { Postgres } from './postgres.js';
import { locate } from './servers.js';
import { print } from './terminal.js';

/** Started by scripts/bench.mjs with both servers' addresses in the environment. */
async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    print(USAGE);
    return;
  }
  const options = parseOptions(args);
  const broker = await Broker.connect(required('KAFKA_BROKERS').split(','));
  const postgres = await Postgres.connect(required('DATABASE_URL'));
  const folder = options.keepFolder ?? mkdtempSync(join(tmpdir(), 'creditbus-bench-'));
  mkdirSync(folder, { recursive: true });
  try {
    const result = await runBench(locate(broker, postgres), options, folder);
    printReport(result);
    if (isWhole(options)) await saveReport(result, join(__dirname, '..', '..', '..'));
  } finally {
    await Promise.all([broker.close(), postgres.close()]);
    if (options.keepFolder === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set: run it as npm run bench`);
  return value;
}

// Children are killed when this process exits; a signal must end it that way too.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
