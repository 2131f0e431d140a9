import { Kafka, type KafkaConfig, logLevel, type RetryOptions, type SASLOptions } from 'kafkajs';
import { registerCodecs } from './codecs.js';
import { keepSeeks } from './keep-seeks.js';
import { mendHeaders } from './mend-headers.js';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';
export type ClientLog = (level: LogLevel, message: string, details: Readonly<Record<string, unknown>>) => void;

/** How to reach a Kafka cluster. */
export interface KafkaSettings {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  /** Shown in the broker's logs and quotas. */
  readonly clientId: string;
  /** PEM contents, not paths; `true` alone: the system's certificate authorities. */
  readonly tls?:
    | boolean
    | { readonly ca?: string; readonly cert?: string; readonly key?: string; readonly rejectUnauthorized?: boolean };
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
  /** Default 3,000 ms. */
  readonly connectionTimeoutMs?: number;
  /** Longest wait for any answer. Default 30,000 ms. */
  readonly requestTimeoutMs?: number;
}

/** What kafkajs logs, by the number of its level. What it calls info is every pause, resume and join. */
const LEVELS: Readonly<Record<number, LogLevel>> = {
  [logLevel.ERROR]: 'error',
  [logLevel.WARN]: 'warn',
  [logLevel.INFO]: 'debug',
  [logLevel.DEBUG]: 'debug',
};

/** How each client was made, to make another one like it. */
const makers = new WeakMap<Kafka, (overrides: ClientOverrides) => Kafka>();

export interface ClientOverrides {
  /** Upper bound; the client's own may be shorter. */
  readonly requestTimeoutMs?: number;
  readonly retry?: RetryOptions;
}

/** Client of one cluster, prepared for everything this library does with it. Connects to nothing yet. */
export function kafkaClient(settings: KafkaSettings, log?: ClientLog): Kafka {
  registerCodecs();
  keepSeeks();
  mendHeaders();
  return make(configOf(settings, log));
}

function make(config: KafkaConfig): Kafka {
  const kafka = new Kafka(config);
  makers.set(kafka, ({ requestTimeoutMs = Infinity, retry }) =>
    make({
      ...config,
      requestTimeout: Math.min(config.requestTimeout ?? Infinity, requestTimeoutMs),
      retry: { ...config.retry, ...retry },
    }),
  );
  return kafka;
}

/**
 * Another client with the same settings but those given. kafkajs keeps the offsets of a group once per client: two consumers of one
 * group that are made from one client delete each other's positions at every rebalance, and crash.
 * @throws Error when the client wasn't made by `kafkaClient`.
 */
export function separateClient(kafka: Kafka, overrides: ClientOverrides = {}): Kafka {
  const maker = makers.get(kafka);
  if (maker === undefined) throw new Error('The Kafka client was not made by kafkaClient().');
  return maker(overrides);
}

function configOf(settings: KafkaSettings, log: ClientLog | undefined): KafkaConfig {
  // No key may be undefined: kafkajs lets it override its default, and computes with NaN from then on.
  const config: KafkaConfig = {
    brokers: [...settings.brokers],
    clientId: settings.clientId,
    connectionTimeout: settings.connectionTimeoutMs ?? 3_000,
    requestTimeout: settings.requestTimeoutMs ?? 30_000,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, multiplier: 2, factor: 0.2, retries: 10 },
    logLevel: log === undefined ? logLevel.NOTHING : logLevel.INFO,
  };
  if (settings.tls !== undefined && settings.tls !== false) {
    config.ssl = settings.tls === true ? true : withoutUndefined(settings.tls);
  }
  if (settings.sasl !== undefined) config.sasl = { ...settings.sasl } as SASLOptions;
  if (log !== undefined) {
    config.logCreator =
      () =>
      ({ level, log: entry }) => {
        const { message, timestamp: _timestamp, logger: _logger, ...details } = entry;
        log(LEVELS[level] ?? 'debug', message, details);
      };
  }
  return config;
}

function withoutUndefined<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;
}
