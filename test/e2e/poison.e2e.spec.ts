import { randomUUID } from 'node:crypto';
import { workerConfig } from '@app/config';
import { decide } from '@app/domain';
import type { Decide } from '@app/store';
import { eventually } from '@app/testing';
import { CommandWorker } from '../../apps/worker/src/command-worker.js';
import { type CommandFields, Deployment } from '../deployment/deployment.js';
import { type TailedRecord, TopicTail } from '../deployment/topic-tail.js';

const BUGGY = 0;
const OTHER = 1;

/** The product's rules with a bug: a delta of −13 makes the decision code throw. */
const decideWithBug: Decide = (state, command, at) => {
  if (command.type === 'credit.delta' && command.delta === '-13') throw new TypeError('no luck with 13');
  return decide(state, command, at);
};

/** The worker in this process, so that it can be given other rules. */
async function startWorkerWith(deployment: Deployment, rules: Decide): Promise<CommandWorker> {
  const config = workerConfig({ ...deployment.appEnv(), DATABASE_URL: deployment.database.workerUrl });
  const nothing = (): void => undefined;
  const worker = new CommandWorker(
    config,
    {
      consumer: {},
      pipeline: { chunkProcessed: nothing, repliesMissed: nothing },
      scheduler: { leads: nothing, published: nothing, waitsFor: nothing, failed: nothing },
      clientLog: nothing,
      warn: nothing,
      onFatal: (error) => {
        throw error;
      },
    },
    rules,
  );
  await worker.start();
  return worker;
}

function delta(accountId: string, amount: string): CommandFields & { readonly id: string } {
  return { type: 'credit.delta', id: randomUUID(), accountId, delta: amount };
}

/** Commands of two accounts; the poison comes first and last, in a row, and alone between others. */
function around(poison: string): { commands: (CommandFields & { readonly id: string })[]; poisoned: Set<string> } {
  const amounts = [poison, '-1', '-2', poison, '-3', poison, poison, poison, '4', '-5', '-6', '-7', poison];
  const commands = amounts.flatMap((amount) => [delta('a', amount), delta('b', amount === poison ? '-1' : amount)]);
  // The very last one too.
  commands.push(delta('a', poison));
  return { commands, poisoned: new Set(commands.filter((command) => command.delta === poison).map(({ id }) => id)) };
}

describe('P7: a bug on one command isolates that command', () => {
  let deployment: Deployment;
  let tail: TopicTail;
  beforeEach(async () => {
    deployment = await Deployment.start({ partitions: 2 });
    tail = await TopicTail.start(deployment.brokers, [deployment.topics.deadLetter]);
    await publish([{ type: 'account.open', accountId: 'a', initial: '1000' }]);
    await publish([{ type: 'account.open', accountId: 'b', initial: '1000' }]);
    await publish([{ type: 'account.open', accountId: 'c', initial: '1000' }], OTHER);
  });
  afterEach(async () => {
    await tail.stop();
    await deployment.stop();
  });

  const publish = (commands: readonly CommandFields[], partition = BUGGY): Promise<void> =>
    deployment.publish(commands, undefined, partition);
  const letters = (count: number): Promise<TailedRecord[]> =>
    tail.waitFor(deployment.topics.deadLetter, ({ length }) => length === count);

  /** What is applied to each account, in the order of its versions, is what was published for it without the poison. */
  async function expectAppliedInOrder(
    commands: readonly CommandFields[],
    poisoned: ReadonlySet<string>,
  ): Promise<void> {
    const ids = (accountId: string) =>
      commands.filter((command) => command.accountId === accountId && !poisoned.has(String(command.id)));
    const rows = await deployment.ledger();
    for (const accountId of ['a', 'b']) {
      const applied = rows.filter((row) => row.account_id === accountId && row.version !== '1');
      expect(applied.map(({ command_id, code }) => [command_id, code])).toEqual(
        ids(accountId).map(({ id }) => [id, 'APPLIED']),
      );
    }
    expect(await deployment.violations()).toEqual([]);
  }

  async function expectPoisonDeadLettered(poisoned: ReadonlySet<string>, message: string): Promise<TailedRecord[]> {
    const found = await letters(poisoned.size);
    const idOf = ({ json }: TailedRecord): string => (json as { id: string }).id;
    expect(found.map(idOf)).toEqual([...poisoned]);
    for (const { headers } of found) {
      expect(String(headers['x-dlq-reason'])).toBe('PROCESSING_FAILED');
      expect(String(headers['x-dlq-message'])).toContain(message);
      expect(String(headers['x-dlq-original-partition'])).toBe(String(BUGGY));
    }
    return found;
  }

  it('a value that makes the decision code throw is dead-lettered; a redrive after the bug is mended is applied once', async () => {
    const { commands, poisoned } = around('-13');
    await publish(commands);
    await publish([delta('c', '-1')], OTHER);
    const worker = await startWorkerWith(deployment, decideWithBug);
    try {
      await deployment.settled();
      await expectPoisonDeadLettered(poisoned, 'no luck with 13');
      await expectAppliedInOrder(commands, poisoned);
      expect((await deployment.balances()).get('c')).toBe('999');
    } finally {
      await worker.stop();
    }

    const mended = await startWorkerWith(deployment, decide);
    try {
      const redriven = (await letters(poisoned.size)).map(({ key, value }) => ({
        key,
        value,
        headers: { 'x-dlq-redrive-count': '1' },
        partition: BUGGY,
      }));
      await deployment.send([...redriven, ...redriven]);
      await deployment.settled();
      const rows = (await deployment.ledger()).filter(({ command_id }) => poisoned.has(command_id));
      expect(rows.map(({ command_id, code }) => [command_id, code])).toEqual(
        [...poisoned].map((id) => [id, 'APPLIED']),
      );
      expect((await deployment.balances()).get('a')).toBe(String(1000 - 20 - 13 * poisoned.size));
      await letters(poisoned.size);
      expect(await deployment.violations()).toEqual([]);
    } finally {
      await mended.stop();
    }
  });

  it.each([
    {
      what: 'a CHECK constraint',
      schema: `alter table ledger_entries add constraint no_thirteen check (requested <> -13)`,
      message: 'no_thirteen',
    },
    {
      what: 'SQLSTATE class 22',
      schema: `create function refuse() returns trigger language plpgsql as
                 $$ begin raise exception 'thirteen is out of range' using errcode = '22003'; end $$;
               create trigger refuse before insert on ledger_entries
                 for each row when (new.requested = -13) execute function refuse()`,
      message: 'thirteen is out of range',
    },
  ])('data that Postgres refuses by $what is dead-lettered', async ({ schema, message }) => {
    await deployment.sql(schema);
    const { commands, poisoned } = around('-13');
    await publish(commands);
    await publish([delta('c', '-1')], OTHER);
    await deployment.startWorker();
    await deployment.settled();
    await expectPoisonDeadLettered(poisoned, message);
    await expectAppliedInOrder(commands, poisoned);
    expect((await deployment.balances()).get('c')).toBe('999');
  });

  it('any other refusal is an outage: its partition waits, others flow, and nothing is dead-lettered', async () => {
    await deployment.sql(
      `create function refuse() returns trigger language plpgsql as
         $$ begin raise exception 'not now' using errcode = '53100'; end $$;
       create trigger refuse before insert on ledger_entries
         for each row when (new.requested = -13) execute function refuse()`,
    );
    const worker = await deployment.startWorker();
    await deployment.settled();
    const { commands } = around('-13');
    await publish(commands);
    await publish([delta('c', '-1')], OTHER);
    await eventually(async () => expect((await deployment.balances()).get('c')).toBe('999'), 30_000);
    await eventually(async () => expect(await worker.health()).toBe(503), 30_000);
    expect((await deployment.balances()).get('a')).toBe('1000');

    await deployment.sql('drop trigger refuse on ledger_entries');
    await deployment.settled();
    await expectAppliedInOrder(commands, new Set());
    expect(tail.records).toEqual([]);
  });
});
