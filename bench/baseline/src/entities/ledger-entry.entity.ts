import { Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** One line per applied or rejected command. The index serves "the entries of an account, newest first". */
@Entity('ledger_entry')
@Index(['tenantId', 'accountId', 'id'])
export class LedgerEntryEntity {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: string;

  @Column({ type: 'varchar', length: 64 })
  tenantId!: string;

  @Column({ type: 'varchar', length: 255 })
  accountId!: string;

  @Column({ type: 'varchar', length: 255 })
  commandId!: string;

  @Column({ type: 'varchar', length: 16 })
  status!: 'applied' | 'rejected';

  @Column({ type: 'bigint' })
  requested!: string;

  @Column({ type: 'bigint' })
  applied!: string;

  @Column({ type: 'bigint' })
  balanceBefore!: string;

  @Column({ type: 'bigint' })
  balanceAfter!: string;

  @Column({ type: 'bigint' })
  version!: string;

  @Column({ type: 'varchar', length: 64, nullable: true })
  reason!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  recordedAt!: Date;
}
