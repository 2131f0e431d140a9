import type { EpochMs } from '@app/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

import { int8, time } from './column-types.js';

@Entity('progress')
export class ProgressEntity {
  @PrimaryColumn({ name: 'topic', type: 'text' })
  topic!: string;

  @PrimaryColumn({ name: 'partition', type: 'integer' })
  partition!: number;

  /** null: claimed, nothing applied yet. */
  @Column(int8('next_offset', { nullable: true }))
  nextOffset!: bigint | null;

  @Column({ name: 'owner', type: 'uuid' })
  owner!: string;

  @Column(time('updated_at', { default: () => 'now()' }))
  updatedAt!: EpochMs;
}
