import { accountKey, commandKey } from '@app/contracts';
import { PositionLost } from '@app/messaging';

import type { LedgerEntry } from '@app/domain';
import type { CommandResult } from './ports.js';
import { EntryReader } from './readers/entry-reader.js';
import { ACCOUNT, entryOf, ledgerFixture, outcomes, START, TENANT, TOPIC } from './testing/ledger-fixture.js';

const fixture = ledgerFixture();
const UUID_V7 = '0192f0c1-0000-7000-8000-000000000001';

describe('a chunk is applied in one transaction', () => {
  it('decides each command with the effects of those before it', async () => {
    const partition = await fixture.partition();
    const results = await partition.send(
      { type: 'credit.delta', delta: '5' },
      { type: 'account.open', initial: '10' },
      { type: 'credit.delta', delta: '-3' },
      { type: 'credit.delta', delta: '-8' },
      { type: 'credit.set', value: '20' },
    );
    expect(outcomes(results)).toEqual([
      'decided ACCOUNT_NOT_FOUND',
      'decided APPLIED',
      'decided APPLIED',
      'decided INSUFFICIENT_CREDITS',
      'decided APPLIED',
    ]);
    expect(results.map((result) => entryOf(result).version)).toEqual([null, 1n, 2n, null, 3n]);
    expect(await fixture.account()).toMatchObject({ balance: 20n, base: 20n, version: 3n });
    expect((await fixture.positions.read(TOPIC, [0])).get(0)).toEqual({ nextOffset: 5n });
  });

  it('stores one row per command, rejected ones too', async () => {
    const partition = await fixture.partition();
    await partition.send({ type: 'account.open' }, { type: 'credit.delta', delta: '-3' });
    expect(await fixture.sql('select code, version from ledger_entries order by log_offset')).toEqual([
      { code: 'APPLIED', version: '1' },
      { code: 'INSUFFICIENT_CREDITS', version: null },
    ]);
  });

  it('gives the entry back as it was first decided, field by field', async () => {
    const partition = await fixture.partition();
    const everything = {
      reason: 'usage',
      description: '3 images – “größer” 🎈',
      actor: { type: 'user', id: 'u_1', name: 'Zoë' },
      metadata: { z: '1', a: 'ümläut', '10': 'ten', '2': 'two' },
      source: 'images',
      occurredAt: '2026-11-20T10:00:00+01:00',
    };
    const commands = partition.append(
      { type: 'account.open', initial: '9007199254740993', onInsufficient: 'clamp', ...everything },
      { type: 'credit.delta', id: UUID_V7, delta: '-9223372036854775807', ...everything },
      { type: 'credit.delta', id: 'text', delta: '0.5', ...everything },
      { type: 'credit.delta', delta: '1', creditType: 'tokens', ...everything },
      { type: 'credit.set', value: null, ...everything },
      { type: 'credit.delta', delta: '1', ...everything },
      { type: 'account.configure', metadata: { b: '1', a: '2' } },
    );
    const first = await partition.apply(commands);
    const again = await partition.apply(commands);
    expect(outcomes(first)).toEqual([
      'decided APPLIED',
      'decided APPLIED_PARTIALLY',
      'decided AMOUNT_PRECISION',
      'decided CREDIT_TYPE_NOT_FOUND',
      'decided APPLIED',
      'decided ACCOUNT_UNLIMITED',
      'decided APPLIED',
    ]);
    expect(again.map(({ kind }) => kind)).toEqual(first.map(() => 'redelivery'));
    expect(again.map(entryOf)).toEqual(first.map(entryOf));
    // Events are rebuilt from it: even the order of keys is kept.
    const metadata = (result: CommandResult) => JSON.stringify(entryOf(result).metadata);
    expect(again.map(metadata)).toEqual(first.map(metadata));
    const reader = new EntryReader(fixture.dataSource);
    const read: (LedgerEntry | null)[] = [];
    for (const { command } of commands) read.push(await reader.findByCommandId(TENANT, command.id));
    expect(read).toEqual(first.map(entryOf));
  });

  it('reads every setting of an account back as it was decided', async () => {
    const partition = await fixture.partition();
    await partition.send(
      {
        type: 'account.open',
        initial: '7',
        externalId: 'ext-1',
        group: 'g',
        floor: '-5',
        onInsufficient: { downTo: '-9' },
        burnOrder: 'last_in_first_out',
        refill: { interval: 'monthly', amount: '100', refillDay: 31, timeZone: 'Asia/Tokyo' },
        metadata: { z: '1', a: '2' },
      },
      { type: 'account.open', accountId: 'plain' },
      { type: 'account.open', accountId: 'unlimited', initial: null, onInsufficient: 'allow' },
    );
    const seen: unknown[] = [];
    const spy = fixture.ledger((state) => {
      seen.push(state.account);
      throw new Error('enough');
    });
    for (const accountId of [ACCOUNT, 'plain', 'unlimited']) {
      const [logged] = partition.append({ type: 'credit.delta', accountId, delta: '1' });
      await expect(spy.apply(partition.chunk(logged ? [logged] : []))).rejects.toThrow('enough');
    }
    const expected = {
      tenantId: TENANT,
      accountId: ACCOUNT,
      creditType: 'credits',
      externalId: 'ext-1',
      group: 'g',
      status: 'active',
      unlimited: false,
      base: 7n,
      balance: 7n,
      held: 0n,
      version: 1n,
      floor: -5n,
      onInsufficient: { downTo: -9n },
      burnOrder: 'last_in_first_out',
      refill: { interval: 'monthly', amount: 100n, refillDay: 31, timeZone: 'Asia/Tokyo' },
      refillDueOn: '2026-11-30',
      refilledOn: null,
      initial: 7n,
      metadata: { z: '1', a: '2' },
      grants: [],
      holds: [],
      createdAt: START,
      updatedAt: START,
    };
    expect(seen[0]).toEqual(expected);
    expect(seen[1]).toMatchObject({
      onInsufficient: null,
      refill: null,
      initial: 0n,
      metadata: null,
      externalId: null,
    });
    expect(seen[2]).toMatchObject({ unlimited: true, initial: null, onInsufficient: 'allow' });
    expect(await fixture.account()).toEqual(expected);
    expect(await fixture.account('unlimited')).toEqual(seen[2]);
  });

  it('writes settings that a command changes and leaves those that it does not', async () => {
    const partition = await fixture.partition();
    await partition.send({ type: 'account.open', externalId: 'e', metadata: { a: '1' }, group: 'g' });
    await partition.send({ type: 'account.configure', status: 'frozen', externalId: null });
    expect(await fixture.account()).toMatchObject({
      status: 'frozen',
      externalId: null,
      metadata: { a: '1' },
      group: 'g',
      version: 2n,
    });
  });

  it('moves the position even when the chunk has no commands but dead letters', async () => {
    const partition = await fixture.partition();
    await fixture.ledger().apply({ ...partition.chunk([]), toOffset: 42n });
    expect((await fixture.positions.read(TOPIC, [0])).get(0)).toEqual({ nextOffset: 42n });
  });

  it('works on thousands of commands for many accounts and tenants at once', async () => {
    const partition = await fixture.partition();
    const accounts = Array.from({ length: 500 }, (_, i) => ({
      accountId: `key_${i}`,
      tenantId: i % 2 ? TENANT : 'globex',
    }));
    await partition.send(...accounts.map((account) => ({ type: 'account.open' as const, initial: '100', ...account })));
    const results = await partition.send(
      ...[...accounts, ...accounts, ...accounts].map((account) => ({
        type: 'credit.delta' as const,
        delta: '-40',
        ...account,
      })),
    );
    expect(results.filter((result) => entryOf(result).code === 'APPLIED')).toHaveLength(1000);
    expect(results.filter((result) => entryOf(result).code === 'INSUFFICIENT_CREDITS')).toHaveLength(500);
    expect(await fixture.sql('select distinct balance, version from accounts')).toEqual([
      { balance: '20', version: '3' },
    ]);
  });

  it('records an entry never earlier than the account’s last one', async () => {
    const partition = await fixture.partition();
    await partition.at(START).send({ type: 'account.open' });
    const [late] = await partition.at(START - 60_000).send({ type: 'credit.delta', delta: '1' });
    expect(entryOf(late).recordedAt).toBe(START);
  });
});

describe('the fence', () => {
  it('refuses another owner and applies nothing', async () => {
    const partition = await fixture.partition();
    const commands = partition.append({ type: 'account.open' });
    const successor = await fixture.partition();
    await expect(partition.apply(commands)).rejects.toThrow(PositionLost);
    expect(await fixture.sql('select 1 from ledger_entries')).toEqual([]);
    expect(outcomes(await successor.apply(commands))).toEqual(['decided APPLIED']);
  });

  it('refuses a position that this worker did not leave there', async () => {
    const partition = await fixture.partition();
    await partition.send({ type: 'account.open' });
    await fixture.sql('update progress set next_offset = 0');
    await expect(partition.send({ type: 'credit.delta', delta: '1' })).rejects.toThrow(
      'the next offset is 0, not 1: it was moved, or the database restored',
    );
  });

  it('refuses a partition without a row', async () => {
    const partition = await fixture.partition();
    await fixture.sql('truncate progress');
    await expect(partition.send({ type: 'account.open' })).rejects.toThrow(PositionLost);
  });

  it('takes records from before the position, and never moves it back', async () => {
    const partition = await fixture.partition();
    const commands = partition.append({ type: 'account.open' }, { type: 'credit.delta', delta: '1' });
    await partition.apply(commands);
    const again = await fixture.ledger().apply(partition.chunk(commands.slice(0, 1), 1n));
    expect(outcomes(again)).toEqual(['redelivery APPLIED']);
    expect((await fixture.positions.read(TOPIC, [0])).get(0)).toEqual({ nextOffset: 2n });
  });

  it('is checked for a chunk without commands too', async () => {
    const partition = await fixture.partition();
    await fixture.partition();
    await expect(partition.apply([])).rejects.toThrow(PositionLost);
  });

  it('lets whoever claimed a new row begin where the log begins', async () => {
    const partition = await fixture.partition();
    await fixture.ledger().apply({ ...partition.chunk([]), toOffset: 1_001n });
    expect((await fixture.positions.read(TOPIC, [0])).get(0)).toEqual({ nextOffset: 1_001n });
  });

  it('refuses a row that was restored to before the first chunk of its owner', async () => {
    const partition = await fixture.partition();
    await partition.send({ type: 'account.open' });
    await fixture.sql('update progress set next_offset = null');
    await fixture.sql('truncate ledger_entries, accounts');
    await expect(partition.send({ type: 'account.open' })).rejects.toThrow(
      'the next offset is not set, not 1: it was moved, or the database restored',
    );
  });
});

describe('a command id has one effect', () => {
  it('tells a redelivery by its position, whatever the fingerprint says', async () => {
    const partition = await fixture.partition();
    const commands = partition.append({ type: 'account.open', initial: '3' });
    await partition.apply(commands);
    const changed = commands.map((logged) => ({ ...logged, fingerprint: Buffer.alloc(32, 9) }));
    expect(outcomes(await partition.apply(changed))).toEqual(['redelivery APPLIED']);
    expect(await fixture.account()).toMatchObject({ version: 1n });
  });

  it('tells a publisher’s duplicate by the same content at another position', async () => {
    const partition = await fixture.partition();
    const open = { type: 'account.open', id: 'open-1', initial: '3' } as const;
    const [first] = await partition.send(open);
    const [second] = await partition.send(open);
    expect(second?.kind).toBe('duplicate');
    expect(entryOf(second)).toEqual(entryOf(first));
  });

  it('tells a duplicate on another partition', async () => {
    const one = await fixture.partition(0);
    const other = await fixture.partition(1);
    await one.send({ type: 'account.open', id: 'open-1' });
    expect(outcomes(await other.send({ type: 'account.open', id: 'open-1' }))).toEqual(['duplicate APPLIED']);
  });

  it('tells duplicates and conflicts within one chunk', async () => {
    const partition = await fixture.partition();
    const results = await partition.send(
      { type: 'account.open', initial: '10' },
      { type: 'credit.delta', id: 'x', delta: '-1' },
      { type: 'credit.delta', id: 'x', delta: '-1' },
      { type: 'credit.delta', id: 'x', delta: '-2' },
      { type: 'credit.delta', id: 'y', delta: '-100' },
      { type: 'credit.delta', id: 'y', delta: '-100' },
    );
    expect(outcomes(results)).toEqual([
      'decided APPLIED',
      'decided APPLIED',
      'duplicate APPLIED',
      'conflict COMMAND_CONFLICT',
      'decided INSUFFICIENT_CREDITS',
      'duplicate INSUFFICIENT_CREDITS',
    ]);
    expect(await fixture.account()).toMatchObject({ balance: 9n, version: 2n });
  });

  it('repeats a rejection even if the command would pass now', async () => {
    const partition = await fixture.partition();
    await partition.send({ type: 'account.open' }, { type: 'credit.delta', id: 'x', delta: '-1' });
    const results = await partition.send(
      { type: 'credit.delta', delta: '10' },
      { type: 'credit.delta', id: 'x', delta: '-1' },
    );
    expect(outcomes(results)).toEqual(['decided APPLIED', 'duplicate INSUFFICIENT_CREDITS']);
  });

  it('builds a conflict from the record, without a row and the same at each redelivery', async () => {
    const partition = await fixture.partition();
    await partition.send({ type: 'account.open', initial: '10' }, { type: 'credit.delta', id: 'x', delta: '-1' });
    const conflicting = partition.append({ type: 'credit.set', id: 'x', value: '5', reason: 'oops' });
    const [first] = await partition.apply(conflicting);
    expect(entryOf(first)).toMatchObject({
      code: 'COMMAND_CONFLICT',
      status: 'rejected',
      cause: 'set',
      requested: '5',
      reason: 'oops',
      before: { balance: 9n },
      after: null,
      version: null,
      recordedAt: conflicting[0]?.appendedAt,
    });
    const [again] = await partition.apply(conflicting);
    expect(again).toEqual(first);
    expect(await fixture.sql('select 1 from ledger_entries')).toHaveLength(2);
  });

  it('keeps command ids of tenants apart', async () => {
    const partition = await fixture.partition();
    const results = await partition.send(
      { type: 'account.open', id: 'same' },
      { type: 'account.open', id: 'same', tenantId: 'globex' },
    );
    expect(outcomes(results)).toEqual(['decided APPLIED', 'decided APPLIED']);
  });

  it('tells ids apart that differ in case only', async () => {
    const partition = await fixture.partition();
    const results = await partition.send(
      { type: 'account.open', id: UUID_V7 },
      { type: 'account.open', id: UUID_V7.replace('c1', 'C1') },
    );
    expect(outcomes(results)).toEqual(['decided APPLIED', 'decided NO_CHANGE']);
    expect(await fixture.sql('select command_id from ledger_entries order by log_offset')).toEqual([
      { command_id: null },
      { command_id: UUID_V7.replace('c1', 'C1') },
    ]);
  });

  it('isolates an id that is the hash of another one', async () => {
    const partition = await fixture.partition();
    await partition.send({ type: 'account.open', id: 'order-1' });
    await expect(partition.send({ type: 'account.open', id: commandKey('order-1') })).rejects.toMatchObject({
      name: 'CommandFailed',
      index: 0,
    });
  });
});

describe('decisions rest on what the transaction read', () => {
  it('dead-letters an unknown tenant without a row, and applies the same record once the tenant exists', async () => {
    const partition = await fixture.partition();
    const commands = partition.append({ type: 'account.open', tenantId: 'initech' });
    expect(await partition.apply(commands)).toEqual([
      {
        kind: 'dead-letter',
        reason: 'UNKNOWN_TENANT',
        message: 'tenantId "initech" is not a known tenant',
        pointer: '/tenantId',
      },
    ]);
    expect(await fixture.sql('select 1 from ledger_entries')).toEqual([]);
    await fixture.sql(`insert into tenants (tenant_id, name) values ('initech', 'Initech')`);
    expect(outcomes(await partition.apply(commands))).toEqual(['decided APPLIED']);
  });

  it('takes scale and existence of a credit type from its row', async () => {
    const partition = await fixture.partition();
    const open = { type: 'account.open', creditType: 'usd', initial: '1.25' } as const;
    expect(outcomes(await partition.send(open))).toEqual(['decided CREDIT_TYPE_NOT_FOUND']);
    await fixture.sql(`insert into credit_types (tenant_id, credit_type, scale) values ('acme', 'usd', 2)`);
    const [opened] = await partition.send(open);
    expect(entryOf(opened)).toMatchObject({ code: 'APPLIED', scale: 2, applied: 125n });
  });

  it('knows no deleted credit type, but shows its scale', async () => {
    const partition = await fixture.partition();
    await fixture.sql(`insert into credit_types (tenant_id, credit_type, scale) values ('acme', 'usd', 2)`);
    await partition.send({ type: 'account.open', creditType: 'usd', initial: '1.25' });
    await fixture.sql('update credit_types set deleted_at = now()');
    const [rejected] = await partition.send({ type: 'credit.delta', creditType: 'usd', delta: '1' });
    expect(entryOf(rejected)).toMatchObject({ code: 'CREDIT_TYPE_NOT_FOUND', scale: 2, before: { balance: 125n } });
  });

  it('keeps accounts of tenants and credit types apart', async () => {
    const partition = await fixture.partition();
    await fixture.sql(`insert into credit_types (tenant_id, credit_type, scale) values ('acme', 'usd', 2)`);
    await partition.send(
      { type: 'account.open', initial: '1' },
      { type: 'account.open', creditType: 'usd', initial: '2' },
    );
    const results = await partition.send({ type: 'credit.delta', tenantId: 'globex', delta: '1' });
    expect(outcomes(results)).toEqual(['decided ACCOUNT_NOT_FOUND']);
    expect((await fixture.account(ACCOUNT, 'usd'))?.balance).toBe(200n);
  });

  it('names the account of a rejection in the row only where there is no account to name it', async () => {
    const partition = await fixture.partition();
    await partition.send({ type: 'credit.delta', id: 'a', delta: '1' }, { type: 'account.open', id: 'b' });
    expect(await fixture.sql('select account_id, account_key from ledger_entries order by log_offset')).toEqual([
      { account_id: ACCOUNT, account_key: accountKey(TENANT, ACCOUNT, 'credits') },
      { account_id: null, account_key: accountKey(TENANT, ACCOUNT, 'credits') },
    ]);
  });
});

describe('external ids', () => {
  it('are refused when another account has them, in the database or in the same chunk', async () => {
    const partition = await fixture.partition();
    await partition.send({ type: 'account.open', accountId: 'a', externalId: 'x' });
    const results = await partition.send(
      { type: 'account.open', accountId: 'b', externalId: 'x' },
      { type: 'account.open', accountId: 'c', externalId: 'y' },
      { type: 'account.open', accountId: 'd', externalId: 'y' },
      { type: 'account.configure', accountId: 'a', externalId: 'x' },
    );
    expect(outcomes(results)).toEqual([
      'decided ACCOUNT_EXISTS',
      'decided APPLIED',
      'decided ACCOUNT_EXISTS',
      'decided NO_CHANGE',
    ]);
  });

  it('may be the same for another tenant or credit type', async () => {
    await fixture.sql(`insert into credit_types (tenant_id, credit_type, scale) values ('acme', 'usd', 2)`);
    const partition = await fixture.partition();
    const results = await partition.send(
      { type: 'account.open', externalId: 'x' },
      { type: 'account.open', externalId: 'x', creditType: 'usd' },
      { type: 'account.open', externalId: 'x', tenantId: 'globex' },
    );
    expect(outcomes(results)).toEqual(['decided APPLIED', 'decided APPLIED', 'decided APPLIED']);
  });

  it('may be given up by one account and taken by another in the same chunk, and be swapped', async () => {
    const partition = await fixture.partition();
    await partition.send(
      { type: 'account.open', accountId: 'a', externalId: 'x' },
      { type: 'account.open', accountId: 'b', externalId: 'y' },
    );
    const results = await partition.send(
      { type: 'account.configure', accountId: 'a', externalId: null },
      { type: 'account.configure', accountId: 'b', externalId: 'x' },
      { type: 'account.configure', accountId: 'a', externalId: 'y' },
      { type: 'account.open', accountId: 'c', externalId: 'y' },
    );
    expect(outcomes(results)).toEqual([
      'decided APPLIED',
      'decided APPLIED',
      'decided APPLIED',
      'decided ACCOUNT_EXISTS',
    ]);
    expect((await fixture.account('a'))?.externalId).toBe('y');
    expect((await fixture.account('b'))?.externalId).toBe('x');
  });
});
