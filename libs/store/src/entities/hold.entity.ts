import type { EpochMs, HoldStatus, Metadata, Minor } from '@app/domain';
import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';

import { AccountEntity } from './account.entity.js';
import { int8, json, time } from './column-types.js';
import type { StoredAllocation } from './ledger-entry.entity.js';

export const HOLD_STATUSES: HoldStatus[] = ['open', 'captured', 'released', 'expired'];

/** A row of `holds`, as the readers see it; the ledger writes it with statements of its own. */
@Entity('holds')
export class HoldEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @PrimaryColumn({ name: 'hold_id', type: 'text' })
  holdId!: string;

  @Column({ name: 'account_key', type: 'uuid' })
  accountKey!: string;

  /** For reading a hold with its account's names. */
  @ManyToOne(() => AccountEntity, { createForeignKeyConstraints: false })
  @JoinColumn([
    { name: 'tenant_id', referencedColumnName: 'tenantId' },
    { name: 'account_key', referencedColumnName: 'accountKey' },
  ])
  account!: Relation<AccountEntity>;

  @Column({ name: 'status', type: 'enum', enum: HOLD_STATUSES, enumName: 'hold_status' })
  status!: HoldStatus;

  @Column(int8('amount'))
  amount!: Minor;

  @Column(int8('captured'))
  captured!: Minor;

  /** Sum of `reservedFrom`. */
  @Column(int8('reserved'))
  reserved!: Minor;

  /** In the order in which it is captured; null: nothing. */
  @Column(json('reserved_from', { nullable: true }))
  reservedFrom!: StoredAllocation[] | null;

  @Column(time('expires_at'))
  expiresAt!: EpochMs;

  @Column(time('due_at', { nullable: true }))
  dueAt!: EpochMs | null;

  @Column(time('created_at'))
  createdAt!: EpochMs;

  @Column(time('updated_at'))
  updatedAt!: EpochMs;

  @Column(json('metadata', { nullable: true }))
  metadata!: Metadata | null;
}
