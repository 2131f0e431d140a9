import { withDatabase } from '../admin/database.js';
import { withKafka, type Brokers } from '../admin/kafka.js';
import { requireTenant } from '../admin/require-tenant.js';
import { kafkaIsNamed } from '../admin/settings.js';
import type { CliCommand } from '../command.js';
import type { CliContext } from '../context.js';
import { examineEntries, examineProgress, type DoctorOptions } from '../doctor/doctor.js';
import { notChecked, type Finding } from '../doctor/finding.js';
import { Unreachable } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import { integerBetween } from '../input/numbers.js';
import { tenantId } from '../input/tenant-id.js';
import { instantOrDuration } from '../input/time.js';
import { note, print, styled, withOutput, type OutputOptions } from '../output/printer.js';
import { table } from '../output/table.js';
import { shown } from '../output/text.js';

interface Options extends OutputOptions {
  readonly tenant?: string;
  readonly since?: number;
  readonly bound: number;
  readonly kafka: boolean;
}

/** `doctor`: are all invariants true right now? */
export function addDoctor(program: CliCommand, context: CliContext): void {
  withOutput(
    program
      .command('doctor')
      .summary('check the invariants')
      .description(
        'Checks that the ledger explains every balance (I1 to I4, from Postgres) and, when Kafka can be reached, that ' +
          'entries and events belong together (I5, I6) and the log is being applied (I7). Reads everything and writes ' +
          'nothing; the system may work meanwhile. Exits with 1 on a violation.',
      )
      .option('--tenant <tenantId>', 'only this tenant (I1 to I6)', tenantId)
      .option(
        '--since <time>',
        'only events published since: RFC 3339, or a duration ago such as 1h',
        instantOrDuration(-1),
      )
      .option('--bound <seconds>', 'I7: how long a partition may take to get ahead', integerBetween(0, 3600), 15)
      .option('--no-kafka', 'only what Postgres tells (I1 to I4)'),
  )
    .example('Everything', 'doctor')
    .example('One tenant, recent events, for a script', 'doctor --tenant acme --since 1h --output json')
    .action((options: Options) => examine(context, options));
}

async function examine(context: CliContext, options: Options): Promise<void> {
  const doctorOptions: DoctorOptions = {
    tenantId: options.tenant,
    sinceMs: options.since,
    boundMs: options.bound * 1000,
  };
  const findings = await withDatabase(context, async (dataSource) => {
    if (options.tenant !== undefined) await requireTenant(dataSource, options.tenant);
    const everything = async (brokers: Brokers): Promise<readonly Finding[]> => [
      ...(await examineEntries(dataSource, brokers, doctorOptions)),
      await examineProgress(dataSource, brokers, doctorOptions),
    ];
    const ledgerOnly = async (why: string): Promise<readonly Finding[]> => [
      ...(await examineEntries(dataSource, undefined, doctorOptions)),
      ...(['I5', 'I6', 'I7'] as const).map((invariant) => notChecked(invariant, why)),
    ];
    if (!options.kafka) return ledgerOnly('--no-kafka');
    if (!kafkaIsNamed(context)) return ledgerOnly('KAFKA_BROKERS is not set');
    return withKafka(context, everything).catch((error: unknown) => {
      if (error instanceof Unreachable) return ledgerOnly(error.message);
      throw error;
    });
  });
  print(context, options, { json: { findings }, text: () => findingsText(context, findings) });
  const violated = findings.filter(({ verdict }) => verdict === 'violated');
  if (options.output === 'table') for (const found of violated) noteExamples(context, found);
  if (violated.length > 0) context.setExitCode(EXIT.refused);
}

function findingsText(context: CliContext, findings: readonly Finding[]): string {
  const style = { holds: 'green', violated: 'red', 'not checked': 'yellow' } as const;
  return table<Finding>(
    [
      { title: '', value: ({ invariant }) => invariant },
      { title: 'RULE', value: ({ rule }) => rule },
      {
        title: 'VERDICT',
        value: ({ verdict, violations }) => (violations === 0 ? verdict : `${verdict} (${violations})`),
      },
      { title: 'CHECKED', value: ({ checked }) => checked },
    ],
    findings,
  )
    .split('\n')
    .map((line, index) => {
      const found = findings[index - 1];
      return found === undefined
        ? line
        : // Two blanks stand before a column; a rule's own words have one.
          line.replace(
            `  ${found.verdict}`,
            `  ${styled(context, context.stdout, style[found.verdict], found.verdict)}`,
          );
    })
    .join('\n');
}

function noteExamples(context: CliContext, { invariant, examples, violations }: Finding): void {
  note(context, `${invariant}:`);
  for (const example of examples) note(context, `  ${shown(example)}`);
  if (violations > examples.length) note(context, `  … and ${violations - examples.length} more`);
}
