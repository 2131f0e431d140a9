import { Client } from 'pg';

/** Bytes that a database's own tables and their indexes take. */
export interface DatabaseSize {
  readonly tables: number;
  readonly indexes: number;
}

/** The bench's databases: each run works on its own copy of a prepared template, equally vacuumed. */
export class Postgres {
  private constructor(
    private readonly admin: Client,
    private readonly url: string,
  ) {}

  /** @param url of a role that may create databases. */
  static async connect(url: string): Promise<Postgres> {
    const admin = new Client({ connectionString: url });
    await admin.connect();
    return new Postgres(admin, url);
  }

  async close(): Promise<void> {
    await this.admin.end();
  }

  /** Port of the server, for finding its process. */
  get port(): number {
    return Number(new URL(this.url).port || '5432');
  }

  urlOf(database: string): string {
    const url = new URL(this.url);
    url.pathname = `/${database}`;
    return url.href;
  }

  async create(database: string): Promise<string> {
    await this.admin.query(`CREATE DATABASE ${name(database)}`);
    return this.urlOf(database);
  }

  /** Copies a prepared database, then writes everything out, so that no run pays for what was before it. */
  async clone(template: string, database: string): Promise<string> {
    await this.admin.query(`CREATE DATABASE ${name(database)} TEMPLATE ${name(template)} STRATEGY FILE_COPY`);
    await this.admin.query('CHECKPOINT');
    return this.urlOf(database);
  }

  async drop(database: string): Promise<void> {
    await this.admin.query(`DROP DATABASE IF EXISTS ${name(database)} WITH (FORCE)`);
  }

  /** Statistics and visibility as after a quiet night. */
  async vacuum(database: string): Promise<void> {
    await this.query(database, 'VACUUM (FREEZE, ANALYZE)');
  }

  async query<Row>(database: string, sql: string, values: unknown[] = []): Promise<Row[]> {
    const client = new Client({ connectionString: this.urlOf(database) });
    await client.connect();
    try {
      return (await client.query(sql, values)).rows as Row[];
    } finally {
      await client.end();
    }
  }

  async size(database: string): Promise<DatabaseSize> {
    const [row] = await this.query<{ tables: string; indexes: string }>(
      database,
      `SELECT coalesce(sum(pg_table_size(c.oid)), 0) AS tables, coalesce(sum(pg_indexes_size(c.oid)), 0) AS indexes
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')`,
    );
    return {
      tables: Number(row?.tables ?? 0),
      indexes: Number(row?.indexes ?? 0),
    };
  }

  /** Bytes of write-ahead log since the server was made. */
  async walBytes(): Promise<number> {
    const { rows } = await this.admin.query<{ bytes: string }>(
      `SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS bytes`,
    );
    return Number(rows[0]?.bytes ?? 0);
  }

  async setting(key: string): Promise<string> {
    const { rows } = await this.admin.query<{ value: string }>('SELECT current_setting($1) AS value', [key]);
    return rows[0]?.value ?? '';
  }
}

/** Names are made by the bench itself; anything else is refused rather than quoted. */
function name(database: string): string {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(database)) throw new Error(`"${database}" is not a database name of the bench`);
  return database;
}
