import type { ConfigProblem } from '../config-error.js';
import { flag, pemFile, postgresUrl, whole } from '../kinds.js';
import { optional, required, withDefault, type Values } from '../variable.js';

export const DATABASE_VARIABLES = {
  DATABASE_URL: required(
    postgresUrl,
    'The database. Worker, gateway and CLI each log in as a role of their own: `creditbus_worker`, `creditbus_gateway`, and the owner for the CLI.',
  ),
  DATABASE_SSL: withDefault(
    flag,
    'false',
    'TLS to Postgres, whatever the URL says. Off: what the URL says (`sslmode`).',
  ),
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
  const contradiction = tlsContradiction(values);
  if (contradiction !== undefined) problems.push(contradiction);
  return problems;
}

/** What a URL can say about TLS that is less than DATABASE_SSL=true asks for. */
const WEAKER: Readonly<Record<string, readonly string[]>> = {
  sslmode: ['disable', 'allow', 'prefer'],
  ssl: ['false', '0', 'no', 'off'],
};
/** Modes that check the certificate, which DATABASE_SSL_VERIFY=false does not. */
const VERIFYING = ['verify-ca', 'verify-full'];
const FILES = ['sslrootcert', 'sslcert', 'sslkey'];

/** With DATABASE_SSL the URL may say the same or nothing: of two answers to one question the weaker could win. */
function tlsContradiction(values: Partial<DatabaseValues>): ConfigProblem | undefined {
  const { DATABASE_URL: url, DATABASE_SSL: isOn, DATABASE_SSL_VERIFY: verifies } = values;
  if (url === undefined || isOn !== true) return undefined;
  for (const [name, value] of new URL(url).searchParams) {
    const isWeaker =
      (WEAKER[name] ?? []).includes(value.toLowerCase()) ||
      (name === 'sslmode' && value === 'no-verify' && verifies !== false) ||
      (name === 'sslmode' && VERIFYING.includes(value) && verifies === false);
    const shown = `"…${name}=${value.slice(0, 20)}"`;
    if (isWeaker) return { variable: 'DATABASE_URL', value: shown, allowed: NOTHING_ELSE };
    if (FILES.includes(name)) return { variable: 'DATABASE_URL', value: `"…${name}=…"`, allowed: IN_SETTINGS };
  }
  return undefined;
}

const NOTHING_ELSE =
  'no other TLS mode than DATABASE_SSL=true and DATABASE_SSL_VERIFY ask for; leave it out of the URL';
const IN_SETTINGS = 'certificates in DATABASE_SSL_CA_FILE, _CERT_FILE and _KEY_FILE, since DATABASE_SSL is true';
