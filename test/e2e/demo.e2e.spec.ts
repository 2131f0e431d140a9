import { Demo, type DemoResult } from '../../apps/cli/src/demo/demo.js';
import { demoText } from '../../apps/cli/src/demo/demo-text.js';
import type { Killable } from '../../apps/cli/src/demo/worker-process.js';
import { Deployment } from '../deployment/deployment.js';

/** As `npm start` does: a worker that died is started again. */
class RestartedWorker implements Killable {
  private restarting: Promise<unknown> = Promise.resolve();

  constructor(private readonly deployment: Deployment) {}

  get pid(): number {
    return this.deployment.workers.at(-1)?.pid ?? 0;
  }

  kill(): void {
    const worker = this.deployment.workers.at(-1);
    this.restarting = Promise.resolve(worker?.kill()).then(() => this.deployment.startWorker());
  }

  async restarted(): Promise<void> {
    await this.restarting;
  }
}

describe('npm run demo', () => {
  let deployment: Deployment;
  let result: DemoResult;
  const said: string[] = [];

  beforeAll(async () => {
    // A short session, so that the dead worker's partitions are soon given to the next one.
    deployment = await Deployment.start({ partitions: 4, env: { CONSUMER_SESSION_TIMEOUT_MS: '6000' } });
    await deployment.startWorker();
    const env = deployment.appEnv({ DATABASE_URL: deployment.database.url });
    const worker = new RestartedWorker(deployment);
    result = await Demo.run(
      { env, worker, say: (line) => said.push(line) },
      { accounts: 50, commands: 4_000, seed: 3 },
    );
  });
  afterAll(() => deployment.stop());

  it('every invariant holds after the worker was killed in the middle', () => {
    expect(result.verdicts.filter(({ holds }) => !holds)).toEqual([]);
    expect(new Set(result.verdicts.map(({ invariant }) => invariant))).toEqual(
      new Set(['I1', 'I3', 'I4', 'I5', 'P1', 'P7']),
    );
  });

  it('the worker was killed while commands were waiting', () => {
    expect(said.find((line) => line.startsWith('killed the worker'))).toMatch(/with [1-9]\d* commands waiting/);
    expect(deployment.workers.map(({ alive }) => alive)).toEqual([false, true]);
  });

  it('prints what was sent, what became of it and what holds', () => {
    const text = demoText(result);
    expect(text).toMatch(/conflicts \(same id, another body\) +40/);
    expect(text).toMatch(/COMMAND_CONFLICT +40 +40/);
    expect(text).toMatch(/I5 .* holds/);
    expect(text).not.toContain('VIOLATED');
    expect(text).toMatch(/4000 commands in [\d.]+ s/);
  });
});
