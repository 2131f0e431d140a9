import type { ConfigProblem } from '../config-error.js';
import { flag, pemFile, postgresUrl, whole } from '../kinds.js';
import { optional, required, withDefault, type Values } from '../variable.js';

export const DATABASE_VARIABLES = {
  DATABASE_URL: required(
    postgresUrl,
    'The database. Worker, gateway and CLI each log in as a role of their own: `creditbus_worker`, `creditbus_gateway`, and the owner for the CLI.',
  ),
  DATABASE_SSL: withDefault(flag, 'false', 'TLS to Postgres. Off: what the URL says (`sslmode`).'),
  DATABASE_SSL_CA_FILE: optional(pemFile, "Certificate authority of Postgres; without it the system's are used."),
  DATABASE_SSL_CERT_FILE: optional(pemFile, 'Client certificate, where Postgres asks for one.'),
  DATABASE_SSL_KEY_FILE: optional(pemFile, "The client certificate's private key.", { secret: true }),
  DATABASE_SSL_VERIFY: withDefault(flag, 'true', "Whether Postgres' certificate must be valid. Off only for trials."),
  DATABASE_POOL_MAX: withDefault(whole(1, 200), '10', 'Most connections of one process.'),
  DATABASE_CONNECT_TIMEOUT_MS: withDefault(
    whole(100, 60_000, 'ms'),
    '5000',
    'Longest wait for a connection, a free one of the pool included.',
  ),
} as const;

/** How to reach Postgres; certificates as PEM contents. With an `applicationName` it fits `ConnectionOptions` of @app/store. */
export interface DatabaseConfig {
  readonly url: string;
  /** Absent: what the URL says (`sslmode`). */
  readonly tls?: DatabaseTls;
  readonly poolSize: number;
  readonly connectTimeoutMs: number;
}

export interface DatabaseTls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly rejectUnauthorized: boolean;
}

type DatabaseValues = Values<typeof DATABASE_VARIABLES>;

export function databaseConfig(values: DatabaseValues): DatabaseConfig {
  return {
    url: values.DATABASE_URL,
    ...(values.DATABASE_SSL && {
      tls: {
        ...(values.DATABASE_SSL_CA_FILE !== undefined && { ca: values.DATABASE_SSL_CA_FILE }),
        ...(values.DATABASE_SSL_CERT_FILE !== undefined && { cert: values.DATABASE_SSL_CERT_FILE }),
        ...(values.DATABASE_SSL_KEY_FILE !== undefined && { key: values.DATABASE_SSL_KEY_FILE }),
        rejectUnauthorized: values.DATABASE_SSL_VERIFY,
      },
    }),
    poolSize: values.DATABASE_POOL_MAX,
    connectTimeoutMs: values.DATABASE_CONNECT_TIMEOUT_MS,
  };
}

/** As for Kafka: half a certificate, or one without TLS, is a mistake. */
export function checkDatabase(values: Partial<DatabaseValues>): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const { DATABASE_SSL_CERT_FILE: cert, DATABASE_SSL_KEY_FILE: key } = values;
  if ((cert === undefined) !== (key === undefined)) {
    const missing = cert === undefined ? 'DATABASE_SSL_CERT_FILE' : 'DATABASE_SSL_KEY_FILE';
    problems.push({ variable: missing, value: '(not set)', allowed: 'set certificate and key together, or neither' });
  }
  if (values.DATABASE_SSL === false && [values.DATABASE_SSL_CA_FILE, cert, key].some((file) => file !== undefined)) {
    problems.push({ variable: 'DATABASE_SSL', value: '"false"', allowed: 'true, because a certificate is given' });
  }
  return problems;
}
