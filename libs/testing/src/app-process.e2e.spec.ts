import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { AppProcess } from './app-process.js';
import { openTestDatabase, type OpenTestDatabase } from './database.js';
import { checkoutRoot, testKafkaBrokers } from './environment.js';
import { eventually } from './eventually.js';

/** A test process that starts a gateway, says its process id, and has no intention to stop it. */
const PARENT = `
  const { spawnApp } = require(${JSON.stringify(join(checkoutRoot(), 'dist', 'libs', 'testing', 'src', 'index.js'))});
  spawnApp('gateway', JSON.parse(process.env.APP_ENV), { untilReady: false }).then((app) => console.log(app.pid));
  setInterval(() => undefined, 1000);
`;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a started app', () => {
  let database: OpenTestDatabase;
  let env: Record<string, string>;
  beforeAll(async () => {
    database = await openTestDatabase();
    env = { KAFKA_BROKERS: testKafkaBrokers(), DATABASE_URL: database.gatewayUrl };
  });
  afterAll(() => database.drop());

  async function parentWithApp(): Promise<{ parent: ChildProcess; appPid: number }> {
    const parent = spawn(process.execPath, ['-e', PARENT], {
      env: { PATH: process.env.PATH, APP_ENV: JSON.stringify(env) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(parent.stdout, 'data')) as [Buffer];
    return { parent, appPid: Number(String(said)) };
  }

  it.each(['SIGTERM', 'SIGKILL', 'SIGINT'] as const)('does not outlive a test process ended by %s', async (signal) => {
    const { parent, appPid } = await parentWithApp();
    expect(isAlive(appPid)).toBe(true);
    parent.kill(signal);
    await once(parent, 'exit');
    await eventually(() => expect(isAlive(appPid)).toBe(false), 10_000);
  });

  it('ends on SIGTERM by itself, and is not touched by the end of another', async () => {
    const options = { untilReady: false };
    const [first, second] = [
      await AppProcess.start('gateway', env, options),
      await AppProcess.start('gateway', env, options),
    ];
    await first.kill();
    expect(await second.health('/health/live')).toBe(200);
    expect(await second.stop()).toBe(0);
    expect([first.alive, second.alive]).toEqual([false, false]);
  });
});
