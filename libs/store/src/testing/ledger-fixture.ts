import { createHash, randomUUID } from 'node:crypto';

import { type Account, type Command, decide, type EpochMs, type LedgerEntry } from '@app/domain';
import { type TestDatabase, testDatabase } from '@app/testing';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

import { createDataSource } from '../data-source.js';
import { PostgresLedger } from '../ledger.js';
import { createLedgerPool } from '../ledger-pool.js';
import type { CommandChunk, CommandResult, Decide, Ledger, LoggedCommand } from '../ports.js';
import { PostgresPositions } from '../positions.js';
import { AccountReader } from '../readers/account-reader.js';
import { TenantStore } from '../readers/tenant-store.js';

export const TENANT = 'acme';
export const ACCOUNT = 'key_1';
export const TOPIC = 'credits.commands.v1';
/** 2026-11-20 10:00 UTC, when the first record of every test is appended. */
export const START: EpochMs = Date.UTC(2026, 10, 20, 10);

/** A command without what the tests rarely care about. */
export type Draft = Command extends infer C
  ? C extends Command
    ? Omit<C, 'id' | 'tenantId' | 'accountId' | 'creditType'> &
        Partial<Pick<C, 'id' | 'tenantId' | 'accountId' | 'creditType'>>
    : never
  : never;

/** The draft as a command on account `key_1` of tenant `acme`, with an id of its own unless it has one. */
export function command(draft: Draft): Command {
  return { id: randomUUID(), tenantId: TENANT, accountId: ACCOUNT, creditType: 'credits', ...draft };
}

export function fingerprintOf(sent: Command): Buffer {
  return createHash('sha256')
    .update(JSON.stringify(sent, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)))
    .digest();
}

/** One partition of the commands topic in memory, and its owner: appends commands and has the ledger apply them. */
export class TestPartition {
  private end = 0n;
  private clock: EpochMs = START;
  /** What the owner believes the progress row to hold. */
  fence = { owner: '', nextOffset: 0n };

  constructor(
    private readonly ledger: Ledger,
    private readonly positions: PostgresPositions,
    readonly partition: number,
  ) {}

  async claim(): Promise<this> {
    const claimed = (await this.positions.claim(TOPIC, [this.partition])).get(this.partition);
    if (claimed === undefined) throw new Error('the partition was not claimed');
    this.fence = { owner: claimed.owner, nextOffset: claimed.nextOffset ?? 0n };
    return this;
  }

  /** Appends commands, each a millisecond after the one before. */
  append(...drafts: readonly Draft[]): readonly LoggedCommand[] {
    return drafts.map((draft) => {
      const sent = command(draft);
      return { command: sent, fingerprint: fingerprintOf(sent), offset: this.end++, appendedAt: this.clock++ };
    });
  }

  at(time: EpochMs): this {
    this.clock = time;
    return this;
  }

  chunk(commands: readonly LoggedCommand[], toOffset = this.end): CommandChunk {
    return { topic: TOPIC, partition: this.partition, fence: this.fence, toOffset, commands };
  }

  async apply(commands: readonly LoggedCommand[], ledger = this.ledger): Promise<readonly CommandResult[]> {
    const chunk = this.chunk(commands);
    const results = await ledger.apply(chunk);
    if (chunk.toOffset > this.fence.nextOffset) this.fence = { ...this.fence, nextOffset: chunk.toOffset };
    return results;
  }

  /** Appends and applies in one chunk. */
  send(...drafts: readonly Draft[]): Promise<readonly CommandResult[]> {
    return this.apply(this.append(...drafts));
  }
}

export interface LedgerFixture {
  readonly database: TestDatabase;
  /** As the schema's owner. */
  readonly dataSource: DataSource;
  /** As the worker. */
  readonly pool: Pool;
  readonly positions: PostgresPositions;
  ledger(decideWith?: Decide): PostgresLedger;
  /** A claimed partition. */
  partition(partition?: number, ledger?: Ledger): Promise<TestPartition>;
  sql<Row = Record<string, unknown>>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
  account(accountId?: string, creditType?: string): Promise<Account | undefined>;
  /** As before each test. */
  clear(): Promise<void>;
}

/**
 * A database with tenants `acme` and `globex`, and what works on it. Call it outside of tests.
 * @param emptied before each test, or once before all
 */
export function ledgerFixture(emptied: 'each' | 'once' = 'each'): LedgerFixture {
  let dataSource: DataSource;
  let pool: Pool;
  // Before the hook that drops the database: hooks run in the order in which they are registered.
  afterAll(async () => {
    await pool.end();
    await dataSource.destroy();
  });
  const database = testDatabase();
  beforeAll(async () => {
    dataSource = createDataSource({ url: database.url, applicationName: 'store-test', poolSize: 3 });
    await dataSource.initialize();
    pool = createLedgerPool({ url: database.workerUrl, applicationName: 'store-test-worker', poolSize: 6 });
  });
  const clear = async (): Promise<void> => {
    await dataSource.query(
      'truncate accounts, grants, holds, schedules, ledger_entries, progress, credit_types, api_keys, tenants',
    );
    await new TenantStore(dataSource).create(TENANT);
    await new TenantStore(dataSource).create('globex');
  };
  (emptied === 'each' ? beforeEach : beforeAll)(clear);
  const fixture: LedgerFixture = {
    database,
    get dataSource() {
      return dataSource;
    },
    get pool() {
      return pool;
    },
    get positions() {
      return new PostgresPositions(pool);
    },
    ledger: (decideWith = decide) => new PostgresLedger(pool, decideWith),
    partition: (partition = 0, ledger = fixture.ledger()) =>
      new TestPartition(ledger, fixture.positions, partition).claim(),
    sql: (text, parameters) => dataSource.query(text, parameters && [...parameters]),
    account: async (accountId = ACCOUNT, creditType = 'credits') =>
      (await new AccountReader(dataSource).find(TENANT, { accountId, creditType }))?.account,
    clear,
  };
  return fixture;
}

/** Kind and code of each result, for comparing at a glance. */
export function outcomes(results: readonly CommandResult[]): string[] {
  return results.map((result) => `${result.kind} ${result.kind === 'dead-letter' ? result.reason : result.entry.code}`);
}

/** The entry of a result that has one. */
export function entryOf(result: CommandResult | undefined): LedgerEntry {
  if (result === undefined || result.kind === 'dead-letter') throw new Error('the result has no entry');
  return result.entry;
}
