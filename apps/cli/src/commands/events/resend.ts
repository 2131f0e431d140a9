import type { LogProducer } from '@app/messaging';
import { LedgerSnapshot, type OutcomeFilter } from '@app/store';

import { withDatabase } from '../../admin/database.js';
import { type Brokers, withKafka } from '../../admin/kafka.js';
import { withProducer } from '../../admin/producer.js';
import { requireTenant } from '../../admin/require-tenant.js';
import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { UsageError } from '../../errors.js';
import { tenantId } from '../../input/tenant-id.js';
import { instantOrDuration } from '../../input/time.js';
import { note, print, withOutput, type OutputOptions } from '../../output/printer.js';
import { table } from '../../output/table.js';
import { eventsOf } from '../../resend/events-of.js';

interface Options extends OutputOptions {
  readonly tenant?: string;
  readonly account?: string;
  readonly creditType?: string;
  readonly from?: number;
  readonly to?: number;
  readonly all?: true;
  readonly yes?: true;
}

/** `events resend` */
export function addResend(parent: CliCommand, context: CliContext): void {
  withOutput(
    parent
      .command('resend')
      .summary('publish events again, from the ledger')
      .description(
        'Publishes the events of entries again, made from the ledger with the same ids, versions and data (without trace ' +
          "context), each account's in order: for consumers that lost events, or a topic that was made anew. Consumers " +
          'drop what they have by id or version. Without --yes it only counts. The system may work meanwhile.',
      )
      .option('--tenant <tenantId>', 'only entries of this tenant', tenantId)
      .option('--account <accountId>', 'only entries of this account; needs --tenant')
      .option('--credit-type <type>', 'credit type of the account (default: credits)')
      .option('--from <time>', 'recorded at or after: RFC 3339, or a duration ago such as 7d', instantOrDuration(-1))
      .option('--to <time>', 'recorded before', instantOrDuration(-1))
      .option('--all', 'every entry that there is')
      .option('--yes', 'yes, publish them'),
  )
    .example('How many events the last two hours made', 'events resend --from 2h')
    .example('Publish them again', 'events resend --from 2h --yes')
    .example("One account's, from its first entry", 'events resend --tenant acme --account key_1 --yes')
    .action((options: Options) => resend(context, options));
}

async function resend(context: CliContext, options: Options): Promise<void> {
  const filter = filterOf(options);
  const counts = new Map<string, number>();
  await withDatabase(context, (dataSource) =>
    withKafka(context, async (brokers) => {
      if (options.tenant !== undefined) await requireTenant(dataSource, options.tenant);
      const publish = (producer?: LogProducer): Promise<void> =>
        LedgerSnapshot.read(
          dataSource,
          (snapshot) => publishAll(snapshot, filter, brokers, counts, producer),
          options.tenant,
        );
      await (options.yes === true ? withProducer(brokers, publish) : publish());
    }),
  );
  const isSent = options.yes === true;
  const rows = [...counts].map(([topic, events]) => ({ topic, events }));
  print(context, options, {
    json: { sent: isSent, data: rows },
    text: () =>
      table(
        [
          { title: 'TOPIC', value: ({ topic }) => topic },
          { title: 'EVENTS', value: ({ events }) => events, align: 'right' },
        ],
        rows,
      ),
  });
  if (options.output === 'table' && !isSent) note(context, 'Nothing was published. Say --yes to publish them again.');
}

async function publishAll(
  snapshot: LedgerSnapshot,
  filter: OutcomeFilter,
  { settings }: Brokers,
  counts: Map<string, number>,
  producer: LogProducer | undefined,
): Promise<void> {
  for await (const page of snapshot.outcomes(filter)) {
    const events = eventsOf(page, settings.topics);
    await producer?.send(events);
    for (const { topic, records } of events) counts.set(topic, (counts.get(topic) ?? 0) + records.length);
  }
}

/** @throws UsageError when the options choose nothing, or half of an account's name */
function filterOf({ tenant, account, creditType, from, to, all }: Options): OutcomeFilter {
  if ([tenant, account, from, to, all].every((value) => value === undefined)) {
    throw new UsageError('which entries?', 'Choose some by tenant, account or time, or say --all.');
  }
  const time = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  if (account === undefined) {
    if (creditType !== undefined) throw new UsageError('--credit-type is that of an account.', 'Give --account, too.');
    return time;
  }
  if (tenant === undefined) throw new UsageError('an account belongs to a tenant.', 'Give --tenant, too.');
  return { ...time, account: { tenantId: tenant, accountId: account, creditType: creditType ?? 'credits' } };
}
