import { addresses, flag, listOf, port, text, whole } from '../kinds.js';
import { withDefault, type Values } from '../variable.js';

const MIB = 1024 * 1024;

/** The systems whose credit APIs the gateway can speak. */
export const COMPATIBLE_APIS = ['unkey', 'klaim', 'schematic', 'flexprice'] as const;
export type CompatibleApi = (typeof COMPATIBLE_APIS)[number];

export const GATEWAY_VARIABLES = {
  GATEWAY_PORT: withDefault(port, '3000', 'Port of the HTTP API.'),
  DOCS_ENABLED: withDefault(flag, 'true', 'Serve `/docs` (Swagger UI) and `/openapi.json`.'),
  TRUSTED_PROXIES: withDefault(
    addresses,
    'none',
    "Proxies before the gateway: the client's address is taken from the `X-Forwarded-For` of these, and of nobody else.",
  ),
  REQUEST_TIMEOUT_MS: withDefault(
    whole(100, 300_000, 'ms'),
    '30000',
    'How long the headers and body of a request may take to arrive; then the answer is 408.',
  ),
  WAIT_MAX_SECONDS: withDefault(whole(0, 30, 's'), '30', 'Longest wait that `Prefer: wait` may ask for.'),
  KEY_CACHE_MS: withDefault(
    whole(0, 5_000, 'ms'),
    '5000',
    'How long a verified API key is remembered: a revoked key works no longer than this.',
  ),
  COMPATIBLE_APIS: withDefault(
    listOf(COMPATIBLE_APIS),
    COMPATIBLE_APIS.join(','),
    'Which compatible APIs are served besides the native one.',
  ),
  KLAIM_CREDIT_TYPE: withDefault(
    text(/^[A-Za-z0-9_.-]{1,64}$/, '1–64 characters of A–Z, a–z, 0–9, `_`, `.`, `-`'),
    'credits',
    'Credit type whose accounts the Klaim-compatible API changes.',
  ),
  RATE_LIMIT_REQUESTS: withDefault(
    whole(0, 1_000_000),
    '0',
    'Requests per API key and time, counted by each process; a batch counts as its commands. 0: no limit.',
  ),
  RATE_LIMIT_PER_SECONDS: withDefault(whole(1, 86_400, 's'), '1', 'The time of that limit.'),
  PRODUCER_LINGER_MS: withDefault(
    whole(0, 100, 'ms'),
    '2',
    'How long a command waits for others, so that they share a request to Kafka.',
  ),
  PRODUCER_BATCH_RECORDS_MAX: withDefault(whole(1, 10_000), '1000', 'Most commands in one request to Kafka.'),
  PRODUCER_BUFFER_RECORDS_MAX: withDefault(
    whole(1, 1_000_000),
    '20000',
    'Most commands waiting for acknowledgement; above it the answer is 503.',
  ),
  PRODUCER_BUFFER_BYTES_MAX: withDefault(whole(64 * 1024, 1024 * MIB, 'bytes'), String(32 * MIB), 'The same in bytes.'),
  PRODUCER_DEADLINE_MS: withDefault(
    whole(500, 120_000, 'ms'),
    '8000',
    'How long a command waits for acknowledgement before the answer is 503.',
  ),
} as const;

/** Settings of the HTTP side. */
export interface GatewayHttpConfig {
  readonly docsEnabled: boolean;
  /** Addresses and networks (CIDR). */
  readonly trustedProxies: readonly string[];
  readonly requestTimeoutMs: number;
  readonly waitMaxSeconds: number;
  readonly keyCacheMs: number;
  /** The compatible APIs that are served. */
  readonly compatibleApis: readonly CompatibleApi[];
  readonly klaimCreditType: string;
  /** Undefined: no limit. */
  readonly rateLimit: { readonly requests: number; readonly perSeconds: number } | undefined;
}

/** Settings of the micro-batching producer. */
export interface ProducerConfig {
  readonly lingerMs: number;
  readonly batchRecordsMax: number;
  readonly bufferRecordsMax: number;
  readonly bufferBytesMax: number;
  readonly deadlineMs: number;
}

type GatewayValues = Values<typeof GATEWAY_VARIABLES>;

export function gatewayHttpConfig(values: GatewayValues): GatewayHttpConfig {
  return {
    docsEnabled: values.DOCS_ENABLED,
    trustedProxies: values.TRUSTED_PROXIES,
    requestTimeoutMs: values.REQUEST_TIMEOUT_MS,
    waitMaxSeconds: values.WAIT_MAX_SECONDS,
    keyCacheMs: values.KEY_CACHE_MS,
    compatibleApis: values.COMPATIBLE_APIS,
    klaimCreditType: values.KLAIM_CREDIT_TYPE,
    rateLimit:
      values.RATE_LIMIT_REQUESTS === 0
        ? undefined
        : { requests: values.RATE_LIMIT_REQUESTS, perSeconds: values.RATE_LIMIT_PER_SECONDS },
  };
}

export function producerConfig(values: GatewayValues): ProducerConfig {
  return {
    lingerMs: values.PRODUCER_LINGER_MS,
    batchRecordsMax: values.PRODUCER_BATCH_RECORDS_MAX,
    bufferRecordsMax: values.PRODUCER_BUFFER_RECORDS_MAX,
    bufferBytesMax: values.PRODUCER_BUFFER_BYTES_MAX,
    deadlineMs: values.PRODUCER_DEADLINE_MS,
  };
}
