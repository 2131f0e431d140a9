import { CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** Command ids that were seen: inserting one a second time does nothing, and the command is skipped. */
@Entity('inbox')
export class InboxEntity {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  tenantId!: string;

  @PrimaryColumn({ type: 'varchar', length: 255 })
  commandId!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  receivedAt!: Date;
}
