import { decide } from '@app/domain';

import type { Pool, PoolClient } from 'pg';

import { PostgresLedger } from './ledger.js';
import { createLedgerPool } from './ledger-pool.js';
import type { Decide } from './ports.js';
import { ACCOUNT, ledgerFixture, outcomes, TOPIC } from './testing/ledger-fixture.js';

const fixture = ledgerFixture();

/** `decide`, but changed afterwards for the command with this id. */
function tampering(id: string, change: (decision: ReturnType<Decide>) => ReturnType<Decide>): Decide {
  return (state, command, at) => {
    const decision = decide(state, command, at);
    return command.id === id ? change(decision) : decision;
  };
}

async function expectNothingApplied(): Promise<void> {
  expect(await fixture.sql('select 1 from ledger_entries')).toEqual([]);
  expect(await fixture.sql('select 1 from accounts')).toEqual([]);
  expect((await fixture.positions.read(TOPIC, [0])).get(0)).toEqual({ nextOffset: null });
}

describe('the fault of one command is CommandFailed, and nothing is applied', () => {
  it('names the command for which decide throws', async () => {
    const partition = await fixture.partition();
    const ledger = fixture.ledger(
      tampering('bad', () => {
        throw new TypeError('boom');
      }),
    );
    const commands = partition.append({ type: 'account.open' }, { type: 'credit.delta', id: 'bad', delta: '1' });
    await expect(partition.apply(commands, ledger)).rejects.toMatchObject({
      name: 'CommandFailed',
      index: 1,
      message: 'deciding command "bad" (credit.delta) failed: boom',
    });
    await expectNothingApplied();
    // The connection went back clean.
    expect(outcomes(await partition.apply(commands))).toEqual(['decided APPLIED', 'decided APPLIED']);
  });

  it('names the command whose decided version does not follow', async () => {
    const partition = await fixture.partition();
    const ledger = fixture.ledger(
      tampering('bad', (decision) =>
        decision.status === 'applied' ? { ...decision, account: { ...decision.account, version: 7n } } : decision,
      ),
    );
    await expect(partition.apply(partition.append({ type: 'account.open', id: 'bad' }), ledger)).rejects.toMatchObject({
      name: 'CommandFailed',
      index: 0,
    });
    await expectNothingApplied();
  });

  it('names the command whose amounts do not add up', async () => {
    const partition = await fixture.partition();
    const ledger = fixture.ledger(
      tampering('bad', (decision) => (decision.status === 'applied' ? { ...decision, applied: 3n } : decision)),
    );
    await expect(partition.apply(partition.append({ type: 'account.open', id: 'bad' }), ledger)).rejects.toMatchObject({
      name: 'CommandFailed',
      index: 0,
    });
  });

  it('names the command whose balance is not the base and what remains in grants', async () => {
    const partition = await fixture.partition();
    const ledger = fixture.ledger(
      tampering('bad', (decision) =>
        decision.status === 'applied'
          ? { ...decision, account: { ...decision.account, grants: decision.account.grants.slice(1) } }
          : decision,
      ),
    );
    const commands = partition.append(
      { type: 'account.open' },
      { type: 'grant.create', grantId: 'g1', amount: '3' },
      { type: 'grant.create', grantId: 'g2', amount: '4', id: 'bad' },
    );
    await expect(partition.apply(commands, ledger)).rejects.toMatchObject({
      name: 'CommandFailed',
      index: 2,
      message: expect.stringContaining('the balance 7 is not the base 0 and 3 in grants') as string,
    });
    await expectNothingApplied();
  });

  it('names the command with an amount that no column can hold', async () => {
    const partition = await fixture.partition();
    const ledger = fixture.ledger(
      tampering('bad', (decision) =>
        decision.status === 'applied' ? { ...decision, requested: 2n ** 63n } : decision,
      ),
    );
    const commands = partition.append({ type: 'account.open' }, { type: 'credit.delta', id: 'bad', delta: '1' });
    await expect(partition.apply(commands, ledger)).rejects.toMatchObject({ name: 'CommandFailed', index: 1 });
    await expectNothingApplied();
  });

  it('takes a data exception of Postgres (SQLSTATE class 22) for it', async () => {
    const partition = await fixture.partition();
    const commands = partition.append({ type: 'account.open' }, { type: 'credit.delta', delta: '1', reason: 'a\0b' });
    await expect(partition.apply(commands)).rejects.toMatchObject({
      name: 'CommandFailed',
      index: undefined,
      cause: { code: '22021' },
    });
    await expect(partition.apply(commands.slice(1))).rejects.toMatchObject({ name: 'CommandFailed', index: 0 });
    await expectNothingApplied();
  });

  it('takes a CHECK violation for it', async () => {
    const partition = await fixture.partition();
    const ledger = fixture.ledger(
      tampering('bad', (decision) =>
        decision.status === 'applied' ? { ...decision, account: { ...decision.account, held: -1n } } : decision,
      ),
    );
    await expect(partition.apply(partition.append({ type: 'account.open', id: 'bad' }), ledger)).rejects.toMatchObject({
      name: 'CommandFailed',
      index: 0,
      cause: { code: '23514' },
    });
    await expectNothingApplied();
  });
});

describe('somebody was quicker: the chunk begins again from its reads', () => {
  it('decides again when its command id was inserted meanwhile', async () => {
    const one = await fixture.partition(0);
    const other = await fixture.partition(1);
    await one.send({ type: 'account.open', initial: '10' });
    let attempts = 0;
    // Between the reads and the write of one, other applies the same command on another account: no lock in common.
    const commands = one.append({ type: 'credit.delta', id: 'same', delta: '-1' });
    const racing = raceOnce(async () => {
      attempts++;
      await other.send({ type: 'account.open', accountId: 'other', id: 'same' });
    });
    expect(outcomes(await one.apply(commands, racing))).toEqual(['conflict COMMAND_CONFLICT']);
    expect(attempts).toBe(1);
    expect(await fixture.account()).toMatchObject({ balance: 10n, version: 1n });
  });

  it('decides again when its account was opened meanwhile', async () => {
    const one = await fixture.partition(0);
    const other = await fixture.partition(1);
    const racing = raceOnce(() => other.send({ type: 'account.open', initial: '5' }));
    const results = await one.apply(one.append({ type: 'account.open', initial: '7' }), racing);
    expect(outcomes(results)).toEqual(['decided ACCOUNT_EXISTS']);
    expect(await fixture.account()).toMatchObject({ balance: 5n });
  });

  it('decides again when its external id was taken meanwhile', async () => {
    const one = await fixture.partition(0);
    const other = await fixture.partition(1);
    const racing = raceOnce(() => other.send({ type: 'account.open', accountId: 'other', externalId: 'x' }));
    const results = await one.apply(one.append({ type: 'account.open', externalId: 'x' }), racing);
    expect(outcomes(results)).toEqual(['decided ACCOUNT_EXISTS']);
  });

  it('rolls back when other rows are written than decided, and gives up after its last attempt', async () => {
    const partition = await fixture.partition();
    await partition.send({ type: 'account.open' });
    await fixture.sql(`
      create function swallow() returns trigger language plpgsql as 'begin return null; end';
      create trigger swallow before update on accounts for each row execute function swallow()`);
    try {
      const ledger = new PostgresLedger(fixture.pool, decide, { attemptsMax: 2, delayMsMax: 1 });
      await expect(partition.apply(partition.append({ type: 'credit.delta', delta: '1' }), ledger)).rejects.toThrow(
        'entries, new accounts, balances, settings, position: decided 1, 0, 1, 0, 1, written 1, 0, 0, 0, 1',
      );
    } finally {
      await fixture.sql('drop trigger swallow on accounts; drop function swallow');
    }
    expect(await fixture.sql('select 1 from ledger_entries')).toHaveLength(1);
    expect(await fixture.account()).toMatchObject({ version: 1n });
  });

  /** A ledger on whose first attempt something else happens between its reads and its write. */
  function raceOnce(meanwhile: () => Promise<unknown>): PostgresLedger {
    let done = false;
    const racing = (client: PoolClient): PoolClient =>
      new Proxy(client, {
        get(target, property) {
          const value: unknown = Reflect.get(target, property);
          if (typeof value !== 'function') return value;
          if (property !== 'query') return value.bind(target) as unknown;
          return async (config: unknown) => {
            if (
              !done &&
              typeof config === 'object' &&
              config !== null &&
              'name' in config &&
              config.name === 'write_chunk'
            ) {
              done = true;
              await meanwhile();
            }
            return (value as (given: unknown) => unknown).call(target, config);
          };
        },
      });
    const connect = async () => racing(await fixture.pool.connect());
    return new PostgresLedger({ connect } as unknown as Pool, decide);
  }
});

describe('everything else is an outage: nothing dead-letters, and a retry ends well', () => {
  it('passes a read-only database on (25006)', async () => {
    const partition = await fixture.partition();
    const commands = partition.append({ type: 'account.open' });
    const readOnly = createLedgerPool({ url: fixture.database.workerUrl, applicationName: 'read-only', poolSize: 1 });
    readOnly.on('connect', (client) => void client.query('set default_transaction_read_only = on'));
    try {
      await expect(partition.apply(commands, new PostgresLedger(readOnly, decide))).rejects.toMatchObject({
        code: '25006',
      });
    } finally {
      await readOnly.end();
    }
    expect(outcomes(await partition.apply(commands))).toEqual(['decided APPLIED']);
  });

  it('passes a statement timeout on, and the lock it waited for stays another’s', async () => {
    const partition = await fixture.partition();
    await partition.send({ type: 'account.open' });
    const impatient = createLedgerPool({
      url: fixture.database.workerUrl,
      applicationName: 'impatient',
      poolSize: 1,
      statementTimeoutMs: 100,
    });
    const runner = fixture.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query('select from accounts for update');
    const commands = partition.append({ type: 'credit.delta', delta: '1' });
    try {
      await expect(partition.apply(commands, new PostgresLedger(impatient, decide))).rejects.toMatchObject({
        code: '57014',
      });
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
      await impatient.end();
    }
    expect(outcomes(await partition.apply(commands))).toEqual(['decided APPLIED']);
  });

  it('gives up a connection that was ended in the middle, and goes on with another', async () => {
    const partition = await fixture.partition();
    await partition.send({ type: 'account.open' });
    const runner = fixture.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query('select from accounts for update');
    const waiting = partition.apply(partition.append({ type: 'credit.delta', id: 'x', delta: '1' }));
    const failed = expect(waiting).rejects.toMatchObject({ code: '57P01' });
    await untilWaiting();
    await fixture.sql(`select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'`);
    await failed;
    await runner.rollbackTransaction();
    await runner.release();
    expect(outcomes(await partition.send({ type: 'credit.delta', delta: '1' }))).toEqual(['decided APPLIED']);
    expect(await fixture.account()).toMatchObject({ version: 2n });
  });

  it('finds everything applied when only the acknowledgement of the commit was lost', async () => {
    const partition = await fixture.partition();
    const commands = partition.append(
      { type: 'account.open', initial: '5' },
      { type: 'credit.delta', id: 'x', delta: '-1' },
      { type: 'credit.delta', id: 'x', delta: '-1' },
      { type: 'credit.delta', delta: '-100' },
    );
    const first = await partition.apply(commands);
    // The worker did not hear of it: it claims again and hands the same records over.
    await partition.claim();
    const again = await partition.apply(commands);
    expect(outcomes(again)).toEqual([
      'redelivery APPLIED',
      'redelivery APPLIED',
      'duplicate APPLIED',
      'redelivery INSUFFICIENT_CREDITS',
    ]);
    expect(again.map((result) => 'entry' in result && result.entry)).toEqual(
      first.map((result) => 'entry' in result && result.entry),
    );
    expect(await fixture.account()).toMatchObject({ balance: 4n, version: 2n });
  });

  it('passes an unreachable server on', async () => {
    const partition = await fixture.partition();
    const url = new URL(fixture.database.workerUrl);
    url.port = '1';
    const nowhere = createLedgerPool({ url: url.href, applicationName: 'nowhere', connectTimeoutMs: 500 });
    await expect(
      partition.apply(partition.append({ type: 'account.open' }), new PostgresLedger(nowhere, decide)),
    ).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await nowhere.end();
  });

  async function untilWaiting(): Promise<void> {
    for (let i = 0; i < 100; i++) {
      const waiting = await fixture.sql(
        `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      );
      if (waiting.length > 0) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`nobody waits for a lock on ${ACCOUNT}`);
  }
});
