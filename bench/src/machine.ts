import { arch, cpus, platform, release, totalmem } from 'node:os';
import { openFileMatch } from './processes.js';
import type { Servers } from './servers.js';

/** Where the numbers come from; without it they mean nothing. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly node: string;
  readonly postgres: string;
  /** "unknown" when the broker's files can't be seen. */
  readonly kafka: string;
  /** The same for all contenders. */
  readonly postgresSettings: Readonly<Record<string, string>>;
}

const POSTGRES_SETTINGS = [
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'wal_compression',
  'shared_buffers',
  'max_wal_size',
  'checkpoint_timeout',
] as const;

/** @throws Error when the database isn't durable: then it would be another contest. */
export async function machine({ postgres, brokerPid }: Servers): Promise<Machine> {
  const settings: Record<string, string> = {};
  for (const key of POSTGRES_SETTINGS) settings[key] = await postgres.setting(key);
  for (const key of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    if (settings[key] !== 'on') throw new Error(`Postgres has ${key}=${settings[key]}; the benchmark wants it on`);
  }
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
    postgres: await postgres.setting('server_version'),
    kafka:
      (brokerPid === undefined ? undefined : openFileMatch(brokerPid, /\/kafka_2\.13-([\d.]+)\.jar$/)) ?? 'unknown',
    postgresSettings: settings,
  };
}
