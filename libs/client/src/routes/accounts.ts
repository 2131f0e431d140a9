import type { CallOptions, WriteOptions } from '../http/transport.js';
import type { Paged } from '../paged.js';
import type { Account, AccountDetail, BalanceAt, Body, Entry, Query, Written } from '../types.js';
import { RouteGroup } from './route-group.js';

/**
 * Accounts, their balances and their ledger. `id` is an account id, an external id as `ext:<external id>`, or a system
 * id (`acct_…`); the credit type is `credits` unless the body or query says otherwise.
 */
export class Accounts extends RouteGroup {
  /** Opens an account. Again with the same settings: no change. */
  open(body: Body<'openAccount'>, options?: WriteOptions): Promise<Written> {
    return this.write('openAccount', { body }, options);
  }

  /** Changes settings: absent keeps, null clears, a value replaces. */
  configure(id: string, body: Body<'configureAccount'>, options?: WriteOptions): Promise<Written> {
    return this.write('configureAccount', { path: { id }, body }, options);
  }

  /** Adds or, negative, takes credits. */
  applyDelta(id: string, body: Body<'applyDelta'>, options?: WriteOptions): Promise<Written> {
    return this.write('applyDelta', { path: { id }, body }, options);
  }

  /** Sets what is available; null: unlimited. */
  setBalance(id: string, body: Body<'setBalance'>, options?: WriteOptions): Promise<Written> {
    return this.write('setBalance', { path: { id }, body }, options);
  }

  /** Runs the refill of a date that the scheduler missed. Its id comes from the account and the date. */
  refill(id: string, body: Body<'refillAccount'>, options?: Omit<WriteOptions, 'idempotencyKey'>): Promise<Written> {
    return this.write('refillAccount', { path: { id }, body }, options);
  }

  /** Begins a billing period. Let the idempotency key name the period, so that a job may run twice. */
  reset(id: string, body: Body<'resetAccount'>, options?: WriteOptions): Promise<Written> {
    return this.write('resetAccount', { path: { id }, body }, options);
  }

  /** The account with its live grants and holds. */
  get(id: string, query?: Omit<Query<'getAccount'>, 'at'>, options?: CallOptions): Promise<AccountDetail> {
    return this.read('getAccount', { path: { id }, query }, options);
  }

  /** What it held at a time in the past. @param at RFC 3339 */
  getAt(id: string, at: string, query?: Omit<Query<'getAccount'>, 'at'>, options?: CallOptions): Promise<BalanceAt> {
    return this.read('getAccount', { path: { id }, query: { ...query, at } }, options);
  }

  list(query?: Query<'listAccounts'>, options?: CallOptions): Paged<Account> {
    return this.paged('listAccounts', { query }, options);
  }

  /** The ledger, newest first; of rejected commands with `status: 'rejected'`. */
  entries(id: string, query?: Query<'listEntries'>, options?: CallOptions): Paged<Entry> {
    return this.paged('listEntries', { path: { id }, query }, options);
  }
}
