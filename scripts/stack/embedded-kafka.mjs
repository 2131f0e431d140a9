// @ts-check
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { commandLine, groupIsAlive, signalGroup } from './groups.mjs';
import { findJava, kafkaJars } from './kafka-artifacts.mjs';
import { kafkaAnswers } from './kafka-ready.mjs';
import { freePort, samePort } from './ports.mjs';
import { Child, untilReady } from './processes.mjs';

const run = promisify(execFile);

/** Larger than the commands topic's limit: the dead-letter topic takes a record that was too large plus headers. */
const maxMessageBytes = 10 * 1024 * 1024;

/**
 * @typedef {object} EmbeddedKafkaOptions
 * @property {string} dataDir survives restarts; made and formatted when missing
 * @property {number} [port] wanted port; another free one is taken when it is in use
 * @property {number} [samePort] this very port or an error: a restart where clients know it
 * @property {boolean} [shortLived] compile less: up sooner, slower under load
 * @property {Record<string, string | number>} [settings] more lines for server.properties
 * @property {(line: string) => void} [log]
 */

/**
 * Starts a real Apache Kafka broker (KRaft, one node, loopback only) and waits until it serves.
 * @param {EmbeddedKafkaOptions} options
 */
export async function startEmbeddedKafka({
  dataDir,
  port: wanted,
  samePort: restart,
  shortLived = false,
  settings = {},
  log = () => {},
}) {
  const java = await findJava();
  const jars = await kafkaJars(log);
  mkdirSync(dataDir, { recursive: true });
  await stopLeftoverKafka(dataDir);

  const port = restart === undefined ? await freePort(wanted) : await samePort(restart);
  const controllerPort = await freePort();
  const propertiesFile = join(dataDir, 'server.properties');
  // Written anew each time: the quorum's and the advertised addresses contain this start's ports.
  writeFileSync(propertiesFile, properties({ dataDir, port, controllerPort, settings }));

  const classpath = join(jars, '*');
  const logFile = join(dataDir, 'broker.log');
  const logging = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-Dorg.slf4j.simpleLogger.showDateTime=true'];
  if (!existsSync(join(dataDir, 'log', 'meta.properties'))) {
    const random = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url');
    // An id that begins with a dash would be read as an option.
    const clusterId = random.replace(/^-/, 'A');
    const format = ['kafka.tools.StorageTool', 'format', '--cluster-id', clusterId, '--config', propertiesFile];
    // An interrupted format leaves a folder that is refused later.
    rmSync(join(dataDir, 'log'), { recursive: true, force: true });
    await run(
      java,
      ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', ...logging, '-cp', classpath, ...format],
      {
        timeout: 120_000,
      },
    );
  }

  const child = new Child({
    name: 'Kafka',
    command: java,
    args: [
      '-Xms256m',
      '-Xmx512m',
      '-XX:+UseSerialGC',
      ...(shortLived ? ['-XX:TieredStopAtLevel=1'] : []),
      '-Djava.awt.headless=true',
      ...logging,
      '-cp',
      classpath,
      'kafka.Kafka',
      propertiesFile,
    ],
    logFile,
    stopSignal: 'SIGTERM',
    graceMs: 6_000,
  });
  const brokers = `127.0.0.1:${port}`;
  const pidFile = join(dataDir, 'broker.pid');
  if (child.process.pid !== undefined) writeFileSync(pidFile, String(child.process.pid));
  void child.ended.then(() => rmSync(pidFile, { force: true }));
  await untilReady(child, () => kafkaAnswers(brokers), 120_000, `; its log is ${logFile}`);
  return { brokers, port, child, stop: () => child.stop() };
}

/** @param {{ dataDir: string, port: number, controllerPort: number, settings: Record<string, string | number> }} options */
function properties({ dataDir, port, controllerPort, settings }) {
  const lines = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    // Backslashes would be escapes in a properties file.
    'log.dirs': join(dataDir, 'log').replaceAll('\\', '/'),
    'auto.create.topics.enable': false,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 8,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    // Tests want to see a session end soon.
    'group.min.session.timeout.ms': 1_000,
    'message.max.bytes': maxMessageBytes,
    'replica.fetch.max.bytes': maxMessageBytes,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'log.segment.bytes': 128 * 1024 * 1024,
    // No index file of 10 MB per segment for topics that hold little.
    'log.index.size.max.bytes': 1024 * 1024,
    'log.retention.hours': 168,
    // After a crash the controller waits this long before it takes the same broker back.
    'broker.session.timeout.ms': 6_000,
    'broker.heartbeat.interval.ms': 1_000,
    ...settings,
  };
  return `${Object.entries(lines)
    .map(([key, value]) => `${key}=${value}`)
    .join('\n')}\n`;
}

/**
 * A broker that outlived both its parent and the guard would hold the data's lock: it is stopped first.
 * @param {string} dataDir
 */
export async function stopLeftoverKafka(dataDir) {
  const pidFile = join(dataDir, 'broker.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  if (Number.isInteger(pid) && pid > 1 && commandLine(pid)?.includes(join(dataDir, 'server.properties'))) {
    signalGroup(pid, 'SIGTERM');
    const deadline = Date.now() + 12_000;
    while (groupIsAlive(pid) && Date.now() < deadline) await new Promise((done) => setTimeout(done, 100));
    signalGroup(pid, 'SIGKILL');
  }
  rmSync(pidFile, { force: true });
}
