// @ts-check
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { join } from 'node:path';
import { kafkaAnswers } from './kafka-ready.mjs';
import { freePort } from './ports.mjs';
import { root } from './paths.mjs';

const run = promisify(execFile);

/** The images of docker-compose.yml; a test compares them. */
export const images = { kafka: 'apache/kafka:4.1.1', postgres: 'postgres:18-alpine' };

/**
 * Whether a Docker daemon really answers: the command may be installed without one, and a daemon that hangs must
 * not hold up a start.
 * @param {number} [timeoutMs]
 */
export async function dockerAnswers(timeoutMs = 4_000) {
  try {
    const { stdout } = await run('docker', ['info', '--format', '{{.ServerVersion}}'], {
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    return stdout.trim() !== '';
  } catch {
    return false;
  }
}

/**
 * For people (`npm start`, the benchmark): the two services of docker-compose.yml, with their data in volumes.
 * @param {'kafka' | 'postgres'} service
 * @param {number} wantedPort
 * @param {(line: string) => void} log
 */
export async function startComposeService(service, wantedPort, log) {
  const port = (await composePort(service)) ?? (await freePort(wantedPort));
  const variable = service === 'kafka' ? 'KAFKA_PORT' : 'POSTGRES_PORT';
  log(`starting the ${service} container (docker compose) …`);
  await compose(['up', '--detach', '--wait', '--no-deps', service], { [variable]: String(port) });
  return { port, stop: () => compose(['stop', '--timeout', '10', service], { [variable]: String(port) }) };
}

/** Removes containers and volumes of docker-compose.yml. */
export const removeCompose = () => compose(['down', '--volumes', '--remove-orphans'], {});

/**
 * The port at which a service that is already up is published.
 * @param {string} service
 */
async function composePort(service) {
  try {
    const { stdout } = await compose(['port', service, service === 'kafka' ? '9092' : '5432'], {});
    const port = Number(stdout.trim().split(':').at(-1));
    return Number.isInteger(port) && port > 0 ? port : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string[]} args @param {Record<string, string>} env */
function compose(args, env) {
  const file = ['compose', '--project-name', 'creditbus', '--file', join(root, 'docker-compose.yml')];
  return run('docker', [...file, ...args], {
    env: { ...process.env, ...env },
    timeout: 600_000,
    maxBuffer: 16 * 1024 * 1024,
  });
}

/** For tests: a broker in a container of its own that disappears with them. */
export async function startKafkaContainer() {
  const { GenericContainer, Wait } = await import('testcontainers');
  // Clients are told the address at which they find the broker, so its port must be known before it starts.
  const port = await freePort();
  const container = await new GenericContainer(images.kafka)
    .withExposedPorts({ container: 9092, host: port })
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_INTER_BROKER_LISTENER_NAME: 'PLAINTEXT',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '1000',
      KAFKA_MESSAGE_MAX_BYTES: '10485760',
      KAFKA_HEAP_OPTS: '-Xmx512m -Xms256m',
    })
    .withWaitStrategy(Wait.forListeningPorts())
    .withStartupTimeout(180_000)
    .start();
  const brokers = `127.0.0.1:${port}`;
  const deadline = Date.now() + 60_000;
  while (!(await kafkaAnswers(brokers))) {
    if (Date.now() > deadline) {
      await container.stop();
      throw new Error('the Kafka container did not serve within 60 s');
    }
    await new Promise((done) => setTimeout(done, 200));
  }
  return { brokers, stop: async () => void (await container.stop()) };
}

/** For tests: a Postgres in a container of its own that disappears with them. */
export async function startPostgresContainer() {
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const container = await new PostgreSqlContainer(images.postgres)
    .withUsername('creditbus')
    .withDatabase('postgres')
    .withCommand(['postgres', '-c', 'max_connections=200', '-c', 'fsync=off', '-c', 'full_page_writes=off'])
    .start();
  const url = new URL(container.getConnectionUri());
  return { url: url.href, stop: async () => void (await container.stop()) };
}
