import {
  type AccountStatus,
  BURN_ORDERS,
  type BurnOrder,
  type EpochMs,
  type Metadata,
  type Minor,
  type Refill,
} from '@app/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

import { int8, json, text, time } from './column-types.js';

/** A row of `accounts`, as the readers see it; the ledger writes it with statements of its own. */
@Entity('accounts')
export class AccountEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @PrimaryColumn({ name: 'account_key', type: 'uuid' })
  accountKey!: string;

  @Column(text('account_id'))
  accountId!: string;

  @Column(text('credit_type'))
  creditType!: string;

  @Column(text('external_id', { nullable: true }))
  externalId!: string | null;

  @Column(text('account_group', { nullable: true }))
  group!: string | null;

  @Column({ name: 'status', type: 'enum', enum: ['active', 'frozen', 'closed'], enumName: 'account_status' })
  status!: AccountStatus;

  @Column({ name: 'unlimited', type: 'boolean' })
  unlimited!: boolean;

  @Column(int8('base'))
  base!: Minor;

  @Column(int8('balance'))
  balance!: Minor;

  @Column(int8('held'))
  held!: Minor;

  @Column(int8('version'))
  version!: bigint;

  @Column(int8('floor'))
  floor!: Minor;

  @Column(int8('initial', { nullable: true }))
  initial!: Minor | null;

  @Column({
    name: 'on_insufficient',
    type: 'enum',
    enum: ['reject', 'clamp', 'allow', 'downTo'],
    enumName: 'floor_policy',
    nullable: true,
  })
  onInsufficient!: 'reject' | 'clamp' | 'allow' | 'downTo' | null;

  @Column(int8('floor_down_to', { nullable: true }))
  floorDownTo!: Minor | null;

  @Column({ name: 'burn_order', type: 'enum', enum: BURN_ORDERS, enumName: 'burn_order', nullable: true })
  burnOrder!: BurnOrder | null;

  @Column({
    name: 'refill_interval',
    type: 'enum',
    enum: ['daily', 'monthly'],
    enumName: 'refill_interval',
    nullable: true,
  })
  refillInterval!: Refill['interval'] | null;

  @Column(int8('refill_amount', { nullable: true }))
  refillAmount!: Minor | null;

  @Column({ name: 'refill_day', type: 'smallint', nullable: true })
  refillDay!: number | null;

  /** null: UTC. */
  @Column(text('refill_time_zone', { nullable: true }))
  refillTimeZone!: string | null;

  /** The next date (of that zone) to be refilled, and its first instant. */
  @Column({ name: 'refill_due_on', type: 'date', nullable: true })
  refillDueOn!: string | null;

  @Column(time('refill_due_at', { nullable: true }))
  refillDueAt!: EpochMs | null;

  /** The latest date that was refilled. */
  @Column({ name: 'refilled_on', type: 'date', nullable: true })
  refilledOn!: string | null;

  /** How many grants have something left. */
  @Column({ name: 'live_grants', type: 'integer', default: 0 })
  liveGrants!: number;

  @Column({ name: 'open_holds', type: 'integer', default: 0 })
  openHolds!: number;

  @Column(json('metadata', { nullable: true }))
  metadata!: Metadata | null;

  @Column(time('created_at'))
  createdAt!: EpochMs;

  @Column(time('updated_at'))
  updatedAt!: EpochMs;
}
