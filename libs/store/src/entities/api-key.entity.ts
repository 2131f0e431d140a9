import type { EpochMs } from '@app/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { Scope } from '../readers/shapes.js';
import { text, time } from './column-types.js';

@Entity('api_keys')
export class ApiKeyEntity {
  @PrimaryColumn({ name: 'key_hash', type: 'bytea' })
  hash!: Buffer;

  @Column(text('tenant_id'))
  tenantId!: string;

  @Column(text('name'))
  name!: string;

  @Column(text('shown'))
  shown!: string;

  @Column(text('scopes', { array: true }))
  scopes!: Scope[];

  @Column(text('account_prefix', { nullable: true }))
  accountPrefix!: string | null;

  @Column(text('account_group', { nullable: true }))
  group!: string | null;

  @Column(time('expires_at', { nullable: true }))
  expiresAt!: EpochMs | null;

  @Column(time('revoked_at', { nullable: true }))
  revokedAt!: EpochMs | null;

  @Column(time('created_at', { default: () => 'now()' }))
  createdAt!: EpochMs;

  @Column(time('last_used_at', { nullable: true }))
  lastUsedAt!: EpochMs | null;
}
