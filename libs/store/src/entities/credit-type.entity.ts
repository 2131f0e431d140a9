import {
  BURN_ORDERS,
  type BurnOrder,
  type CreditPrice,
  type EpochMs,
  type GrantExpiry,
  type Metadata,
  type Minor,
  type Scale,
} from '@app/domain';
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

  @Column(text('singular_name', { nullable: true }))
  singularName!: string | null;

  @Column(text('plural_name', { nullable: true }))
  pluralName!: string | null;

  @Column(text('icon', { nullable: true }))
  icon!: string | null;

  @Column(json('default_expiry', { nullable: true }))
  defaultExpiry!: GrantExpiry | null;

  @Column({ name: 'default_rollover_percent', type: 'smallint', nullable: true })
  defaultRolloverPercent!: number | null;

  @Column(int8('default_rollover_cap', { nullable: true }))
  defaultRolloverCap!: Minor | null;

  @Column(json('prices', { nullable: true }))
  prices!: CreditPrice[] | null;

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
