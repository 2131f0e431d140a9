import type { EpochMs, Minor, OutcomeCode } from '@app/domain';
import type { DataSource, QueryRunner } from 'typeorm';

import { ALL_POSITIONS } from '../sql/all-positions.js';
import { AUDIT_ACCOUNTS } from '../sql/audit-accounts.js';
import { AUDIT_COMMANDS } from '../sql/audit-commands.js';
import { CLOSE_AUDIT_ENTRIES, DECLARE_AUDIT_ENTRIES, FETCH_AUDIT_ENTRIES } from '../sql/audit-entries.js';
import { AUDIT_READS_ONLY } from '../sql/audit-reads-only.js';
import { AUDIT_TOTALS } from '../sql/audit-totals.js';
import { type OutcomeFilter, storedOutcomes, type StoredOutcome } from './stored-outcomes.js';

export interface AuditTotals {
  readonly accounts: number;
  readonly applied: number;
  readonly rejected: number;
}

/** An account whose entries do not explain it, as far as its row or its entries are there. Amounts in minor units. */
export interface AccountViolation {
  readonly tenantId: string;
  readonly accountKey: string;
  /** null: there are entries, but no account. */
  readonly accountId: string | null;
  readonly creditType: string | null;
  readonly balance: Minor | null;
  readonly base: Minor | null;
  readonly held: Minor | null;
  readonly version: bigint | null;
  /** What remains in its opened grants; beyond 64 bits perhaps. */
  readonly inGrants: bigint;
  /** What its holds reserve; beyond 64 bits perhaps. */
  readonly inHolds: bigint;
  /** Sum over its entries, beyond 64 bits perhaps; null: it has none. */
  readonly applied: bigint | null;
  readonly entries: number;
  /** Entries whose version does not follow the one before. */
  readonly gaps: number;
  /** Entries whose balance before is not the balance after of the one before. */
  readonly brokenLinks: number;
  /** I1: Σ applied = balance. */
  readonly sumDiffers: boolean;
  /** I2: base and opened grants = balance, open holds = held, and the row counts as many of both as there are. */
  readonly partsDiffer: boolean;
  /** I4: versions are 1..n without gap or repeat. */
  readonly versionsDiffer: boolean;
}

/** Violations that were found: how many of each kind, and the first of them. */
export interface AccountAudit {
  readonly sumsDiffer: number;
  readonly partsDiffer: number;
  readonly versionsDiffer: number;
  readonly first: readonly AccountViolation[];
}

export interface CommandViolation {
  readonly tenantId: string;
  readonly commandId: string;
  readonly message: string;
}

export interface CommandAudit {
  readonly count: number;
  readonly first: readonly CommandViolation[];
}

/**
 * What an audit needs to know of an entry. Amounts in minor units; null where a rejected entry has none. One of the
 * catalogue has an empty account id, a version and no amounts.
 */
export interface AuditEntry {
  readonly tenantId: string;
  readonly commandId: string;
  readonly accountId: string;
  readonly creditType: string;
  readonly code: OutcomeCode;
  readonly version: bigint | null;
  readonly applied: Minor | null;
  readonly balance: Minor | null;
  readonly recordedAt: EpochMs;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

type Row = Readonly<Record<string, string | number | boolean | null>>;

/**
 * The ledger at one moment, whatever is applied meanwhile: all answers of one snapshot belong together. Reads
 * everything, so it is for operators and tests, not for the hot path. One question at a time.
 */
export class LedgerSnapshot {
  private constructor(
    private readonly runner: QueryRunner,
    /** null: all. */
    private readonly tenantId: string | null,
  ) {}

  /** Runs the work on a snapshot, of one tenant or of all, in a transaction that can't write. */
  static async read<T>(
    dataSource: DataSource,
    work: (snapshot: LedgerSnapshot) => Promise<T>,
    tenantId?: string,
  ): Promise<T> {
    const runner = dataSource.createQueryRunner();
    try {
      await runner.startTransaction('REPEATABLE READ');
      await runner.query(AUDIT_READS_ONLY);
      return await work(new LedgerSnapshot(runner, tenantId ?? null));
    } finally {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      await runner.release();
    }
  }

  async totals(): Promise<AuditTotals> {
    const [row = {}] = await this.rows(AUDIT_TOTALS, [this.tenantId]);
    return { accounts: Number(row.accounts), applied: Number(row.applied), rejected: Number(row.rejected) };
  }

  /** How far the log was applied: next offset by topic and partition, without those that were only claimed. */
  async positions(): Promise<Map<string, Map<number, bigint>>> {
    const positions = new Map<string, Map<number, bigint>>();
    for (const row of await this.rows(ALL_POSITIONS.text)) {
      const nextOffset = bigintOf(row.next_offset);
      if (nextOffset === null) continue;
      const topic = String(row.topic);
      const partitions = positions.get(topic) ?? new Map<number, bigint>();
      positions.set(topic, partitions.set(Number(row.partition), nextOffset));
    }
    return positions;
  }

  /** Checks I1, I2 and I4 for every account. */
  async accounts(limit = 20): Promise<AccountAudit> {
    const rows = await this.rows(AUDIT_ACCOUNTS, [this.tenantId, limit]);
    return {
      sumsDiffer: Number(rows[0]?.sums_differ_count ?? 0),
      partsDiffer: Number(rows[0]?.parts_differ_count ?? 0),
      versionsDiffer: Number(rows[0]?.versions_differ_count ?? 0),
      first: rows.map(accountViolation),
    };
  }

  /** Checks I3 as far as the ledger alone can tell: no command id and no record has two entries. */
  async commands(limit = 20): Promise<CommandAudit> {
    const rows = await this.rows(AUDIT_COMMANDS, [this.tenantId, limit]);
    return {
      count: Number(rows[0]?.violations ?? 0),
      first: rows.map((row) => ({
        tenantId: String(row.tenant_id),
        commandId: String(row.command_id),
        message: String(row.message),
      })),
    };
  }

  /** Every entry, in no order. */
  async *entries(): AsyncGenerator<AuditEntry> {
    await this.rows(DECLARE_AUDIT_ENTRIES, [this.tenantId]);
    for (;;) {
      const rows = await this.rows(FETCH_AUDIT_ENTRIES);
      if (rows.length === 0) break;
      for (const row of rows) yield auditEntry(row);
    }
    await this.rows(CLOSE_AUDIT_ENTRIES);
  }

  /** Entries with all that their events are made of, in pages, each account's in the order of its versions. */
  outcomes(filter: OutcomeFilter = {}): AsyncGenerator<readonly StoredOutcome[]> {
    return storedOutcomes(this.runner, this.tenantId, filter);
  }

  private rows(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.runner.query(text, [...values]) as Promise<Row[]>;
  }
}

function accountViolation(row: Row): AccountViolation {
  return {
    tenantId: String(row.tenant_id),
    accountKey: String(row.account_key),
    accountId: textOf(row.account_id),
    creditType: textOf(row.credit_type),
    balance: bigintOf(row.balance),
    base: bigintOf(row.base),
    held: bigintOf(row.held),
    version: bigintOf(row.version),
    inGrants: bigintOf(row.in_grants) ?? 0n,
    inHolds: bigintOf(row.in_holds) ?? 0n,
    applied: bigintOf(row.applied),
    entries: Number(row.entries),
    gaps: Number(row.gaps),
    brokenLinks: Number(row.broken_links),
    sumDiffers: row.sum_differs === true,
    partsDiffer: row.parts_differ === true,
    versionsDiffer: row.versions_differ === true,
  };
}

function auditEntry(row: Row): AuditEntry {
  return {
    tenantId: String(row.tenant_id),
    commandId: String(row.command_id),
    accountId: String(row.account_id),
    creditType: String(row.credit_type),
    code: String(row.code) as OutcomeCode,
    version: bigintOf(row.version),
    applied: bigintOf(row.applied),
    balance: bigintOf(row.after_balance),
    recordedAt: Math.round(Number(row.recorded_at)),
    topic: String(row.log_topic),
    partition: Number(row.log_partition),
    offset: BigInt(String(row.log_offset)),
  };
}

function bigintOf(value: Row[string] | undefined): bigint | null {
  return value === null || value === undefined ? null : BigInt(value);
}

function textOf(value: Row[string] | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
