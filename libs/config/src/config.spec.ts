import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cliDatabaseConfig, cliKafkaConfig } from './cli-config.js';
import { ConfigError } from './config-error.js';
import { gatewayConfig } from './gateway-config.js';
import { withoutPassword } from './kinds.js';
import { COMPATIBLE_APIS } from './variables/gateway.js';
import { WORKER_VARIABLES, workerConfig } from './worker-config.js';

const minimal = { KAFKA_BROKERS: 'localhost:9092', DATABASE_URL: 'postgres://u:p@localhost:5432/creditbus' };

function problemsOf(read: () => unknown): ConfigError {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('a ConfigError was expected');
}

describe('configuration', () => {
  it('needs nothing but brokers and a database', () => {
    const config = workerConfig(minimal);
    expect(config).toMatchObject({
      port: 3001,
      host: '127.0.0.1',
      kafka: { brokers: ['localhost:9092'], clientId: 'creditbus' },
      database: { url: minimal.DATABASE_URL, poolSize: 10 },
      topics: { commands: 'credits.commands.v1', reply: 'credits.commands.v1.reply' },
      consumer: { groupId: 'creditbus-worker' },
      adminPort: undefined,
    });
    expect(config.kafka).not.toHaveProperty('tls');
    expect(config.kafka).not.toHaveProperty('sasl');
    expect(gatewayConfig(minimal)).toMatchObject({ port: 3000, rateLimit: undefined, waitMaxSeconds: 30 });
  });

  it('names every missing and wrong variable at once, with its value and what is allowed', () => {
    const { message, problems } = problemsOf(() =>
      workerConfig({ KAFKA_BROKERS: 'broker', WORKER_PORT: '70000', CHUNK_RECORDS_MAX: '1e3', LOG_LEVEL: 'loud' }),
    );
    expect(problems.map(({ variable }) => variable).sort()).toEqual([
      'CHUNK_RECORDS_MAX',
      'DATABASE_URL',
      'KAFKA_BROKERS',
      'LOG_LEVEL',
      'WORKER_PORT',
    ]);
    expect(message).toContain('5 problems');
    expect(message).toMatch(/DATABASE_URL +\(not set\) +postgres:\/\//);
    expect(message).toMatch(/WORKER_PORT +"70000" +a port from 1 to 65535/);
    expect(message).toMatch(/CHUNK_RECORDS_MAX +"1e3" +a whole number from 1 to 10,000/);
    expect(message).toMatch(/LOG_LEVEL +"loud" +fatal, error/);
  });

  it('treats an empty variable like one that is not set', () => {
    expect(workerConfig({ ...minimal, WORKER_PORT: '' }).port).toBe(3001);
    expect(problemsOf(() => workerConfig({ ...minimal, KAFKA_BROKERS: '' })).message).toMatch(
      /KAFKA_BROKERS +\(not set\)/,
    );
  });

  it('shows no secret in a message', () => {
    const { message } = problemsOf(() =>
      workerConfig({
        KAFKA_BROKERS: 'localhost:9092',
        DATABASE_URL: 'mysql://user:s3cret-a@localhost/db',
        KAFKA_SASL_PASSWORD: 's3cret-b',
        KAFKA_SSL_KEY_FILE: '/s3cret-c',
      }),
    );
    expect(message).not.toContain('s3cret');
    expect(message).toContain('mysql://user:***@localhost/db');
    expect(withoutPassword('not a url s3cret')).not.toContain('s3cret');
    expect(withoutPassword('postgres://h/db?password=s3cret')).not.toContain('s3cret');
  });

  it('is frozen through and through', () => {
    const config = workerConfig(minimal);
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.consumer.batches)).toBe(true);
    expect(Object.isFrozen(config.kafka.brokers)).toBe(true);
  });

  it.each([
    ['a,b:1', false],
    ['a:1,b:2', true],
    ['a:1, b:2', true],
    ['[::1]:9092', true],
    ['a:0', false],
    ['a:65536', false],
    ['kafka://a:1', false],
    ['', false],
  ])('brokers %p: accepted %p', (brokers, accepted) => {
    const read = () => workerConfig({ ...minimal, KAFKA_BROKERS: brokers });
    if (accepted) expect(read).not.toThrow();
    else expect(problemsOf(read).problems[0]?.allowed).toBe('`host:port`, or several separated by commas');
  });

  it.each(['postgres://h', 'http://h/db', 'h/db'])(
    'a database URL must be a Postgres URL with a database: %s',
    (url) => {
      expect(() => workerConfig({ ...minimal, DATABASE_URL: url })).toThrow(ConfigError);
    },
  );

  it('wants mechanism, user and password of SASL together', () => {
    const { problems } = problemsOf(() => workerConfig({ ...minimal, KAFKA_SASL_MECHANISM: 'scram-sha-256' }));
    expect(problems.map(({ variable }) => variable)).toEqual(['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD']);
    const env = {
      ...minimal,
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_SASL_USERNAME: 'u',
      KAFKA_SASL_PASSWORD: 'p',
    };
    expect(workerConfig(env).kafka.sasl).toEqual({ mechanism: 'scram-sha-512', username: 'u', password: 'p' });
  });

  describe('certificates', () => {
    const folder = mkdtempSync(join(tmpdir(), 'config-spec-'));
    const pem = join(folder, 'ca.pem');
    const other = join(folder, 'other.txt');
    writeFileSync(pem, '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n');
    writeFileSync(other, 'hello');
    afterAll(() => rmSync(folder, { recursive: true }));

    it('are read from files, so that clients get their contents', () => {
      const env = {
        ...minimal,
        KAFKA_SSL: 'true',
        KAFKA_SSL_CA_FILE: pem,
        DATABASE_SSL: 'true',
        DATABASE_SSL_CA_FILE: pem,
      };
      const { kafka, database } = workerConfig(env);
      expect(kafka.tls).toMatchObject({ ca: expect.stringContaining('BEGIN CERTIFICATE'), rejectUnauthorized: true });
      expect(database.tls).toMatchObject({
        ca: expect.stringContaining('BEGIN CERTIFICATE'),
        rejectUnauthorized: true,
      });
    });

    it('are refused when the file is missing or holds something else', () => {
      const read = (path: string) => () => workerConfig({ ...minimal, KAFKA_SSL: 'true', KAFKA_SSL_CA_FILE: path });
      expect(problemsOf(read(other)).message).toContain('holds no PEM block');
      expect(problemsOf(read(join(folder, 'none'))).message).toContain("can't be read");
    });

    it('are refused without TLS, and half of a client certificate too', () => {
      const { problems } = problemsOf(() =>
        workerConfig({ ...minimal, DATABASE_SSL_CERT_FILE: pem, KAFKA_SSL_CA_FILE: pem }),
      );
      expect(problems.map(({ variable }) => variable)).toEqual(['KAFKA_SSL', 'DATABASE_SSL_KEY_FILE', 'DATABASE_SSL']);
    });
  });

  it.each([
    ['none', []],
    [' none ', []],
    ['klaim', ['klaim']],
    ['schematic, unkey', ['schematic', 'unkey']],
    ['unkey,klaim,unkey', ['unkey', 'klaim']],
  ])('a list of names %j is %j', (list, names) => {
    expect(gatewayConfig({ ...minimal, COMPATIBLE_APIS: list }).compatibleApis).toEqual(names);
  });

  it('takes an empty list for the default: all of the names', () => {
    expect(gatewayConfig({ ...minimal, COMPATIBLE_APIS: '' }).compatibleApis).toEqual(COMPATIBLE_APIS);
    expect(gatewayConfig(minimal).compatibleApis).toEqual(COMPATIBLE_APIS);
  });

  it.each(['stripe', 'unkey,stripe', 'Unkey', 'none,unkey', 'unkey,', ',', 'unkey klaim', 'toString'])(
    'a list with anything but known names is refused: %j',
    (list) => {
      const { message } = problemsOf(() => gatewayConfig({ ...minimal, COMPATIBLE_APIS: list }));
      expect(message).toContain(`"${list}"`);
      expect(message).toContain('some of unkey, klaim, schematic, flexprice, separated by commas, or none');
    },
  );

  it.each([
    ['Tokens', true],
    ['a.b-c_9', true],
    ['-', true],
    ['x'.repeat(64), true],
    ['x'.repeat(65), false],
    ['a b', false],
    ['é', false],
  ])('a credit type %j: accepted %p', (creditType, accepted) => {
    const read = () => gatewayConfig({ ...minimal, KLAIM_CREDIT_TYPE: creditType });
    if (accepted) expect(read().klaimCreditType).toBe(creditType);
    else expect(read).toThrow(ConfigError);
  });

  it('refuses two roles on one topic', () => {
    const { message } = problemsOf(() => workerConfig({ ...minimal, TOPIC_DEAD_LETTER: 'credits.commands.v1' }));
    expect(message).toContain('commands');
    expect(workerConfig({ ...minimal, TOPIC_PREFIX: 'eu.' }).topics.reply).toBe('eu.credits.commands.v1.reply');
  });

  it('refuses settings that can never work together', () => {
    const late = { ...minimal, CONSUMER_SESSION_TIMEOUT_MS: '6000', CONSUMER_HEARTBEAT_INTERVAL_MS: '3000' };
    expect(problemsOf(() => workerConfig(late)).message).toContain('a third of CONSUMER_SESSION_TIMEOUT_MS');
    const backoff = { ...minimal, RETRY_BACKOFF_MS: '5000' };
    expect(problemsOf(() => workerConfig(backoff)).message).toContain('RETRY_BACKOFF_MAX_MS');
    const topics = { ...minimal, TOPIC_REPLICATION: '1', TOPIC_MIN_INSYNC_REPLICAS: '2' };
    expect(problemsOf(() => cliKafkaConfig(topics)).message).toContain('at most TOPIC_REPLICATION');
  });

  it('asks a command only for what it needs', () => {
    expect(cliDatabaseConfig({ DATABASE_URL: minimal.DATABASE_URL }).database.poolSize).toBe(10);
    expect(cliKafkaConfig({ KAFKA_BROKERS: 'a:1' }).topicCreation).toMatchObject({
      partitions: 12,
      replicationFactor: undefined,
    });
  });

  it('has defaults that pass their own checks', () => {
    for (const variable of Object.values(WORKER_VARIABLES)) {
      if (variable.default !== undefined) expect(variable.schema.safeParse(variable.default).success).toBe(true);
    }
  });
});

describe('secrets over the network', () => {
  const urlWith = (query: string): string => `postgres://u:s3cret@h/db?${query}`;

  it.each([
    'sslmode=disable',
    'sslmode=allow',
    'sslmode=prefer',
    'ssl=false',
    'ssl=0',
    'sslmode=no-verify',
    'sslrootcert=/x',
  ])('DATABASE_SSL=true and a URL with %s contradict each other', (query) => {
    const read = () => workerConfig({ ...minimal, DATABASE_SSL: 'true', DATABASE_URL: urlWith(query) });
    const { problems, message } = problemsOf(read);
    expect(problems.map(({ variable }) => variable)).toEqual(['DATABASE_URL']);
    expect(message).not.toContain('s3cret');
    expect(() => cliDatabaseConfig({ DATABASE_SSL: 'true', DATABASE_URL: urlWith(query) })).toThrow(ConfigError);
  });

  it('a URL that asks for what DATABASE_SSL asks for is taken, and alone decides without it', () => {
    for (const query of ['sslmode=require', 'sslmode=verify-full', 'application_name=x']) {
      expect(
        workerConfig({ ...minimal, DATABASE_SSL: 'true', DATABASE_URL: urlWith(query) }).database.tls,
      ).toBeDefined();
    }
    expect(workerConfig({ ...minimal, DATABASE_URL: urlWith('sslmode=disable') }).database.tls).toBeUndefined();
  });

  it('SASL plain needs TLS, or to be told that the network is safe; SCRAM sends no password', () => {
    const login = { ...minimal, KAFKA_SASL_USERNAME: 'u', KAFKA_SASL_PASSWORD: 'p' };
    const { problems } = problemsOf(() => gatewayConfig({ ...login, KAFKA_SASL_MECHANISM: 'plain' }));
    expect(problems).toMatchObject([{ variable: 'KAFKA_SASL_MECHANISM' }]);
    for (const env of [
      { KAFKA_SASL_MECHANISM: 'plain', KAFKA_SSL: 'true' },
      { KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_PLAIN_WITHOUT_TLS: 'true' },
      { KAFKA_SASL_MECHANISM: 'scram-sha-256' },
    ]) {
      expect(() => gatewayConfig({ ...login, ...env })).not.toThrow();
    }
  });

  it.each([
    ['none', []],
    ['10.0.0.0/8, ::1', ['10.0.0.0/8', '::1']],
    ['true', undefined],
    ['0.0.0.0/0', undefined],
    ['10.0.0.0/33', undefined],
    ['proxy', undefined],
  ])('trusted proxies %p are %p', (given, proxies) => {
    const read = () => gatewayConfig({ ...minimal, TRUSTED_PROXIES: given }).trustedProxies;
    if (proxies === undefined) expect(read).toThrow(ConfigError);
    else expect(read()).toEqual(proxies);
  });
});
