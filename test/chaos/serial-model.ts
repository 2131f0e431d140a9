import { type Decoded, decodeCommand, deriveObjectId } from '@app/contracts';
import {
  type Account,
  type Applied,
  type Balances,
  BUILT_IN_CREDIT_TYPE,
  decide,
  type DecisionState,
  type Rejected,
} from '@app/domain';
import type { Deployment } from '../deployment/deployment.js';
import type { TailedRecord, TopicTail } from '../deployment/topic-tail.js';

/** What a ledger row says of a decision; everything as text or null. */
interface Outcome {
  readonly code: string;
  readonly cause: string;
  readonly version: string | null;
  readonly requested: string | null;
  readonly applied: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly recorded_at: string;
  readonly message: string | null;
  readonly details: string | null;
}

interface Row extends Outcome {
  readonly tenant_id: string;
  readonly account_key: string;
  readonly command_id: string;
  readonly log_partition: number;
  readonly log_offset: string;
}

interface LoggedCommand extends Decoded {
  readonly appendedAt: number;
}

/**
 * The serial model of any number of workers on wrongly keyed records. Applied entries, one by one in the order of
 * their versions, are what `decide` makes of the account that the one before left. A rejection is what `decide`
 * makes of the account as it really was at some time between the neighbours of its record: not before an earlier
 * record of its partition was decided, nor after a later one was. All columns are compared, messages included.
 */
export async function expectSerial(deployment: Deployment, commandsTail: TopicTail): Promise<void> {
  const commands = await commandsOf(deployment, commandsTail);
  const rows = await rowsOf(deployment);
  expectEveryCommandOnce(commands, rows);
  for (const ofAccount of groupedBy(rows, ({ tenant_id, account_key }) => `${tenant_id} ${account_key}`)) {
    const history = replayApplied(ofAccount, commands);
    for (const ofPartition of groupedBy(ofAccount, ({ log_partition }) => String(log_partition))) {
      expectRejectionsBetweenNeighbours(ofPartition, commands, history);
    }
  }
}

/** I3: every command id has one row, and it is that of one of its records. */
function expectEveryCommandOnce(commands: ReadonlyMap<string, LoggedCommand>, rows: readonly Row[]): void {
  const published = [...commands.values()].map(({ command }) => `${command.tenantId} ${command.id}`);
  const recorded = rows.map((row) => `${row.tenant_id} ${row.command_id}`);
  expect(recorded).toHaveLength(new Set(recorded).size);
  expect(new Set(recorded)).toEqual(new Set(published));
  expect(rows.map((row) => commandAt(commands, row).command.id)).toEqual(rows.map((row) => row.command_id));
}

/** Checks versions 1..n and every applied row. Answers the account by version; before the first there is none. */
function replayApplied(rows: readonly Row[], commands: ReadonlyMap<string, LoggedCommand>): (Account | undefined)[] {
  const history: (Account | undefined)[] = [undefined];
  const applied = rows.filter(({ version }) => version !== null);
  for (const row of applied.sort((a, b) => Number(a.version) - Number(b.version))) {
    const decision = decisionOn(history.at(-1), commandAt(commands, row));
    expect({ row, outcome: outcomeOf(row) }).toEqual({ row, outcome: outcomeFrom(decision) });
    if (decision.status === 'applied') history.push(decision.account);
  }
  return history;
}

function expectRejectionsBetweenNeighbours(
  rows: readonly Row[],
  commands: ReadonlyMap<string, LoggedCommand>,
  history: readonly (Account | undefined)[],
): void {
  let reached = 0;
  for (const row of [...rows].sort((a, b) => Number(a.log_offset) - Number(b.log_offset))) {
    if (row.version !== null) {
      expect(Number(row.version)).toBeGreaterThan(reached);
      reached = Number(row.version);
      continue;
    }
    const command = commandAt(commands, row);
    const recorded = JSON.stringify(outcomeOf(row));
    const explains = (account: Account | undefined): boolean =>
      JSON.stringify(outcomeFrom(decisionOn(account, command))) === recorded;
    // The earliest state that explains it leaves the most room to the rejections behind it.
    const version = history.findIndex((account, at) => at >= reached && explains(account));
    if (version === -1) {
      throw new Error(
        `no state from version ${reached} on explains ${JSON.stringify(row)}; of all states, ` +
          `version ${history.findIndex(explains)} does (-1: none)`,
      );
    }
    reached = version;
  }
}

function decisionOn(account: Account | undefined, { command, appendedAt }: LoggedCommand): Applied | Rejected {
  const state: DecisionState = {
    creditType: BUILT_IN_CREDIT_TYPE,
    externalIdTaken: false,
    deriveId: deriveObjectId,
    ...(account !== undefined && { account }),
  };
  const decision = decide(state, command, appendedAt);
  if (decision.status === 'applied' || decision.status === 'rejected') return decision;
  throw new Error(`the model knows no ${command.type}: ${decision.status}`);
}

function outcomeFrom(decision: Applied | Rejected): Outcome {
  const applied = decision.status === 'applied' ? decision : undefined;
  const rejected = decision.status === 'rejected' ? decision : undefined;
  return {
    code: decision.code,
    cause: decision.cause,
    version: textOf(applied?.account.version),
    requested: textOf(decision.requested),
    applied: textOf(applied?.applied),
    before: balancesText(decision.before),
    after: balancesText(applied?.after),
    recorded_at: String(decision.at),
    message: rejected?.message ?? null,
    details: rejected?.details === undefined ? null : JSON.stringify(rejected.details),
  };
}

function outcomeOf(row: Row): Outcome {
  const { code, cause, version, requested, applied, before, after, recorded_at, message, details } = row;
  return { code, cause, version, requested, applied, before, after, recorded_at, message, details };
}

function balancesText(balances: Balances | undefined): string | null {
  if (balances === undefined) return null;
  const { balance, held, available, unlimited } = balances;
  return `${balance} ${held} ${available} ${unlimited}`;
}

function textOf(value: bigint | string | undefined): string | null {
  return value === undefined ? null : String(value);
}

function rowsOf(deployment: Deployment): Promise<Row[]> {
  const balances = (moment: string): string =>
    `case when ${moment}_balance is not null then concat_ws(' ', ${moment}_balance, ${moment}_held, ${moment}_available,
       ${moment}_unlimited::text) end as ${moment}`;
  return deployment.sql<Row>(
    `select tenant_id, account_key, coalesce(command_id, command_key::text) as command_id, log_partition, log_offset,
            code, cause, version, coalesce(requested::text, requested_as_sent) as requested, applied,
            ${balances('before')}, ${balances('after')},
            (extract(epoch from recorded_at) * 1000)::bigint as recorded_at, message, details::text
       from ledger_entries`,
  );
}

/** Everything on the commands topic, by partition and offset. */
async function commandsOf(deployment: Deployment, tail: TopicTail): Promise<Map<string, LoggedCommand>> {
  const { commands } = deployment.topics;
  const ranges = await deployment.admin.logRanges(commands);
  const count = [...ranges.values()].reduce((sum, { end }) => sum + Number(end), 0);
  const records = await tail.waitFor(commands, ({ length }) => length >= count);
  return new Map(records.map((record) => [`${record.partition}@${record.offset}`, decoded(record)]));
}

function decoded(record: TailedRecord): LoggedCommand {
  const result = decodeCommand(record);
  if (!result.ok)
    throw new Error(`the record at ${record.partition}@${record.offset} is no command: ${result.message}`);
  return { ...result, appendedAt: record.timestampMs };
}

function commandAt(commands: ReadonlyMap<string, LoggedCommand>, row: Row): LoggedCommand {
  const command = commands.get(`${row.log_partition}@${row.log_offset}`);
  if (command === undefined) throw new Error(`${row.log_partition}@${row.log_offset} has a row, but no record`);
  return command;
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
