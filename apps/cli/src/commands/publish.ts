import { createReadStream, createWriteStream, statSync, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

import { SingleBar } from 'cli-progress';

import type { CliCommand } from '../command.js';
import type { CliContext } from '../context.js';
import { CliError, UsageError } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import { gatewayOf, withGateway, type GatewayOptions } from '../gateway/options.js';
import { integerBetween } from '../input/numbers.js';
import { note, print } from '../output/printer.js';
import { shown } from '../output/text.js';
import { LineTooLong } from '../publish/lines.js';
import { Publisher } from '../publish/publisher.js';
import { PublishReport } from '../publish/report.js';

interface Options extends GatewayOptions {
  readonly file: string;
  readonly batch: number;
  readonly concurrency: number;
  readonly idPrefix?: string;
  readonly rest?: string;
  readonly progress: boolean;
}

/** Below the gateway's 1 MiB per request, with room for what stands around the commands. */
const REQUEST_BYTES_MAX = 1024 * 1024 - 1024;

/** `publish --file commands.ndjson` */
export function addPublish(program: CliCommand, context: CliContext): void {
  withGateway(
    program
      .command('publish')
      .summary('publish many commands from a file')
      .description(
        'Publishes commands, one JSON object per line (NDJSON), through the gateway in batches. Commands of one account ' +
          'keep their order. Tries again with the same ids. It returns when all are safely on the log, not when they are applied.',
      )
      .requiredOption('--file <path>', 'the file, or - for stdin')
      .option(
        '--id-prefix <text>',
        'line n without an id gets the id <text>n, so that publishing the file again has no second effect (default: a new id)',
      )
      .option('--batch <n>', 'commands per request', integerBetween(1, 1000), 500)
      .option('--concurrency <n>', 'requests at a time', integerBetween(1, 32), 4)
      .option('--rest <path>', 'write the lines that were not accepted there, with their ids')
      .option('--no-progress', 'no progress bar'),
  )
    .example('A file', 'publish --file commands.ndjson')
    .example(
      'From another program; what is refused goes to a file',
      'publish --file - --rest refused.ndjson < commands.ndjson',
    )
    .example('Lines without ids, safe to run again', 'publish --file gift.ndjson --id-prefix gift-2026-12-')
    .action((options: Options) => publish(context, options));
}

async function publish(context: CliContext, options: Options): Promise<void> {
  const gateway = gatewayOf(context, options);
  const { stream, bytes } = openInput(context, options.file);
  const rest = options.rest === undefined ? undefined : await openRest(options.rest);
  const report = new PublishReport();
  const bar = progressBar(context, options, report, bytes);
  const publisher = new Publisher(gateway, report, {
    limits: { commandsMax: options.batch, bytesMax: REQUEST_BYTES_MAX },
    concurrency: options.concurrency,
    idPrefix: options.idPrefix,
    timeoutMs: options.timeout * 1000,
    onRest: (text) => rest?.write(`${text}\n`),
    onProgress: (read) => bar.update(read),
  });
  let failure: CliError | undefined;
  try {
    failure = await publisher.publish(stream);
  } catch (error) {
    failure = inputFailure(error, options.file);
  } finally {
    bar.stop();
    stream.destroy();
    if (rest !== undefined) {
      rest.end();
      await once(rest, 'finish');
    }
  }
  print(context, options, { json: report.toJson(options.file), text: () => report.toText() });
  if (options.output === 'table') noteRefusals(context, report);
  if (failure !== undefined) throw stopped(failure, report, options);
  if (report.refused > 0) context.setExitCode(EXIT.refused);
}

function openInput(context: CliContext, file: string): { stream: Readable; bytes?: number } {
  if (file === '-') return { stream: context.stdin };
  try {
    const stats = statSync(file);
    if (stats.isDirectory()) throw new UsageError(`${file} is a folder.`, 'Give a file with one command per line.');
    return { stream: createReadStream(file), ...(stats.isFile() ? { bytes: stats.size } : {}) };
  } catch (error) {
    throw inputFailure(error, file);
  }
}

async function openRest(path: string): Promise<WriteStream> {
  const stream = createWriteStream(path);
  try {
    await once(stream, 'open');
  } catch (error) {
    throw new UsageError(`${path} can not be written: ${(error as Error).message}.`);
  }
  return stream;
}

function inputFailure(error: unknown, file: string): CliError {
  if (error instanceof CliError) return error;
  if (error instanceof LineTooLong) return new UsageError(`${file}: ${error.message}.`);
  return new UsageError(`${file} can not be read: ${error instanceof Error ? error.message : String(error)}.`);
}

/** On a person's terminal only; on stderr, so that stdout holds nothing but the result. */
function progressBar(
  context: CliContext,
  options: Options,
  report: PublishReport,
  bytes: number | undefined,
): { update(bytesRead: number): void; stop(): void } {
  if (!options.progress || context.stderr.isTTY !== true) return { update: () => undefined, stop: () => undefined };
  const counts = '{accepted} accepted, {refused} refused';
  const format = bytes === undefined ? counts : `{bar} {percentage}% | ${counts}`;
  const bar = new SingleBar({
    format,
    stream: context.stderr,
    hideCursor: true,
    barCompleteChar: '=',
    barIncompleteChar: '-',
    clearOnComplete: true,
    stopOnComplete: false,
  });
  const payload = () => ({ accepted: report.accepted, refused: report.refused });
  bar.start(Math.max(bytes ?? 1, 1), 0, payload());
  return {
    update: (read) => bar.update(bytes === undefined ? 0 : Math.min(read, bytes), payload()),
    stop: () => bar.stop(),
  };
}

function noteRefusals(context: CliContext, report: PublishReport): void {
  for (const refusal of report.firstRefusals) {
    const id = refusal.commandId === undefined ? '' : ` (${shown(refusal.commandId)})`;
    note(context, `line ${refusal.line}${id}: ${refusal.code}: ${shown(refusal.message)}`);
  }
  const more = report.refused - report.firstRefusals.length;
  if (more > 0) note(context, `… and ${more} more`);
}

function stopped(failure: CliError, report: PublishReport, options: Options): CliError {
  if (failure.exitCode === EXIT.usage) return failure;
  const again =
    options.rest !== undefined
      ? `What was not accepted is in ${options.rest}; publishing that file again is safe.`
      : report.newIds > 0
        ? 'Lines without an id got new ones, so publishing the file again would apply those that were accepted twice. Use --rest or --id-prefix.'
        : 'Publishing the file again is safe: each command keeps its id.';
  const hint = failure.options.hint === undefined ? again : `${failure.options.hint}\n${again}`;
  return new CliError(failure.message, failure.exitCode, { ...failure.options, hint });
}
