import { accountKey, accountKeyOfSystemId, systemIdOf } from '@app/contracts';
import { balancesOf, type EpochMs, type Minor, type Scale } from '@app/domain';
import type { DataSource, EntityManager, FindOptionsWhere } from 'typeorm';

import { floorPolicyOf, refillOf } from '../chunk/account-row.js';
import { AccountEntity, GrantEntity, HoldEntity, LedgerEntryEntity } from '../entities/index.js';
import { afterOf } from './entry-view.js';
import { grantOf } from './grant-reader.js';
import { holdOf } from './hold-reader.js';
import { lapsedOf } from './lapsed.js';
import { checkLimit, cursorOf, type Page, pageOf, placeOf } from './page.js';
import { scalesOf } from './scales.js';
import {
  type AccountAddress,
  type AccountListQuery,
  type AccountView,
  type BalanceAt,
  TimeInFuture,
  type RecordedAccount,
} from './shapes.js';
import { timelineOf, versionAt } from './timeline.js';

const LIST = 'accounts';

/** Reads accounts of one tenant; another tenant's account reads like a missing one (P10). */
export class AccountReader {
  constructor(private readonly dataSource: DataSource) {}

  /** The account with its live grants and open holds, or null when the tenant has none of that address. */
  async find(tenantId: string, address: AccountAddress): Promise<AccountView | null> {
    const where = whereOf(tenantId, address);
    const row = where === null ? null : await this.accounts().findOneBy(where);
    if (row === null) return null;
    const scales = await scalesOf(this.dataSource.manager, tenantId, [row.creditType]);
    if (row.liveGrants === 0 && row.openHolds === 0) return viewOf(row, scales, 0n);
    // Read again, at one moment: what an account has beside its row belongs to one version of it.
    return this.dataSource.transaction('REPEATABLE READ', (manager) => withObjects(manager, row, scales));
  }

  /** Accounts by account id, then credit type, in byte order. @throws InvalidCursor, InvalidLimit */
  async list(tenantId: string, query: AccountListQuery): Promise<Page<AccountView>> {
    const { accountId, prefix, keyPrefix, creditType, group, limit, cursor } = query;
    checkLimit(limit);
    const select = this.accounts()
      .createQueryBuilder('a')
      .where({ tenantId })
      // The condition of the index, always true.
      .andWhere("a.accountId >= ''")
      .orderBy('a.accountId')
      .addOrderBy('a.creditType')
      .limit(limit + 1);
    if (accountId !== undefined) select.andWhere('a.accountId = :accountId', { accountId });
    if (prefix !== undefined) select.andWhere('a.accountId like :prefix', { prefix: startingWith(prefix) });
    if (keyPrefix !== undefined) select.andWhere('a.accountId like :keyPrefix', { keyPrefix: startingWith(keyPrefix) });
    if (creditType !== undefined) select.andWhere('a.creditType = :creditType', { creditType });
    if (group !== undefined) select.andWhere('a.group = :group', { group });
    if (cursor !== undefined) {
      const [accountId, type] = placeOf(LIST, 2, cursor);
      select.andWhere('(a.accountId, a.creditType) > (:accountId, :type)', { accountId, type });
    }
    const rows = await select.getMany();
    const scales = await scalesOf(
      this.dataSource.manager,
      tenantId,
      rows.map((row) => row.creditType),
    );
    const lapsed = await lapsedOf(
      this.dataSource,
      tenantId,
      rows.flatMap((row) => (row.liveGrants === 0 ? [] : row.accountKey)),
    );
    return pageOf(
      rows,
      limit,
      (row) => viewOf(row, scales, lapsed.get(row.accountKey) ?? 0n),
      (row) => cursorOf(LIST, [row.accountId, row.creditType]),
    );
  }

  /** Balances after the entries with `recordedAt` ≤ `at`; null before the account was opened. @throws TimeInFuture */
  async balanceAt(
    tenantId: string,
    account: { readonly accountId: string; readonly creditType: string },
    at: EpochMs,
  ): Promise<BalanceAt | null> {
    const key = accountKey(tenantId, account.accountId, account.creditType);
    const timeline = await timelineOf(this.dataSource, tenantId, key);
    if (timeline === null) return null;
    if (at > timeline.readAt) throw new TimeInFuture(at);
    const version = await versionAt(this.dataSource, tenantId, key, at);
    const entry = await this.dataSource
      .getRepository(LedgerEntryEntity)
      .findOneBy({ tenantId, accountKey: key, version });
    if (entry === null) return null;
    const scales = await scalesOf(this.dataSource.manager, tenantId, [account.creditType]);
    return {
      at,
      balances: afterOf(entry),
      version,
      recordedAt: entry.recordedAt,
      scale: scales.get(account.creditType) ?? 0,
    };
  }

  private accounts() {
    return this.dataSource.getRepository(AccountEntity);
  }
}

function whereOf(tenantId: string, address: AccountAddress): FindOptionsWhere<AccountEntity> | null {
  if ('accountId' in address) {
    return { tenantId, accountKey: accountKey(tenantId, address.accountId, address.creditType) };
  }
  if ('externalId' in address) return { tenantId, creditType: address.creditType, externalId: address.externalId };
  const key = accountKeyOfSystemId(address.systemId);
  return key === undefined ? null : { tenantId, accountKey: key };
}

/** A pattern for texts that begin with this one, whatever characters it has. */
export function startingWith(prefix: string): string {
  return `${prefix.replace(/[\\%_]/g, '\\$&')}%`;
}

function viewOf(row: AccountEntity, scales: ReadonlyMap<string, Scale>, lapsed: Minor): AccountView {
  const account = accountOf(row);
  return {
    account,
    systemId: systemIdOf(row.accountKey),
    scale: scales.get(row.creditType) ?? 0,
    available: account.balance - account.held - lapsed,
  };
}

async function withObjects(
  manager: EntityManager,
  { tenantId, accountKey }: AccountEntity,
  scales: ReadonlyMap<string, Scale>,
): Promise<AccountView> {
  const row = await manager.getRepository(AccountEntity).findOneByOrFail({ tenantId, accountKey });
  const timeline = await timelineOf(manager, tenantId, accountKey);
  const grants = await manager.getRepository(GrantEntity).find({
    where: { tenantId, accountKey, live: true },
    order: { createdVersion: 'ASC', createdIndex: 'ASC' },
  });
  const holds = await manager.getRepository(HoldEntity).find({
    where: { tenantId, accountKey, status: 'open' },
    order: { createdAt: 'ASC', holdId: 'ASC' },
  });
  const account: RecordedAccount = {
    ...accountOf(row),
    grants: grants.map((grant) => grantOf(grant, row)),
    holds: holds.map((hold) => holdOf(hold, row)),
  };
  const { available } = balancesOf(account, timeline?.readAt ?? account.updatedAt);
  return { ...viewOf(row, scales, 0n), account, available };
}

function accountOf(row: AccountEntity): RecordedAccount {
  const {
    accountKey: _key,
    liveGrants: _grants,
    openHolds: _holds,
    onInsufficient,
    floorDownTo,
    refillInterval,
    refillAmount,
    refillDay,
    ...same
  } = row;
  return {
    ...same,
    onInsufficient: floorPolicyOf(onInsufficient, floorDownTo),
    refill: refillOf(refillInterval, refillAmount, refillDay),
    grants: [],
    holds: [],
  };
}
