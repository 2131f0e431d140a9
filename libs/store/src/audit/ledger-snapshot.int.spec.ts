import { type Command, decide } from '@app/domain';
import { testDatabase } from '@app/testing';
import { Client } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';

import { createDataSource } from '../data-source.js';
import { createLedgerPool } from '../ledger-pool.js';
import { PostgresLedger } from '../ledger.js';
import { PostgresPositions } from '../positions.js';
import { EntryReader } from '../readers/entry-reader.js';
import { TenantStore } from '../readers/tenant-store.js';
import { type AuditEntry, LedgerSnapshot } from './ledger-snapshot.js';
import type { OutcomeFilter, StoredOutcome } from './stored-outcomes.js';

const TOPIC = 'commands';
const ACCOUNTS = 3;

const database = testDatabase();
let dataSource: DataSource;

/** Three accounts of each tenant: opened with 100, 5 taken, 1,000 refused. */
async function fill(): Promise<void> {
  const base = { creditType: 'credits' };
  const commands = ['acme', 'globex'].flatMap((tenantId) =>
    Array.from({ length: ACCOUNTS }, (_, index) => `key_${index}`).flatMap((accountId): Command[] => [
      { ...base, type: 'account.open', tenantId, accountId, id: `open-${accountId}`, initial: '100' },
      { ...base, type: 'credit.delta', tenantId, accountId, id: `take-${accountId}`, delta: '-5' },
      { ...base, type: 'credit.delta', tenantId, accountId, id: `refused-${accountId}`, delta: '-1000' },
    ]),
  );
  await apply(commands);
}

function named(accountId: string) {
  return { tenantId: 'acme', accountId, creditType: 'credits' };
}

async function apply(commands: readonly Command[]): Promise<void> {
  const pool = createLedgerPool({ url: database.workerUrl, applicationName: 'test', poolSize: 2 });
  try {
    const claimed = (await new PostgresPositions(pool).claim(TOPIC, [0])).get(0);
    const start = claimed?.nextOffset ?? 0n;
    const results = await new PostgresLedger(pool, decide).apply({
      topic: TOPIC,
      partition: 0,
      fence: { owner: claimed?.owner ?? '', nextOffset: start },
      toOffset: start + BigInt(commands.length),
      commands: commands.map((command, index) => ({
        command,
        fingerprint: Buffer.alloc(32, index),
        offset: start + BigInt(index),
        appendedAt: Date.UTC(2026, 10, 1) + Number(start) + index,
      })),
    });
    expect(results.every(({ kind }) => kind === 'decided')).toBe(true);
  } finally {
    await pool.end();
  }
}

/** As an intruder with all rights would: no constraint is checked. */
async function sql(text: string, values: unknown[] = []): Promise<void> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query(text, values);
  } finally {
    await client.end();
  }
}

function audit<T>(work: (snapshot: LedgerSnapshot) => Promise<T>, tenantId?: string): Promise<T> {
  return LedgerSnapshot.read(dataSource, work, tenantId);
}

async function entriesOf(snapshot: LedgerSnapshot): Promise<AuditEntry[]> {
  const entries = [];
  for await (const entry of snapshot.entries()) entries.push(entry);
  return entries;
}

const sound = { sumsDiffer: 0, partsDiffer: 0, versionsDiffer: 0, first: [] };
const take = `where tenant_id = 'acme' and command_id = 'take-key_1'`;

// Around everything, so that its hooks end before the database is dropped.
describe('audit', () => {
  beforeAll(async () => {
    dataSource = createDataSource({ url: database.url, applicationName: 'test', poolSize: 2 });
    await dataSource.initialize();
    for (const tenantId of ['acme', 'globex']) await new TenantStore(dataSource).create(tenantId);
  });

  beforeEach(async () => {
    await sql('truncate accounts, grants, holds, schedules, credit_types, ledger_entries, progress');
    await fill();
  });

  afterAll(() => dataSource.destroy());

  describe('snapshot of a sound ledger', () => {
    it('counts accounts, applied and rejected entries, of all tenants or of one', async () => {
      expect(await audit((snapshot) => snapshot.totals())).toEqual({ accounts: 6, applied: 12, rejected: 6 });
      expect(await audit((snapshot) => snapshot.totals(), 'acme')).toEqual({ accounts: 3, applied: 6, rejected: 3 });
    });

    it('violates nothing', async () => {
      expect(await audit((snapshot) => snapshot.accounts())).toEqual(sound);
      expect(await audit((snapshot) => snapshot.commands())).toEqual({ count: 0, first: [] });
    });

    it('knows how far the log was applied', async () => {
      expect(await audit((snapshot) => snapshot.positions())).toEqual(new Map([[TOPIC, new Map([[0, 18n]])]]));
    });

    it('gives outcomes as they are stored, of an account, a tenant or a time, in the order of versions', async () => {
      const outcomesOf = async (filter: OutcomeFilter, tenantId?: string): Promise<StoredOutcome[]> =>
        audit(async (snapshot) => {
          const found: StoredOutcome[] = [];
          for await (const page of snapshot.outcomes(filter)) found.push(...page);
          return found;
        }, tenantId);
      const account = named('key_1');
      const ofAccount = await outcomesOf({ account }, 'acme');
      const reader = new EntryReader(dataSource);
      const stored = ['open-key_1', 'take-key_1', 'refused-key_1'].map((id) => reader.findByCommandId('acme', id));
      expect(ofAccount).toEqual((await Promise.all(stored)).map((entry) => ({ entry })));
      expect(await outcomesOf({}, 'globex')).toHaveLength(9);
      expect(await outcomesOf({})).toHaveLength(18);
      const [, second, third] = (await outcomesOf({}, 'acme')).map(({ entry }) => entry);
      const between = await outcomesOf({ from: second?.recordedAt, to: third?.recordedAt }, 'acme');
      expect(between.map(({ entry }) => entry.commandId)).toEqual([second?.commandId]);
    });

    it('gives every entry once', async () => {
      const entries = await audit(entriesOf);
      expect(entries).toHaveLength(18);
      expect(new Set(entries.map(({ tenantId, commandId }) => `${tenantId} ${commandId}`)).size).toBe(18);
      expect(await audit(entriesOf, 'globex')).toHaveLength(9);
      expect(entries.find(({ tenantId, commandId }) => tenantId === 'acme' && commandId === 'take-key_1')).toEqual({
        tenantId: 'acme',
        commandId: 'take-key_1',
        accountId: 'key_1',
        creditType: 'credits',
        code: 'APPLIED',
        version: 2n,
        applied: -5n,
        balance: 95n,
        recordedAt: Date.UTC(2026, 10, 1) + 4,
        topic: TOPIC,
        partition: 0,
        offset: 4n,
      });
    });

    it('does not see what is applied after it was taken', async () => {
      const entries = await audit(async (snapshot) => {
        await snapshot.totals();
        await sql(`delete from ledger_entries`);
        return entriesOf(snapshot);
      });
      expect(entries).toHaveLength(18);
    });

    it('can not write', async () => {
      await expect(
        audit(async (snapshot) => {
          await snapshot.totals();
          const runner = Reflect.get(snapshot, 'runner') as QueryRunner;
          await runner.query('delete from accounts');
        }),
      ).rejects.toThrow('read-only');
    });
  });

  describe('I1: the sum of what was applied is the balance', () => {
    it('a balance that was changed by hand is found', async () => {
      await sql(`update accounts set base = 96, balance = 96 where tenant_id = 'acme' and account_id = 'key_1'`);
      const found = await audit((snapshot) => snapshot.accounts());
      expect(found).toMatchObject({ sumsDiffer: 1, partsDiffer: 0, versionsDiffer: 0 });
      expect(found.first).toEqual([
        expect.objectContaining({ tenantId: 'acme', accountId: 'key_1', balance: 96n, applied: 95n, entries: 2 }),
      ]);
      expect(await audit((snapshot) => snapshot.accounts(), 'globex')).toEqual(sound);
    });

    it('an entry that was changed by hand is found', async () => {
      await sql(`update ledger_entries set applied = -4, after_balance = 96 ${take}`);
      expect(await audit((snapshot) => snapshot.accounts())).toMatchObject({ sumsDiffer: 1, versionsDiffer: 0 });
    });

    it('two changes that hide each other in the sum are found', async () => {
      await sql(`update ledger_entries set applied = applied - 1, after_balance = after_balance - 1 ${take}`);
      await sql(
        `update ledger_entries set applied = 101, after_balance = 101 where tenant_id = 'acme' and command_id = 'open-key_1'`,
      );
      const { first } = await audit((snapshot) => snapshot.accounts());
      expect(first).toEqual([
        expect.objectContaining({ sumDiffers: true, applied: 95n, balance: 95n, brokenLinks: 1 }),
      ]);
    });

    it('entries without an account are found', async () => {
      await sql(`delete from accounts where tenant_id = 'acme' and account_id = 'key_1'`);
      const found = await audit((snapshot) => snapshot.accounts());
      expect(found).toMatchObject({ sumsDiffer: 1, versionsDiffer: 1 });
      expect(found.first).toEqual([expect.objectContaining({ accountId: null, balance: null, applied: 95n })]);
    });

    it('an account without entries is found', async () => {
      await sql(`delete from ledger_entries where tenant_id = 'acme' and command_id in ('open-key_1', 'take-key_1')`);
      const found = await audit((snapshot) => snapshot.accounts());
      expect(found.first).toEqual([expect.objectContaining({ accountId: 'key_1', applied: null, entries: 0 })]);
    });
  });

  describe('I2: base and what is in grants are the balance, open holds are held', () => {
    it('a balance that nothing holds is found', async () => {
      await sql(
        `update accounts set balance = balance + 1, live_grants = 1 where tenant_id = 'acme' and account_id = 'key_1'`,
      );
      expect(await audit((snapshot) => snapshot.accounts())).toMatchObject({ partsDiffer: 1, sumsDiffer: 1 });
    });

    it('held credits without a hold are found', async () => {
      await sql(`update accounts set held = 1, open_holds = 1 where tenant_id = 'acme' and account_id = 'key_1'`);
      expect(await audit((snapshot) => snapshot.accounts())).toMatchObject({ partsDiffer: 1, sumsDiffer: 0 });
    });
  });

  describe('I2 with grants and holds', () => {
    beforeEach(async () => {
      await apply([
        { ...named('key_1'), type: 'grant.create', id: 'grant', grantId: 'g1', amount: '30' },
        { ...named('key_1'), type: 'hold.create', id: 'hold', holdId: 'h1', amount: '40' },
        { ...named(''), type: 'credit-type.put', id: 'put', creditType: 'gold', scale: 2 },
      ]);
    });

    it('what remains in grants and what holds reserve is counted, entries of the catalogue are not', async () => {
      expect(await audit((snapshot) => snapshot.accounts())).toEqual(sound);
      const entries = await audit(entriesOf);
      expect(entries.find(({ commandId }) => commandId === 'put')).toMatchObject({
        accountId: '',
        creditType: 'gold',
        version: 1n,
        applied: null,
        balance: null,
      });
    });

    it('credits that vanish from a grant are found', async () => {
      await sql(`update grants set remaining = remaining - 1, held = 0 where grant_id = 'g1'`);
      expect(await audit((snapshot) => snapshot.accounts())).toMatchObject({
        partsDiffer: 1,
        sumsDiffer: 0,
        first: [{ inGrants: 29n, inHolds: 40n }],
      });
    });

    it('a hold that reserves less than the account holds is found', async () => {
      await sql(`update holds set reserved = 39 where hold_id = 'h1'`);
      expect(await audit((snapshot) => snapshot.accounts())).toMatchObject({ partsDiffer: 1, sumsDiffer: 0 });
    });

    it('a grant that its account does not know of is found', async () => {
      await sql(`update accounts set live_grants = 2 where account_id = 'key_1' and tenant_id = 'acme'`);
      expect(await audit((snapshot) => snapshot.accounts())).toMatchObject({ partsDiffer: 1, sumsDiffer: 0 });
    });
  });

  describe('I3: a command has one effect', () => {
    it('a second entry under another key is found', async () => {
      await sql(
        `insert into ledger_entries select (jsonb_populate_record(l, '{"command_key": "00000000-0000-0000-0000-000000000001",
         "version": 3}')).* from ledger_entries l ${take}`,
      );
      const found = await audit((snapshot) => snapshot.commands());
      expect(found.count).toBe(2);
      expect(found.first.map(({ commandId, message }) => `${commandId} ${message}`).sort()).toEqual([
        'take-key_1 2 entries come from the record commands/0/4',
        'take-key_1 has the key 00000000-0000-0000-0000-000000000001, which is not that of its id',
      ]);
    });
  });

  describe('I4: versions are 1..n', () => {
    it('a missing entry is found', async () => {
      await sql(`delete from ledger_entries ${take.replace('take', 'open')}`);
      const found = await audit((snapshot) => snapshot.accounts());
      expect(found).toMatchObject({ versionsDiffer: 1 });
      expect(found.first).toEqual([expect.objectContaining({ accountId: 'key_1', gaps: 1 })]);
    });

    it('an account that counts further than its entries is found', async () => {
      await sql(`update accounts set version = 3 where tenant_id = 'acme' and account_id = 'key_1'`);
      expect(await audit((snapshot) => snapshot.accounts())).toMatchObject({ versionsDiffer: 1, sumsDiffer: 0 });
    });

    it('no more violations are listed than asked for, and all are counted', async () => {
      await sql(`update accounts set version = version + 1`);
      const found = await audit((snapshot) => snapshot.accounts(2));
      expect(found.versionsDiffer).toBe(6);
      expect(found.first).toHaveLength(2);
    });
  });
});
