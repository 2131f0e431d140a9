import type { ConfigProblem } from '../config-error.js';
import { anyText, flag, hostsAndPorts, oneOf, pemFile, whole } from '../kinds.js';
import { optional, required, withDefault, type Values } from '../variable.js';

export const KAFKA_VARIABLES = {
  KAFKA_BROKERS: required(hostsAndPorts, 'Brokers to begin with; the others are learned from them.'),
  KAFKA_CLIENT_ID: withDefault(anyText, 'creditbus', "Name in the broker's logs and quotas."),
  KAFKA_SSL: withDefault(flag, 'false', 'TLS to the brokers.'),
  KAFKA_SSL_CA_FILE: optional(pemFile, "Certificate authority of the brokers; without it the system's are used."),
  KAFKA_SSL_CERT_FILE: optional(pemFile, 'Client certificate, where the brokers ask for one.'),
  KAFKA_SSL_KEY_FILE: optional(pemFile, "The client certificate's private key.", { secret: true }),
  KAFKA_SSL_VERIFY: withDefault(flag, 'true', "Whether the brokers' certificates must be valid. Off only for trials."),
  KAFKA_SASL_MECHANISM: optional(
    oneOf(['plain', 'scram-sha-256', 'scram-sha-512']),
    'Log in at the brokers this way; needs user and password. `plain` only over TLS.',
  ),
  KAFKA_SASL_PLAIN_WITHOUT_TLS: withDefault(
    flag,
    'false',
    'Send the password in the clear: allow `plain` without TLS. Only where the network itself is encrypted.',
  ),
  KAFKA_SASL_USERNAME: optional(anyText, 'User name for SASL.'),
  KAFKA_SASL_PASSWORD: optional(anyText, 'Password for SASL.', { secret: true }),
  KAFKA_CONNECTION_TIMEOUT_MS: withDefault(whole(100, 60_000, 'ms'), '3000', 'Longest wait for a connection.'),
  KAFKA_REQUEST_TIMEOUT_MS: withDefault(whole(1_000, 300_000, 'ms'), '30000', "Longest wait for a broker's answer."),
} as const;

/** How to reach Kafka; certificates as PEM contents. Fits `kafkaClient` of @app/messaging. */
export interface KafkaConfig {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly tls?: {
    readonly ca?: string;
    readonly cert?: string;
    readonly key?: string;
    readonly rejectUnauthorized: boolean;
  };
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
  readonly connectionTimeoutMs: number;
  readonly requestTimeoutMs: number;
}

type KafkaValues = Values<typeof KAFKA_VARIABLES>;

export function kafkaConfig(values: KafkaValues): KafkaConfig {
  const { KAFKA_SASL_MECHANISM: mechanism } = values;
  return {
    brokers: values.KAFKA_BROKERS,
    clientId: values.KAFKA_CLIENT_ID,
    ...(values.KAFKA_SSL && {
      tls: {
        ...(values.KAFKA_SSL_CA_FILE !== undefined && { ca: values.KAFKA_SSL_CA_FILE }),
        ...(values.KAFKA_SSL_CERT_FILE !== undefined && { cert: values.KAFKA_SSL_CERT_FILE }),
        ...(values.KAFKA_SSL_KEY_FILE !== undefined && { key: values.KAFKA_SSL_KEY_FILE }),
        rejectUnauthorized: values.KAFKA_SSL_VERIFY,
      },
    }),
    ...(mechanism !== undefined && {
      sasl: {
        mechanism,
        username: values.KAFKA_SASL_USERNAME ?? '',
        password: values.KAFKA_SASL_PASSWORD ?? '',
      },
    }),
    connectionTimeoutMs: values.KAFKA_CONNECTION_TIMEOUT_MS,
    requestTimeoutMs: values.KAFKA_REQUEST_TIMEOUT_MS,
  };
}

/** What is given must be usable: half a login or half a certificate is a mistake, not a wish. */
export function checkKafka(values: Partial<KafkaValues>): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const login = ['KAFKA_SASL_MECHANISM', 'KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'] as const;
  const certificate = ['KAFKA_SSL_CERT_FILE', 'KAFKA_SSL_KEY_FILE'] as const;
  for (const group of [login, certificate]) {
    if (!group.some((name) => values[name] !== undefined)) continue;
    for (const name of group) {
      if (values[name] === undefined) {
        problems.push({
          variable: name,
          value: '(not set)',
          allowed: `set ${group.join(', ')} together, or none of them`,
        });
      }
    }
  }
  const tlsOnly = ['KAFKA_SSL_CA_FILE', ...certificate] as const;
  if (values.KAFKA_SSL === false && tlsOnly.some((name) => values[name] !== undefined)) {
    problems.push({ variable: 'KAFKA_SSL', value: '"false"', allowed: 'true, because a certificate is given' });
  }
  const isInTheClear = values.KAFKA_SASL_MECHANISM === 'plain' && values.KAFKA_SSL === false;
  if (isInTheClear && values.KAFKA_SASL_PLAIN_WITHOUT_TLS === false) {
    const allowed = 'scram-sha-256 or scram-sha-512, or KAFKA_SSL=true, or KAFKA_SASL_PLAIN_WITHOUT_TLS=true';
    problems.push({ variable: 'KAFKA_SASL_MECHANISM', value: '"plain" without TLS', allowed });
  }
  return problems;
}
