import { Client, type Pool } from 'pg';

/** A column of the ledger; which there are is read from the database, so that the floor always writes the same rows. */
interface Column {
  readonly name: string;
  readonly type: string;
}

type Values = readonly (string | null)[];

/** Rows of one transaction, as one array per column. */
export interface FloorChunk {
  readonly entries: number;
  readonly entryColumns: readonly Values[];
  /** tenant, account key, version, balance, time: the newest of each account in the chunk. */
  readonly accountColumns: readonly Values[];
  readonly partition: number;
  readonly nextOffset: string;
}

interface EntryRow {
  readonly partition: number;
  readonly offset: string;
  readonly account: readonly [
    tenantId: string,
    accountKey: string,
    version: string,
    balance: string,
    recordedAt: string,
  ];
  readonly values: Values;
}

/** The rows of a finished run and the two plain statements that write them again. */
export class FloorTables {
  private readonly insertEntries: string;

  private constructor(
    columns: readonly Column[],
    /** Chunks by partition, in the log's order. */
    readonly partitions: ReadonlyMap<number, readonly FloorChunk[]>,
  ) {
    const names = columns.map(({ name }) => name).join(', ');
    const values = columns.map(({ type }, index) => `unnest($${index + 1}::${type}[])`).join(', ');
    this.insertEntries = `INSERT INTO ledger_entries (${names}) SELECT ${values}`;
  }

  /** Reads all `credit.delta` entries that were applied. */
  static async read(url: string, chunkRecords: number): Promise<FloorTables> {
    const client = new Client({ connectionString: url });
    await client.connect();
    const { rows: columns } = await client.query<Column>(
      `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
       WHERE attrelid = 'ledger_entries'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    );
    const { rows } = await client.query<EntryRow>(
      `SELECT log_partition AS partition, log_offset AS "offset",
              ARRAY[tenant_id, account_key::text, version::text, after_balance::text, recorded_at::text] AS account,
              ARRAY[${columns.map(({ name }) => `${name}::text`).join(', ')}] AS values
       FROM ledger_entries WHERE command_type = 'credit.delta' AND version IS NOT NULL
       ORDER BY log_partition, log_offset`,
    );
    await client.end();
    return new FloorTables(columns, chunksByPartition(rows, chunkRecords));
  }

  /** One transaction: entries, accounts, position. */
  async write(pool: Pool, chunk: FloorChunk): Promise<void> {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query({ name: 'entries', text: this.insertEntries, values: [...chunk.entryColumns] });
      await client.query({ name: 'accounts', text: UPDATE_ACCOUNTS, values: [...chunk.accountColumns] });
      await client.query({ name: 'progress', text: UPDATE_PROGRESS, values: [chunk.partition, chunk.nextOffset] });
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  }
}

const UPDATE_ACCOUNTS = `
  UPDATE accounts AS a SET version = n.version, base = n.balance, balance = n.balance, updated_at = n.recorded_at
  FROM (SELECT unnest($1::text[]) AS tenant_id, unnest($2::uuid[]) AS account_key, unnest($3::int8[]) AS version,
               unnest($4::int8[]) AS balance, unnest($5::timestamptz[]) AS recorded_at) AS n
  WHERE a.tenant_id = n.tenant_id AND a.account_key = n.account_key`;

const UPDATE_PROGRESS = `UPDATE progress SET next_offset = $2, updated_at = now() WHERE partition = $1`;

function chunksByPartition(rows: readonly EntryRow[], chunkRecords: number): Map<number, FloorChunk[]> {
  const partitions = new Map<number, FloorChunk[]>();
  let chunk: EntryRow[] = [];
  const close = (): void => {
    const partition = chunk[0]?.partition;
    if (partition === undefined) return;
    partitions.set(partition, [...(partitions.get(partition) ?? []), chunkOf(partition, chunk)]);
    chunk = [];
  };
  for (const row of rows) {
    if (chunk.length === chunkRecords || chunk[0]?.partition !== row.partition) close();
    chunk.push(row);
  }
  close();
  return partitions;
}

function chunkOf(partition: number, rows: readonly EntryRow[]): FloorChunk {
  const newest = new Map(rows.map(({ account }) => [account[1], account]));
  // Sorted, so that two transactions with accounts in common never wait for each other in a circle.
  const accounts = [...newest.values()].sort(([, a], [, b]) => (a < b ? -1 : 1));
  return {
    entries: rows.length,
    entryColumns: transpose(rows.map(({ values }) => values)),
    accountColumns: transpose(accounts),
    partition,
    nextOffset: String(BigInt(rows.at(-1)?.offset ?? '0') + 1n),
  };
}

function transpose(rows: readonly Values[]): Values[] {
  return (rows[0] ?? []).map((_, column) => rows.map((values) => values[column] ?? null));
}
