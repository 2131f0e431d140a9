import { accountKey, accountKeyOfSystemId, systemIdOf } from '@app/contracts';
import { balancesOf, type EpochMs, type Minor, type Scale } from '@app/domain';
import type { DataSource, EntityManager, FindOptionsWhere, SelectQueryBuilder } from 'typeorm';

import { floorPolicyOf, refillOf } from '../chunk/account-row.js';
import { AccountEntity, GrantEntity, HoldEntity, LedgerEntryEntity } from '../entities/index.js';
import { scannedPage } from './bounded-scan.js';
import { afterOf } from './entry-view.js';
import { grantOf } from './grant-reader.js';
import { holdOf } from './hold-reader.js';
import { lapsedOf } from './lapsed.js';
import { cursorOf, type Page, placeOf } from './page.js';
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
const LAST_CODE_POINT = 0x10ffff;
/** No text that is stored has one of these alone. */
const SURROGATES = { first: 0xd800, last: 0xdfff } as const;

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

  /**
   * Accounts by account id, then credit type, in byte order. Narrowed to a credit type, a page may be short.
   * @throws InvalidCursor, InvalidLimit
   */
  async list(tenantId: string, query: AccountListQuery): Promise<Page<AccountView>> {
    const { accountId, prefix, keyPrefix, creditType, group, limit, cursor } = query;
    const select = this.accounts().createQueryBuilder('a').where({ tenantId });
    // One index by group and one for all: each statement can use only that which it is for.
    if (group === undefined) select.andWhere("a.accountId >= ''");
    else select.andWhere('a.group = :group', { group });
    if (accountId !== undefined) select.andWhere('a.accountId = :accountId', { accountId });
    for (const [name, start] of Object.entries({ prefix, keyPrefix })) {
      if (start !== undefined) andStartsWith(select, name, start);
    }
    const page = await scannedPage(
      {
        select,
        place: ['a.accountId', 'a.creditType'],
        key: ['a.tenantId', 'a.accountKey'],
        direction: 'ASC',
        after: cursor === undefined ? undefined : placeOf(LIST, 2, cursor),
        filter: { equal: { creditType } },
        limit,
      },
      (row) => row,
      (row) => cursorOf(LIST, [row.accountId, row.creditType]),
    );
    const scales = await scalesOf(
      this.dataSource.manager,
      tenantId,
      page.items.map((row) => row.creditType),
    );
    const lapsed = await lapsedOf(
      this.dataSource,
      tenantId,
      page.items.flatMap((row) => (row.liveGrants === 0 ? [] : row.accountKey)),
    );
    return { ...page, items: page.items.map((row) => viewOf(row, scales, lapsed.get(row.accountKey) ?? 0n)) };
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

/** As bounds, which every plan takes into the index: texts are in the order of their code points. */
function andStartsWith(select: SelectQueryBuilder<AccountEntity>, name: string, prefix: string): void {
  select.andWhere(`a.accountId >= :${name}`, { [name]: prefix });
  const end = firstAfterPrefix(prefix);
  if (end !== null) select.andWhere(`a.accountId < :${name}End`, { [`${name}End`]: end });
}

/** The first text in the order of code points that is behind all that begin with this one; null: there is none. */
export function firstAfterPrefix(prefix: string): string | null {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  while (points.at(-1) === LAST_CODE_POINT) points.pop();
  const last = points.pop();
  if (last === undefined) return null;
  const next = last + 1 >= SURROGATES.first && last + 1 <= SURROGATES.last ? SURROGATES.last + 1 : last + 1;
  return String.fromCodePoint(...points, next);
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
    refillTimeZone,
    refillDueAt: _refillDueAt,
    ...same
  } = row;
  return {
    ...same,
    onInsufficient: floorPolicyOf(onInsufficient, floorDownTo),
    refill: refillOf(refillInterval, refillAmount, refillDay, refillTimeZone),
    grants: [],
    holds: [],
  };
}
