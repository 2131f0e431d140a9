import type { Actor, Cause, EpochMs, Metadata, Minor, OutcomeCode } from '@app/domain';
import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';

import { AccountEntity } from './account.entity.js';
import { int8, json, text, time } from './column-types.js';
import { ENTRY_CAUSES, LEDGER_COMMAND_TYPES, OUTCOME_CODES } from './ledger-enums.js';

/** An allocation as stored: digits, because a JSON number would pass through a float. */
export interface StoredAllocation {
  readonly grantId: string | null;
  readonly amount: string;
}

/** A row of `ledger_entries`, as the readers see it; the ledger writes it with a statement of its own. */
@Entity('ledger_entries')
export class LedgerEntryEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @PrimaryColumn({ name: 'command_key', type: 'uuid' })
  commandKey!: string;

  /** null: the key is the id. */
  @Column(text('command_id', { nullable: true }))
  commandId!: string | null;

  @Column({ name: 'account_key', type: 'uuid' })
  accountKey!: string;

  /** For reading an entry with its account's names; no foreign key: a rejection may name an account that never was. */
  @ManyToOne(() => AccountEntity, { createForeignKeyConstraints: false })
  @JoinColumn([
    { name: 'tenant_id', referencedColumnName: 'tenantId' },
    { name: 'account_key', referencedColumnName: 'accountKey' },
  ])
  account!: Relation<AccountEntity> | null;

  /** null: the account has a row. */
  @Column(text('account_id', { nullable: true }))
  accountId!: string | null;

  /** null: the account has a row. */
  @Column(text('credit_type', { nullable: true }))
  creditType!: string | null;

  @Column({ name: 'command_type', type: 'enum', enum: LEDGER_COMMAND_TYPES, enumName: 'command_type' })
  commandType!: string;

  @Column({ name: 'code', type: 'enum', enum: OUTCOME_CODES, enumName: 'outcome_code' })
  code!: OutcomeCode;

  @Column({ name: 'cause', type: 'enum', enum: ENTRY_CAUSES, enumName: 'entry_cause' })
  cause!: Cause;

  @Column({ name: 'fingerprint', type: 'bytea' })
  fingerprint!: Buffer;

  @Column(int8('requested', { nullable: true }))
  requested!: Minor | null;

  @Column(text('requested_as_sent', { nullable: true }))
  requestedAsSent!: string | null;

  @Column(int8('applied', { nullable: true }))
  applied!: Minor | null;

  /** null: rejected. */
  @Column(int8('version', { nullable: true }))
  version!: bigint | null;

  @Column(int8('before_balance', { nullable: true }))
  beforeBalance!: Minor | null;

  @Column(int8('before_held', { nullable: true }))
  beforeHeld!: Minor | null;

  @Column(int8('before_available', { nullable: true }))
  beforeAvailable!: Minor | null;

  @Column({ name: 'before_unlimited', type: 'boolean', nullable: true })
  beforeUnlimited!: boolean | null;

  @Column(int8('after_balance', { nullable: true }))
  afterBalance!: Minor | null;

  @Column(int8('after_held', { nullable: true }))
  afterHeld!: Minor | null;

  @Column(int8('after_available', { nullable: true }))
  afterAvailable!: Minor | null;

  @Column({ name: 'after_unlimited', type: 'boolean', nullable: true })
  afterUnlimited!: boolean | null;

  /** null: all of `applied` went to or came from the base. */
  @Column(json('allocations', { nullable: true }))
  allocations!: StoredAllocation[] | null;

  @Column(text('reason', { nullable: true }))
  reason!: string | null;

  @Column(text('description', { nullable: true }))
  description!: string | null;

  @Column(text('source', { nullable: true }))
  source!: string | null;

  @Column(text('occurred_at', { nullable: true }))
  occurredAt!: string | null;

  @Column(json('actor', { nullable: true }))
  actor!: Actor | null;

  @Column(json('metadata', { nullable: true }))
  metadata!: Metadata | null;

  @Column(text('message', { nullable: true }))
  message!: string | null;

  @Column(json('details', { nullable: true }))
  details!: Record<string, string> | null;

  @Column(text('grant_id', { nullable: true }))
  grantId!: string | null;

  @Column(text('hold_id', { nullable: true }))
  holdId!: string | null;

  @Column(text('schedule_id', { nullable: true }))
  scheduleId!: string | null;

  /** Of a reversal, the key of the original's command. */
  @Column({ name: 'reverses_key', type: 'uuid', nullable: true })
  reversesKey!: string | null;

  /** null: the key is the id. */
  @Column(text('reverses_id', { nullable: true }))
  reversesId!: string | null;

  @Column(int8('reverses_amount', { nullable: true }))
  reversesAmount!: Minor | null;

  /** Of the catalogue: the definition as the entry left it. */
  @Column(json('changed', { nullable: true }))
  changed!: object | null;

  @Column(time('recorded_at'))
  recordedAt!: EpochMs;

  @Column(text('log_topic'))
  logTopic!: string;

  @Column({ name: 'log_partition', type: 'integer' })
  logPartition!: number;

  @Column(int8('log_offset'))
  logOffset!: bigint;
}
