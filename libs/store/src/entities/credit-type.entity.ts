import { BURN_ORDERS, type BurnOrder, type EpochMs, type Metadata, type Scale } from '@app/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

import { int8, json, text, time } from './column-types.js';

@Entity('credit_types')
export class CreditTypeEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @PrimaryColumn({ name: 'credit_type', type: 'text' })
  creditType!: string;

  @Column({ name: 'scale', type: 'smallint' })
  scale!: Scale;

  @Column({ name: 'burn_order', type: 'enum', enum: BURN_ORDERS, enumName: 'burn_order', default: 'priority' })
  burnOrder!: BurnOrder;

  @Column(text('name', { nullable: true }))
  name!: string | null;

  @Column(text('description', { nullable: true }))
  description!: string | null;

  @Column(json('metadata', { nullable: true }))
  metadata!: Metadata | null;

  @Column(int8('version', { default: 1 }))
  version!: bigint;

  @Column(time('created_at', { default: () => 'now()' }))
  createdAt!: EpochMs;

  @Column(time('updated_at', { default: () => 'now()' }))
  updatedAt!: EpochMs;

  @Column(time('deleted_at', { nullable: true }))
  deletedAt!: EpochMs | null;
}
