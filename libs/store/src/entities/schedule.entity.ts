import {
  type EpochMs,
  GRANT_KINDS,
  type GrantExpiry,
  type GrantKind,
  type Metadata,
  type Minor,
  SCHEDULE_CADENCES,
  SCHEDULE_PERIODS,
  SCHEDULE_SCOPES,
  type ScheduleCadence,
  type SchedulePeriod,
  type ScheduleScope,
  type ScheduleStatus,
} from '@app/domain';
import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';

import { AccountEntity } from './account.entity.js';
import { int8, json, text, time } from './column-types.js';

export const SCHEDULE_STATUSES: ScheduleStatus[] = ['active', 'completed', 'ended'];

/** A row of `schedules`, templates included, as the readers see it; the ledger writes it with statements of its own. */
@Entity('schedules')
export class ScheduleEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @PrimaryColumn({ name: 'schedule_id', type: 'text' })
  scheduleId!: string;

  /** null: a template. */
  @Column({ name: 'account_key', type: 'uuid', nullable: true })
  accountKey!: string | null;

  /** For reading a schedule with its account's id. */
  @ManyToOne(() => AccountEntity, { createForeignKeyConstraints: false })
  @JoinColumn([
    { name: 'tenant_id', referencedColumnName: 'tenantId' },
    { name: 'account_key', referencedColumnName: 'accountKey' },
  ])
  account!: Relation<AccountEntity> | null;

  @Column(text('credit_type'))
  creditType!: string;

  @Column({ name: 'scope', type: 'enum', enum: SCHEDULE_SCOPES, enumName: 'schedule_scope' })
  scope!: ScheduleScope;

  @Column({ name: 'status', type: 'enum', enum: SCHEDULE_STATUSES, enumName: 'schedule_status' })
  status!: ScheduleStatus;

  @Column(int8('amount'))
  amount!: Minor;

  @Column({ name: 'cadence', type: 'enum', enum: SCHEDULE_CADENCES, enumName: 'schedule_cadence' })
  cadence!: ScheduleCadence;

  @Column({ name: 'period', type: 'enum', enum: SCHEDULE_PERIODS, enumName: 'schedule_period', nullable: true })
  period!: SchedulePeriod | null;

  @Column(int8('period_count'))
  periodCount!: bigint;

  @Column(time('anchor_at'))
  anchor!: EpochMs;

  @Column(time('starts_at'))
  start!: EpochMs;

  @Column(time('ends_at', { nullable: true }))
  end!: EpochMs | null;

  @Column(json('expiry'))
  expiry!: GrantExpiry;

  @Column({ name: 'kind', type: 'enum', enum: GRANT_KINDS, enumName: 'grant_kind' })
  kind!: GrantKind;

  @Column(int8('priority', { nullable: true }))
  priority!: bigint | null;

  @Column(text('time_zone'))
  timeZone!: string;

  @Column({ name: 'rollover_percent', type: 'smallint', nullable: true })
  rolloverPercent!: number | null;

  @Column(int8('rollover_cap', { nullable: true }))
  rolloverCap!: Minor | null;

  @Column(int8('next_index', { nullable: true }))
  nextIndex!: bigint | null;

  @Column(time('next_start', { nullable: true }))
  nextStart!: EpochMs | null;

  @Column(time('due_at', { nullable: true }))
  dueAt!: EpochMs | null;

  @Column(int8('version'))
  version!: bigint;

  @Column(time('created_at'))
  createdAt!: EpochMs;

  @Column(time('updated_at'))
  updatedAt!: EpochMs;

  @Column(text('name', { nullable: true }))
  name!: string | null;

  @Column(text('last_grant_id', { nullable: true }))
  lastGrantId!: string | null;

  @Column(text('carried_grant_id', { nullable: true }))
  carriedGrantId!: string | null;

  @Column(json('metadata', { nullable: true }))
  metadata!: Metadata | null;
}
