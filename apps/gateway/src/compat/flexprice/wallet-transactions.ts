import { Injectable } from '@nestjs/common';
import { instantOf } from '@app/contracts';
import type { Grant, LedgerEntry } from '@app/domain';
import { EntryReader, GrantReader, type MovementQuery } from '@app/store';
import type { z } from 'zod';

import type { Principal } from '../../auth/principal.js';
import { unavailable } from '../../http/problem.js';
import { databaseRead } from '../../reads/database-read.js';
import { type ListJson, listJson } from './list-json.js';
import type { transactionsQuery } from './requests.js';
import { grantAddedBy, type TransactionJson, transactionJson } from './transaction-json.js';
import { causesOf, FLEXPRICE_CREDIT_TYPE } from './vocabulary.js';
import type { WalletTerms } from './wallet-json.js';

type Filter = z.output<typeof transactionsQuery>;

/** Transactions of wallets: the entries of their ledger that moved credits. Opening a wallet is none. */
@Injectable()
export class WalletTransactions {
  constructor(
    private readonly entries: EntryReader,
    private readonly grants: GrantReader,
  ) {}

  async list(
    caller: Principal,
    walletId: string,
    terms: WalletTerms,
    filter: Filter,
  ): Promise<ListJson<TransactionJson>> {
    // What is written in the ledger has happened, and stays.
    if (filter.transaction_status !== 'completed' || filter.status !== 'published') {
      return listJson({ items: [], total: 0 }, filter, (nothing) => nothing);
    }
    const account = { accountId: walletId, creditType: FLEXPRICE_CREDIT_TYPE };
    const slice = await databaseRead(() => this.entries.movements(caller.tenantId, account, queryOf(filter)));
    const grants = await this.grantsOf(caller, slice.items);
    return listJson(slice, filter, (entry) => transactionJson(entry, terms, grants.get(grantAddedBy(entry))));
  }

  /** The transaction of a command that has just been applied. */
  async ofCommand(caller: Principal, commandId: string, terms: WalletTerms): Promise<TransactionJson> {
    const entry = await databaseRead(() => this.entries.findByCommandId(caller.tenantId, commandId));
    if (!entry) throw unavailable('the transaction is applied but cannot be read right now', undefined, { commandId });
    const grants = await this.grantsOf(caller, [entry]);
    return transactionJson(entry, terms, grants.get(grantAddedBy(entry)));
  }

  private async grantsOf(
    caller: Principal,
    entries: readonly LedgerEntry[],
  ): Promise<ReadonlyMap<string | null, Grant>> {
    const [first] = entries;
    const ids = entries.map(grantAddedBy).filter((grantId) => grantId !== null);
    if (first === undefined || ids.length === 0) return new Map();
    const grants = await databaseRead(() => this.grants.named(caller.tenantId, first, ids));
    return new Map(grants.map((grant) => [grant.grantId, grant]));
  }
}

const DIRECTIONS = { credit: 'added', debit: 'taken' } as const;

function queryOf({ limit, offset, order, type, transaction_reason, start_time, end_time }: Filter): MovementQuery {
  return {
    limit,
    offset,
    order: order === 'asc' ? 'oldest-first' : 'newest-first',
    ...(type !== undefined && { direction: DIRECTIONS[type] }),
    ...(transaction_reason !== undefined && {
      reason: { is: transaction_reason, orCauses: causesOf(transaction_reason) },
    }),
    ...(start_time !== undefined && { from: instantOf(start_time) }),
    ...(end_time !== undefined && { to: instantOf(end_time) }),
  };
}
