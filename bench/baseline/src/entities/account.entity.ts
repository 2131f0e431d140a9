import { Column, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';

/** A tenant's holder of credits. Amounts are bigint columns, which pg hands out as strings. */
@Entity('account')
export class AccountEntity {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  tenantId!: string;

  @PrimaryColumn({ type: 'varchar', length: 255 })
  accountId!: string;

  @Column({ type: 'bigint', default: 0 })
  balance!: string;

  @Column({ type: 'bigint', default: 0 })
  version!: string;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}
