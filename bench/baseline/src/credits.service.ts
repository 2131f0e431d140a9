import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type BalanceChange, changeOf } from './balance-change.js';
import type { CreditCommandDto } from './credit-command.dto.js';
import { AccountEntity } from './entities/account.entity.js';
import { InboxEntity } from './entities/inbox.entity.js';
import { LedgerEntryEntity } from './entities/ledger-entry.entity.js';

/** Applies one command per transaction: inbox row, account lock, balance check, ledger row, account update. */
@Injectable()
export class CreditsService {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns the change, or null when nothing changed: a repeat, an unknown account, or not enough credits. */
  async apply(command: CreditCommandDto): Promise<BalanceChange | null> {
    return this.dataSource.transaction(async (manager) => {
      if (!(await this.isFirst(manager, command))) return null;
      const key = { tenantId: command.tenantId, accountId: command.accountId };
      const account = await manager.findOne(AccountEntity, {
        where: key,
        lock: { mode: 'pessimistic_write' },
      });
      if (account === null) return null;

      const change = changeOf(command, BigInt(account.balance), BigInt(account.version), new Date());
      const sufficient = BigInt(command.delta) >= 0n || BigInt(change.after) >= 0n;
      await manager.insert(LedgerEntryEntity, {
        ...key,
        commandId: command.id,
        status: sufficient ? 'applied' : 'rejected',
        requested: command.delta,
        applied: sufficient ? command.delta : '0',
        balanceBefore: change.before,
        balanceAfter: sufficient ? change.after : change.before,
        version: sufficient ? change.version : change.previousVersion,
        reason: change.reason,
      });
      if (!sufficient) return null;
      await manager.update(AccountEntity, key, {
        balance: change.after,
        version: change.version,
      });
      return change;
    });
  }

  /** Notes the command id; false when it was there already. One round trip, no error to roll back from. */
  private async isFirst(manager: EntityManager, command: CreditCommandDto): Promise<boolean> {
    const inserted = await manager
      .createQueryBuilder()
      .insert()
      .into(InboxEntity)
      .values({ tenantId: command.tenantId, commandId: command.id })
      .orIgnore()
      .returning(['commandId'])
      .execute();
    return (inserted.raw as unknown[]).length === 1;
  }
}
