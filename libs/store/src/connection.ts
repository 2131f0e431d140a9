/** TLS to Postgres; certificates and key as PEM. */
export interface TlsSettings {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** Default true: the server's certificate must be valid and name the host. */
  readonly rejectUnauthorized?: boolean;
}

/** How to reach Postgres. */
export interface ConnectionOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  /** Connections at most. */
  readonly poolSize?: number;
  /** true: with the system's certificate authorities. It wins over what the URL says. Absent: what the URL says (`sslmode`). */
  readonly tls?: TlsSettings | boolean;
  /** Absent: the role's (30 s for the worker, 5 s for the gateway). */
  readonly statementTimeoutMs?: number;
  /** How long to wait for a connection, new or free. Default 5 s. */
  readonly connectTimeoutMs?: number;
  /** How long a statement may stay without an answer, whoever is to blame; then its connection is closed. Absent: for ever. */
  readonly answerTimeoutMs?: number;
}

export const POOL_SIZE_DEFAULT = 10;
const CONNECT_TIMEOUT_MS = 5_000;
const KEEP_ALIVE_DELAY_MS = 10_000;

/** The options in the words of `pg.Pool`; TypeORM hands them on to it as `extra`. */
export function poolConfig(options: ConnectionOptions) {
  const { url, applicationName, poolSize, tls, statementTimeoutMs, connectTimeoutMs, answerTimeoutMs } = options;
  return {
    connectionString: tls === undefined ? url : withoutTlsMode(url),
    application_name: applicationName,
    max: poolSize ?? POOL_SIZE_DEFAULT,
    connectionTimeoutMillis: connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
    ...(tls === undefined ? {} : { ssl: tls }),
    ...(statementTimeoutMs === undefined ? {} : { statement_timeout: statementTimeoutMs }),
    // Only a pipelined connection is closed by pg; any other would be used again, perhaps within a transaction of before.
    ...(answerTimeoutMs === undefined ? {} : { query_timeout: answerTimeoutMs, pipeline: true }),
  };
}

/** pg lets a URL's `sslmode` win over the settings, `disable` too; those that are given must hold. */
function withoutTlsMode(url: string): string {
  const stripped = new URL(url);
  for (const name of ['sslmode', 'ssl']) stripped.searchParams.delete(name);
  return stripped.href;
}
