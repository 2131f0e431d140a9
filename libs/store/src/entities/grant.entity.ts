import {
  type CostBasis,
  type EpochMs,
  GRANT_KINDS,
  type GrantKind,
  type GrantStatus,
  type Metadata,
  type Minor,
} from '@app/domain';
import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';

import { AccountEntity } from './account.entity.js';
import { int8, json, text, time } from './column-types.js';

export const GRANT_STATUSES: GrantStatus[] = ['pending', 'open', 'exhausted', 'expired', 'voided'];

/** A row of `grants`, as the readers see it; the ledger writes it with statements of its own. */
@Entity('grants')
export class GrantEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @PrimaryColumn({ name: 'grant_id', type: 'text' })
  grantId!: string;

  @Column({ name: 'account_key', type: 'uuid' })
  accountKey!: string;

  /** For reading a grant with its account's names. */
  @ManyToOne(() => AccountEntity, { createForeignKeyConstraints: false })
  @JoinColumn([
    { name: 'tenant_id', referencedColumnName: 'tenantId' },
    { name: 'account_key', referencedColumnName: 'accountKey' },
  ])
  account!: Relation<AccountEntity>;

  @Column({ name: 'kind', type: 'enum', enum: GRANT_KINDS, enumName: 'grant_kind' })
  kind!: GrantKind;

  @Column({ name: 'status', type: 'enum', enum: GRANT_STATUSES, enumName: 'grant_status' })
  status!: GrantStatus;

  @Column(int8('amount'))
  amount!: Minor;

  @Column(int8('remaining'))
  remaining!: Minor;

  @Column(int8('held'))
  held!: Minor;

  @Column(int8('priority', { nullable: true }))
  priority!: bigint | null;

  @Column(time('effective_at'))
  effectiveAt!: EpochMs;

  @Column(time('expires_at', { nullable: true }))
  expiresAt!: EpochMs | null;

  @Column(time('rolls_at', { nullable: true }))
  rollsAt!: EpochMs | null;

  @Column(time('due_at', { nullable: true }))
  dueAt!: EpochMs | null;

  @Column(int8('created_version'))
  createdVersion!: bigint;

  @Column({ name: 'created_index', type: 'smallint', default: 0 })
  createdIndex!: number;

  @Column(time('created_at'))
  createdAt!: EpochMs;

  @Column(time('updated_at'))
  updatedAt!: EpochMs;

  @Column(text('name', { nullable: true }))
  name!: string | null;

  @Column(text('source_grant_id', { nullable: true }))
  sourceGrantId!: string | null;

  @Column(text('schedule_id', { nullable: true }))
  scheduleId!: string | null;

  @Column(json('cost_basis', { nullable: true }))
  costBasis!: CostBasis | null;

  @Column(json('metadata', { nullable: true }))
  metadata!: Metadata | null;

  /** True while something remains. */
  @Column({ name: 'live', type: 'boolean' })
  live!: boolean;
}
