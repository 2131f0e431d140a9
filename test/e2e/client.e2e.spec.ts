import { randomUUID } from 'node:crypto';
import {
  BalanceCache,
  CommandRejected,
  Creditbus,
  followWithKafkaJs,
  invalidationOf,
  isAccepted,
  isApplied,
  readBalancesOf,
  type Written,
} from '@app/client';
import { eventually } from '@app/testing';
import { type Consumer, Kafka, logLevel } from 'kafkajs';
import { CompatibleStack } from '../compat/compatible-stack.js';
import { type Fate, FlakyProxy } from '../deployment/flaky-proxy.js';

const WAIT = { wait: 20 };

describe('the client on the real stack', () => {
  let stack: CompatibleStack;
  let apiKey: string;
  let creditbus: Creditbus;

  beforeAll(async () => {
    stack = await CompatibleStack.start();
    apiKey = await stack.key('acme');
    creditbus = new Creditbus({ baseUrl: stack.baseUrl, apiKey, deadlineMs: 120_000, attemptTimeoutMs: 60_000 });
  });
  afterAll(async () => {
    await stack.stop();
  });

  const open = (accountId: string, initial: string): Promise<Written> =>
    creditbus.accounts.open({ accountId, initial }, WAIT);
  /** A write that is waited for, by polling where the wait was not enough. */
  const applied = async (written: Promise<Written>) =>
    creditbus.commands.outcomeOf(await written, { timeoutMs: 60_000 });

  it('answers a waiting write with its outcome, every digit of it', async () => {
    const outcome = await open('exact', '9007199254740993');
    expect(isApplied(outcome)).toBe(true);
    const delta = await applied(creditbus.accounts.applyDelta('exact', { delta: -1n, reason: 'usage' }, WAIT));
    expect(delta).toMatchObject({ applied: '-1', after: { balance: '9007199254740992' }, version: '2' });
    expect(await creditbus.accounts.get('exact')).toMatchObject({ balance: '9007199254740992', version: '2' });
    const { recordedAt } = await creditbus.commands.get(outcome.commandId);
    expect(await creditbus.accounts.getAt('exact', recordedAt)).toMatchObject({ version: '1' });
  });

  it('finds the outcome of a write that was only accepted', async () => {
    await open('later', '10');
    const accepted = await creditbus.accounts.setBalance('later', { value: null });
    expect(accepted.status).toBe('accepted');
    const outcome = await creditbus.commands.outcomeOf(accepted, { timeoutMs: 60_000 });
    expect(outcome).toMatchObject({ code: 'APPLIED', after: { unlimited: true, balance: null } });
  });

  it('throws a rejection with what the account held, whether waited for or looked up', async () => {
    await open('poor', '1');
    const refused = creditbus.accounts.applyDelta('poor', { delta: '-2' }, { ...WAIT, idempotencyKey: 'too-much' });
    await expect(refused).rejects.toBeInstanceOf(CommandRejected);
    await expect(refused).rejects.toMatchObject({ code: 'INSUFFICIENT_CREDITS', status: 409, commandId: 'too-much' });
    await expect(creditbus.commands.outcomeOf('too-much')).rejects.toMatchObject({
      outcome: { before: { available: '1' }, requested: '-2' },
    });
  });

  it('names what is wrong with a request, and what is not there', async () => {
    await expect(creditbus.accounts.applyDelta('poor', { delta: '1e3' })).rejects.toMatchObject({
      code: 'INVALID_FIELD',
      status: 400,
      problem: { errors: [{ pointer: '/delta' }] },
    });
    await expect(creditbus.accounts.get('nobody')).rejects.toMatchObject({ code: 'ACCOUNT_NOT_FOUND', status: 404 });
    const stranger = new Creditbus({ baseUrl: stack.baseUrl, apiKey: await stack.key('other') });
    await expect(stranger.accounts.get('poor')).rejects.toMatchObject({ code: 'ACCOUNT_NOT_FOUND', status: 404 });
    const nobody = new Creditbus({ baseUrl: stack.baseUrl, apiKey: 'no-such-key' });
    await expect(nobody.accounts.get('poor')).rejects.toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
  });

  it('makes, changes and reads grants, holds, schedules and credit types', async () => {
    const { accounts, commands, grants, holds, schedules, creditTypes } = creditbus;
    await applied(creditTypes.put('tokens', { scale: 2, name: 'Tokens' }, WAIT));
    expect(await creditTypes.get('tokens')).toMatchObject({ scale: 2 });
    const creditType = 'tokens';
    await applied(accounts.open({ accountId: 'all', creditType, initial: '10.50' }, WAIT));

    await applied(grants.create('all', { creditType, grantId: 'pack', amount: '100', priority: 1 }, WAIT));
    await applied(grants.update('pack', { name: 'Winter pack' }, WAIT));
    expect(await grants.list('all', { creditType }).toArray(9)).toMatchObject([{ name: 'Winter pack' }]);

    await applied(holds.create('all', { creditType, holdId: 'job', amount: '40' }, WAIT));
    await applied(holds.extend('job', { amount: '10' }, WAIT));
    await applied(holds.capture('job', { amount: '30.25' }, WAIT));
    await applied(holds.release('job', {}, WAIT));
    expect(await holds.get('job')).toMatchObject({ status: 'released', captured: '30.25' });
    expect(await holds.list('all', { creditType, status: 'open' }).toArray(9)).toEqual([]);
    expect(await grants.get('pack')).toMatchObject({ remaining: '69.75' });

    const used = await applied(accounts.applyDelta('all', { creditType, delta: '-9.75' }, WAIT));
    await applied(commands.reverse(used.commandId, { amount: '4.75' }, WAIT));
    expect(await accounts.get('all', { creditType })).toMatchObject({ balance: '75.25' });

    const monthly = { amount: '5', cadence: 'recurring', period: 'monthly', start: '2099-01-01T00:00:00Z' } as const;
    await applied(schedules.create('all', { ...monthly, creditType, scheduleId: 'plan' }, WAIT));
    await applied(schedules.update('plan', { name: 'Pro' }, WAIT));
    await applied(schedules.end('plan', {}, WAIT));
    expect(await schedules.get('plan')).toMatchObject({ name: 'Pro', status: 'ended' });
    await applied(schedules.createTemplate({ ...monthly, creditType, scope: 'plan', scheduleId: 'template' }, WAIT));
    expect(await schedules.listTemplates({ scope: 'plan' }).toArray(9)).toMatchObject([{ scheduleId: 'template' }]);

    await applied(grants.void('pack', { reason: 'test' }, WAIT));
    await applied(accounts.reset('all', { creditType, period: '2026-12', value: '7' }, WAIT));
    await applied(accounts.configure('all', { creditType, externalId: 'crm/7' }, WAIT));
    expect(await accounts.get('ext:crm/7', { creditType })).toMatchObject({ accountId: 'all', balance: '7' });
    await applied(creditTypes.delete('tokens', {}, WAIT));
    await expect(creditTypes.get('tokens')).rejects.toMatchObject({ code: 'CREDIT_TYPE_NOT_FOUND' });
  });

  it('runs a refill with a key that may, once for its date', async () => {
    await applied(creditbus.accounts.open({ accountId: 'daily', refill: { interval: 'daily', amount: '50' } }, WAIT));
    const date = new Date().toISOString().slice(0, 10);
    const first = await applied(creditbus.accounts.refill('daily', { date }, WAIT));
    const again = await applied(creditbus.accounts.refill('daily', { date }, WAIT));
    expect(again.commandId).toBe(first.commandId);
    expect(await creditbus.accounts.get('daily')).toMatchObject({ balance: '50' });
  });

  it('publishes a batch in which one bad command does not hold back the others, and walks through its entries', async () => {
    await open('batch', '100');
    const delta = { type: 'credit.delta', accountId: 'batch', delta: '-1' } as const;
    const results = await creditbus.commands.publishBatch([delta, { ...delta, delta: 'x' }, delta, delta]);
    expect(results.map(isAccepted)).toEqual([true, false, true, true]);
    for (const result of results.filter(isAccepted)) await applied(Promise.resolve(result));
    const versions: string[] = [];
    for await (const { version } of creditbus.accounts.entries('batch', { limit: 2 })) versions.push(version ?? '');
    expect(versions).toEqual(['4', '3', '2', '1']);
  });

  it('has one effect per call, however often requests, answers and patience are lost on the way', async () => {
    await open('flaky', '1000');
    const proxy = await FlakyProxy.start(stack.baseUrl);
    try {
      const through = new Creditbus({
        ...{ baseUrl: proxy.baseUrl, apiKey, maxAttempts: 100, backoffMs: 2, backoffMaxMs: 10 },
        ...{ deadlineMs: 120_000, attemptTimeoutMs: 60_000 },
      });
      const fates: Fate[] = [
        'answer lost',
        503,
        'lost',
        'answer lost',
        429,
        'passed',
        'answer lost',
        'lost',
        'passed',
        503,
      ];
      const calls = 60;
      proxy.fates.push(
        ...Array.from({ length: 3 * calls }, (_, index) => fates[(index * 7 + (index % 3)) % fates.length]!),
      );
      for (let call = 0; call < calls; call += 10) {
        await Promise.all(
          Array.from({ length: 10 }, () =>
            through.accounts.applyDelta('flaky', { delta: '-1' }, WAIT).then((w) => through.commands.outcomeOf(w)),
          ),
        );
      }
      for (const fate of new Set(fates)) expect(proxy.met.get(fate)).toBeGreaterThan(5);
      expect(await creditbus.accounts.get('flaky')).toMatchObject({
        balance: String(1_000 - calls),
        version: String(calls + 1),
      });
    } finally {
      await proxy.stop();
    }
  });

  describe('a balance cache', () => {
    const accounts = ['c0', 'c1', 'c2', 'c3', 'c4'];
    let kafka: Kafka;
    let reads: number;
    let cache: BalanceCache;

    beforeAll(async () => {
      kafka = new Kafka({
        clientId: 'cache',
        brokers: stack.deployment.brokers.split(','),
        logLevel: logLevel.NOTHING,
      });
      for (const account of accounts) await open(account, '100');
    });
    beforeEach(() => {
      reads = 0;
      const read = readBalancesOf(creditbus);
      cache = new BalanceCache({
        tenantId: 'acme',
        read: (account) => {
          reads += 1;
          return read(account);
        },
      });
    });

    const follow = async (): Promise<{ consumer: Consumer; stop: () => Promise<void> }> => {
      const admin = kafka.admin();
      const consumer = kafka.consumer({ groupId: `cache-${randomUUID()}`, allowAutoTopicCreation: false });
      await Promise.all([admin.connect(), consumer.connect()]);
      await followWithKafkaJs({ cache, consumer, admin, topic: stack.deployment.topics.cacheInvalidation });
      await eventually(() => expect(cache.isOnline).toBe(true));
      const stop = async (): Promise<void> => {
        await Promise.all([consumer.disconnect(), admin.disconnect()]);
      };
      return { consumer, stop };
    };

    it('follows the worker through Kafka, while it is asked all the time and without reading again', async () => {
      const { stop } = await follow();
      const done = new AbortController();
      try {
        const newest = new Map<string, bigint>();
        const asking = (async () => {
          while (!done.signal.aborted) {
            for (const account of accounts) {
              const version = BigInt((await cache.get(account)).version);
              expect(version).toBeGreaterThanOrEqual(newest.get(account) ?? 0n);
              newest.set(account, version);
            }
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
        })();
        for (let round = 0; round < 10; round += 1) {
          await Promise.all(accounts.map((account) => creditbus.accounts.applyDelta(account, { delta: '-1' }, WAIT)));
        }
        await eventually(async () => {
          for (const account of accounts) {
            const { balance, version } = await creditbus.accounts.get(account);
            expect(cache.peek(account)).toMatchObject({ balance, version });
          }
        });
        done.abort();
        await asking;
        expect(reads).toBe(accounts.length);
      } finally {
        done.abort();
        await stop();
      }
    });

    it('knows an own write at once, before its invalidation comes', async () => {
      const { stop } = await follow();
      try {
        await cache.get('c0');
        const outcome = await applied(creditbus.accounts.applyDelta('c0', { delta: '-1' }, WAIT));
        const invalidation = invalidationOf(outcome);
        if (invalidation) cache.observe(invalidation);
        expect(BigInt((await cache.get('c0')).version)).toBeGreaterThanOrEqual(BigInt(outcome.version ?? 0));
      } finally {
        await stop();
      }
    });

    it('holds nothing while its consumer is gone, and joins late without what it missed', async () => {
      const first = await follow();
      await cache.get('c1');
      await first.stop();
      expect(cache.size).toBe(0);
      const missed = await applied(creditbus.accounts.applyDelta('c1', { delta: '-1' }, WAIT));
      const second = await follow();
      try {
        expect(BigInt((await cache.get('c1')).version)).toBeGreaterThanOrEqual(BigInt(missed.version ?? 0));
        expect(cache.size).toBe(1);
        const next = await applied(creditbus.accounts.applyDelta('c1', { delta: '-1' }, WAIT));
        await eventually(() => expect(cache.peek('c1')).toMatchObject({ version: next.version }));
        expect(reads).toBe(2);
      } finally {
        await second.stop();
      }
    });
  });
});
