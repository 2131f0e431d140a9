import { Deployment } from '../deployment/deployment.js';
import { TopicTail } from '../deployment/topic-tail.js';
import { expectEventsOfEveryEntry } from './events.js';
import { expectEverythingOnce, Load } from './load.js';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('P2: nothing accepted is lost', () => {
  it('a worker killed again and again leaves every command applied once, with its events', async () => {
    const deployment = await Deployment.start({ env: { CONSUMER_SESSION_TIMEOUT_MS: '6000' } });
    const tail = await TopicTail.start(deployment.brokers, [deployment.topics.balanceChanged]);
    try {
      const load = new Load(deployment, { accounts: 50, batch: 200, pauseMs: 50 });
      await load.open();
      load.start();
      for (const aliveMs of [900, 400, 1_300]) {
        const worker = await deployment.startWorker({}, { untilReady: false });
        await pause(aliveMs);
        await worker.kill();
      }
      await deployment.startWorker();
      await load.stop();
      await deployment.settled();
      await expectEverythingOnce(deployment, load);
      await expectEventsOfEveryEntry(deployment, tail);
    } finally {
      await tail.stop();
      await deployment.stop();
    }
  });
});

describe('a worker that was frozen past the session timeout', () => {
  it('applies and publishes nothing stale when it wakes up after another took over', async () => {
    const deployment = await Deployment.start({
      env: { CONSUMER_SESSION_TIMEOUT_MS: '6000', CHUNK_RECORDS_MAX: '50' },
    });
    const tail = await TopicTail.start(deployment.brokers, [deployment.topics.balanceChanged]);
    try {
      const load = new Load(deployment, { accounts: 20, batch: 100, pauseMs: 20 });
      await load.open();
      const frozen = await deployment.startWorker();
      await deployment.startWorker();
      load.start();
      await pause(2_000);
      frozen.freeze();
      await pause(9_000);
      frozen.resume();
      await pause(3_000);
      await load.stop();
      await deployment.settled();
      expect(frozen.alive).toBe(true);
      await expectEverythingOnce(deployment, load);
      await expectEventsOfEveryEntry(deployment, tail);
    } finally {
      await tail.stop();
      await deployment.stop();
    }
  });
});
