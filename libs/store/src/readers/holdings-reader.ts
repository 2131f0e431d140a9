import { accountKey } from '@app/contracts';
import type { Cause, EpochMs, Grant, LedgerEntry } from '@app/domain';
import { type DataSource, In } from 'typeorm';

import { GrantEntity, LedgerEntryEntity } from '../entities/index.js';
import { GRANT_ENDS } from '../sql/grant-ends.js';
import { COUNT_GRANTS, type GRANT_ORDERS, grantsByPlace } from '../sql/grants-by-place.js';
import { COUNT_MOVEMENTS, MOVEMENTS } from '../sql/movements.js';
import { type EntryNames, entryOf } from './entry-view.js';
import { grantOf } from './grant-reader.js';
import { checkReach, REACH_MAX } from './reach.js';
import { scalesOf } from './scales.js';
import type { GrantView } from './shapes.js';
import { newestOf, type Reach, spanOf } from './span.js';
import { versionAt } from './timeline.js';

/** A page by its place in the list: what compatible APIs ask for, while native lists go by cursor. */
export interface Numbered {
  /** 0 or above. */
  readonly limit: number;
  readonly offset: number;
}

export type GrantOrder = keyof typeof GRANT_ORDERS;

export interface NumberedGrants extends Numbered {
  readonly order: GrantOrder;
  readonly direction: 'ASC' | 'DESC';
}

/** Which entries count as movements of credits; those that moved nothing never do. */
export interface MovementFilter {
  readonly causes: readonly Cause[];
  /** Inclusive. */
  readonly from?: EpochMs;
  /** Exclusive. */
  readonly to?: EpochMs;
}

/**
 * Lists over several accounts of one tenant, such as all credits of one company, by offset and with counts.
 * Accounts that aren't there have nothing.
 */
export class HoldingsReader {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Grants of these accounts in every state, those of equal order by id; without an expiry is last. Of the newest
   * 10,000, an equal share of each account. @throws BeyondReach
   */
  async grants(tenantId: string, accounts: readonly EntryNames[], query: NumberedGrants): Promise<GrantView[]> {
    if (accounts.length === 0 || query.limit === 0) return [];
    const { order, direction, limit, offset } = query;
    const share = shareOf(accounts);
    // Newest first needs no more of an account than could be on the page.
    const looked = order === 'createdAt' && direction === 'DESC' ? Math.min(share, limit + offset) : share;
    const parameters = [tenantId, keysOf(tenantId, accounts), looked, limit, offset];
    const found = await this.dataSource.query<{ grant_id: string }[]>(grantsByPlace(order, direction), parameters);
    if (found.length === 0 && offset > 0) {
      const { matching, beyond } = await this.reachOfGrants(tenantId, accounts);
      checkReach(query, matching, beyond);
    }
    const ids = found.map(({ grant_id }) => grant_id);
    const rows = await this.dataSource.getRepository(GrantEntity).find({
      where: { tenantId, grantId: In(ids) },
      relations: { account: true },
    });
    const scales = await scalesOf(
      this.dataSource.manager,
      tenantId,
      rows.map(({ account }) => account.creditType),
    );
    const byId = new Map(rows.map((row) => [row.grantId, row]));
    return ids.flatMap((id) => {
      const row = byId.get(id);
      return row ? [{ grant: grantOf(row, row.account), scale: scales.get(row.account.creditType) ?? 0 }] : [];
    });
  }

  /** The entries that ended those of these grants that were voided or expired, by grant id. One may end several. */
  async ends(tenantId: string, grants: readonly Grant[]): Promise<ReadonlyMap<string, LedgerEntry>> {
    const ended = grants.filter(({ status }) => status === 'voided' || status === 'expired');
    if (ended.length === 0) return new Map();
    const ids = ended.map(({ grantId }) => grantId);
    const rows = await this.dataSource.query<{ grant_id: string; command_key: string }[]>(GRANT_ENDS, [tenantId, ids]);
    const keys = rows.map(({ command_key }) => command_key);
    const entries = await this.entriesByKey(tenantId, ended, keys);
    return new Map(
      rows.flatMap(({ grant_id, command_key }) => {
        const entry = entries.get(command_key);
        return entry ? [[grant_id, entry] as const] : [];
      }),
    );
  }

  /** Exact as far as the list looks, else one more than that for each account that has more. */
  async countGrants(tenantId: string, accounts: readonly EntryNames[]): Promise<number> {
    if (accounts.length === 0) return 0;
    const { matching, beyond } = await this.reachOfGrants(tenantId, accounts);
    return matching + beyond;
  }

  /**
   * Entries of these accounts that moved credits, newest first: of the newest 10,000 within the time asked for, an
   * equal share of each account, and as far back as all of them are known. @throws BeyondReach
   */
  async movements(
    tenantId: string,
    accounts: readonly EntryNames[],
    { limit, offset, ...filter }: MovementFilter & Numbered,
  ): Promise<LedgerEntry[]> {
    const spans = await this.spansOf(tenantId, accounts, filter);
    if (spans.keys.length === 0 || limit === 0) return [];
    const found = await this.dataSource.query<{ command_key: string }[]>(MOVEMENTS, [
      ...parametersOf(tenantId, spans, filter),
      limit,
      offset,
    ]);
    checkReach({ limit, offset }, offset + found.length, spans.beyond);
    const keys = found.map(({ command_key }) => command_key);
    const entries = await this.entriesByKey(tenantId, accounts, keys);
    return keys.flatMap((key) => entries.get(key) ?? []);
  }

  /** Exact as far as the list looks; what lies beyond is counted as if all of it were asked for. */
  async countMovements(tenantId: string, accounts: readonly EntryNames[], filter: MovementFilter): Promise<number> {
    const spans = await this.spansOf(tenantId, accounts, filter);
    if (spans.keys.length === 0) return 0;
    const parameters = parametersOf(tenantId, spans, filter);
    const rows = await this.dataSource.query<{ count: string }[]>(COUNT_MOVEMENTS, parameters);
    return Number(rows[0]?.count ?? 0) + spans.beyond;
  }

  /**
   * Which versions are looked at. Where an account has more than its share, no account is looked at further back in time
   * than that: what is listed are the newest of all.
   */
  private async spansOf(tenantId: string, accounts: readonly EntryNames[], filter: MovementFilter): Promise<Spans> {
    const reaches: (Reach & { readonly key: string })[] = [];
    for (const { accountId, creditType } of accounts) {
      const key = accountKey(tenantId, accountId, creditType);
      const span = await spanOf(this.dataSource, tenantId, key, filter);
      if (span !== null) reaches.push({ key, ...newestOf(span, shareOf(accounts)) });
    }
    const since = reaches.length > 1 ? await this.knownSince(tenantId, reaches) : undefined;
    const spans = { keys: [] as string[], first: [] as string[], last: [] as string[], beyond: 0 };
    for (const { key, first, last, beyond } of reaches) {
      const known = since === undefined ? first : (await versionAt(this.dataSource, tenantId, key, since - 1)) + 1n;
      const from = known > first ? known : first;
      spans.keys.push(key);
      spans.first.push(String(from));
      spans.last.push(String(last));
      spans.beyond += beyond + Number((from > last ? last + 1n : from) - first);
    }
    return spans;
  }

  /** The time from which on the entries of all accounts are looked at; undefined: whenever they were recorded. */
  private async knownSince(
    tenantId: string,
    reaches: readonly (Reach & { readonly key: string })[],
  ): Promise<EpochMs | undefined> {
    const cut = reaches.filter(({ beyond }) => beyond > 0);
    if (cut.length === 0) return undefined;
    const oldest = await this.dataSource.getRepository(LedgerEntryEntity).find({
      select: { tenantId: true, commandKey: true, recordedAt: true },
      where: cut.map(({ key, first }) => ({ tenantId, accountKey: key, version: first })),
    });
    return Math.max(...oldest.map(({ recordedAt }) => recordedAt));
  }

  private async reachOfGrants(
    tenantId: string,
    accounts: readonly EntryNames[],
  ): Promise<{ readonly matching: number; readonly beyond: number }> {
    const share = shareOf(accounts);
    const parameters = [tenantId, keysOf(tenantId, accounts), share + 1];
    const counts = await this.dataSource.query<{ count: number }[]>(COUNT_GRANTS, parameters);
    const matching = counts.reduce((sum, { count }) => sum + Math.min(count, share), 0);
    return { matching, beyond: counts.filter(({ count }) => count > share).length };
  }

  private async entriesByKey(
    tenantId: string,
    accounts: readonly EntryNames[],
    commandKeys: readonly string[],
  ): Promise<ReadonlyMap<string, LedgerEntry>> {
    const rows = await this.dataSource
      .getRepository(LedgerEntryEntity)
      .findBy({ tenantId, commandKey: In([...commandKeys]) });
    const names = new Map(accounts.map((of) => [accountKey(tenantId, of.accountId, of.creditType), of]));
    const types = accounts.map(({ creditType }) => creditType);
    const scales = await scalesOf(this.dataSource.manager, tenantId, types);
    return new Map(
      rows.flatMap((row) => {
        const of = names.get(row.accountKey);
        return of ? [[row.commandKey, entryOf(row, of, scales.get(of.creditType) ?? 0)] as const] : [];
      }),
    );
  }
}

/** Of each account, which versions are looked at; and how many entries of all are not. */
interface Spans {
  readonly keys: readonly string[];
  readonly first: readonly string[];
  readonly last: readonly string[];
  readonly beyond: number;
}

/** How many rows of each account are looked at, so that all together are bounded. */
function shareOf(accounts: readonly EntryNames[]): number {
  return Math.max(1, Math.floor(REACH_MAX / accounts.length));
}

function keysOf(tenantId: string, accounts: readonly EntryNames[]): string[] {
  return accounts.map(({ accountId, creditType }) => accountKey(tenantId, accountId, creditType));
}

function parametersOf(tenantId: string, spans: Spans, { causes }: MovementFilter): unknown[] {
  return [tenantId, spans.keys, spans.first, spans.last, causes];
}
