import type { EpochMs } from '@app/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

import { text, time } from './column-types.js';

@Entity('tenants')
export class TenantEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @Column(text('name'))
  name!: string;

  @Column(time('created_at', { default: () => 'now()' }))
  createdAt!: EpochMs;
}
