// @ts-check
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheDir, root } from './paths.mjs';

const run = promisify(execFile);
const pomFile = join(root, 'scripts', 'kafka', 'pom.xml');

/** What a person can do who has neither; every message about a missing part names the same three ways. */
export const threeWays = [
  'Creditbus needs Kafka and Postgres and takes them from the first of these that is there:',
  '  1. KAFKA_BROKERS=host:port and DATABASE_URL=postgres://…: brokers and a database that you run',
  '  2. Docker: start the Docker daemon, and containers are used',
  '  3. Java 17 or newer and Maven on the PATH: a real Kafka broker is run from its Maven artifacts',
  '     (Postgres needs nothing: its binaries come with npm)',
].join('\n');

/** The machine lacks something; the message says what to do and needs no stack trace. */
export class MissingPart extends Error {
  /** @override */
  name = 'MissingPart';
}

/** @returns {Promise<string>} path or name of a Java of version 17 or newer */
export async function findJava() {
  const candidates = [...(process.env.JAVA_HOME ? [join(process.env.JAVA_HOME, 'bin', 'java')] : []), 'java'];
  const found = [];
  for (const java of candidates) {
    const version = await javaVersion(java);
    if (version !== undefined && version >= 17) return java;
    if (version !== undefined) found.push(`${java} is version ${version}`);
  }
  const detail = found.length === 0 ? 'no java was found' : found.join(', ');
  throw new MissingPart(`The embedded Kafka broker needs Java 17 or newer: ${detail}.\n\n${threeWays}`);
}

/** @param {string} java */
async function javaVersion(java) {
  try {
    const { stderr } = await run(java, ['-version'], { timeout: 20_000 });
    const major = /version "(\d+)/.exec(stderr)?.[1];
    return major === undefined ? undefined : Number(major);
  } catch {
    return undefined;
  }
}

/**
 * The folder with the broker's jars. Collected once per version by Maven; two callers at once do no harm, since
 * a finished folder appears in one step and the later one throws its own away.
 * @param {(line: string) => void} log
 */
export async function kafkaJars(log) {
  const pom = readFileSync(pomFile, 'utf8');
  const version = /<kafka\.version>([^<]+)</.exec(pom)?.[1] ?? 'unknown';
  // Part of the name: a pom that names other jars is another folder.
  const digest = createHash('sha256').update(pom).digest('hex').slice(0, 8);
  const folder = join(cacheDir, `kafka-${version}-${digest}`);
  if (existsSync(folder)) return folder;

  await run(process.platform === 'win32' ? 'mvn.cmd' : 'mvn', ['--version'], { timeout: 60_000 }).catch(() => {
    throw new MissingPart(`Collecting the embedded Kafka broker needs Maven: no mvn was found.\n\n${threeWays}`);
  });
  log(`collecting Apache Kafka ${version} with Maven (once; about 45 MB) …`);
  mkdirSync(cacheDir, { recursive: true });
  const collecting = `${folder}.${process.pid}.tmp`;
  try {
    await run(
      process.platform === 'win32' ? 'mvn.cmd' : 'mvn',
      ['-q', '-B', '-f', pomFile, 'dependency:copy-dependencies', `-DoutputDirectory=${collecting}`],
      { timeout: 600_000, maxBuffer: 16 * 1024 * 1024 },
    );
    if (!readdirSync(collecting).some((name) => name.startsWith('kafka_'))) {
      throw new Error('Maven ended without an error, but the broker is not among what it copied');
    }
    renameSync(collecting, folder);
  } catch (error) {
    if (existsSync(folder)) return folder;
    const { stdout = '', message } = /** @type {Error & { stdout?: string }} */ (error);
    throw new MissingPart(
      `Maven could not collect the embedded Kafka broker:\n${`${message}\n${stdout}`.trim().slice(0, 3_000)}\n\n${threeWays}`,
    );
  } finally {
    rmSync(collecting, { recursive: true, force: true });
  }
  return folder;
}
