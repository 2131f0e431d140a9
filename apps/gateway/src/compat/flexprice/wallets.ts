import { createHash } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import type { AccountView } from '@app/store';
import type { z } from 'zod';

import type { Principal } from '../../auth/principal.js';
import { invalidField, Problem } from '../../http/problem.js';
import { type CommandIdentity, CompatibleCalls } from '../adapter/compatible-calls.js';
import { afterEffect } from '../adapter/after-effect.js';
import { quotient } from './decimals.js';
import { CREDIT_DECIMALS } from './fields.js';
import { FlexpriceAccounts } from './flexprice-accounts.js';
import { storedMetadata } from './own-metadata.js';
import type { createWalletBody, debitBodyUnderHeader, topUpBody } from './requests.js';
import { FLEXPRICE_CREDIT_TYPE, MANUAL_DEBIT, TOP_UP_REASONS } from './vocabulary.js';
import {
  type WalletBalanceJson,
  type WalletJson,
  walletBalanceJson,
  walletJson,
  type WalletTerms,
  walletTerms,
} from './wallet-json.js';
import type { TransactionJson } from './transaction-json.js';
import { WalletTransactions } from './wallet-transactions.js';

type NewWallet = z.output<typeof createWalletBody>;
type TopUp = z.output<typeof topUpBody>;
type Debit = z.output<typeof debitBodyUnderHeader>;

export interface TopUpJson {
  readonly wallet: WalletJson;
  readonly wallet_transaction: TransactionJson;
  readonly invoice_id: null;
}

/** An account that is a wallet. */
export interface Wallet {
  readonly view: AccountView;
  readonly terms: WalletTerms;
}

/** Wallets: each is an account. Adding to one makes a grant. */
@Injectable()
export class Wallets {
  constructor(
    private readonly calls: CompatibleCalls,
    private readonly accounts: FlexpriceAccounts,
    private readonly transactions: WalletTransactions,
  ) {}

  /** @throws Problem 404 when there is no such wallet, 403 when the key is limited to others */
  async find(caller: Principal, id: string): Promise<Wallet> {
    const view = await this.accounts.find(caller, id);
    const terms = view ? walletTerms(view) : undefined;
    if (!view || !terms) throw new Problem(404, 'ACCOUNT_NOT_FOUND', 'wallet not found');
    return { view, terms };
  }

  async get(caller: Principal, id: string): Promise<WalletJson> {
    const { view, terms } = await this.find(caller, id);
    return walletJson(view, terms);
  }

  async balance(caller: Principal, id: string): Promise<WalletBalanceJson> {
    const { view, terms } = await this.find(caller, id);
    return walletBalanceJson(view, terms);
  }

  /**
   * Opens the account; initial credits are its first top-up. The ledger lets one account have an external id, and
   * that of a wallet is made of customer, currency and type, so of simultaneous requests one wins.
   * @throws Problem 409 when there is an active wallet of these, and when the request is repeated
   */
  async create(caller: Principal, wallet: NewWallet, identity: CommandIdentity): Promise<WalletJson> {
    await this.accounts.ensureCreditType(caller);
    const accountId = walletIdOf(caller.tenantId, identity.id);
    const opened = await this.open(caller, accountId, wallet, identity);
    const expiresAt = wallet.initial_credits_expiry_date_utc ?? wallet.initial_credits_to_load_expiry_date ?? null;
    return afterEffect(identity, async () => {
      const initial = { amount: wallet.initial_credits_to_load, expiresAt, ...because('FREE_CREDIT_GRANT') };
      const loaded = await this.addMore(caller, accountId, initial, partOf(identity, 'initial-credits'));
      if (opened === 'repeated' && loaded !== 'done') throw repeated();
      return this.get(caller, accountId);
    });
  }

  /** @throws Problem 409 when the request is repeated */
  async topUp(caller: Principal, id: string, topUp: TopUp, identity: CommandIdentity): Promise<TopUpJson> {
    const { terms } = await this.find(caller, id);
    const { transaction_reason: reason, bonus_credits, description, priority, metadata } = topUp;
    const common = {
      expiresAt: topUp.expiry_date_utc ?? null,
      ...(priority !== undefined && { priority }),
      ...(description !== undefined && { description }),
      ...(metadata !== undefined && { metadata }),
    };
    const amount = creditsOf(topUp, terms);
    const bought = { type: 'grant.create', amount, ...common, ...because(reason), source: sourceOf(topUp) };
    const added = await this.run(caller, id, bought, identity);
    return afterEffect(identity, async () => {
      const bonus = { amount: bonus_credits, ...common, ...because('FREE_CREDIT_GRANT') };
      const more = await this.addMore(caller, id, bonus, partOf(identity, 'bonus'));
      if (added === 'repeated' && more !== 'done') throw repeated();
      const wallet = await this.get(caller, id);
      const wallet_transaction = await this.transactions.ofCommand(caller, identity.id, terms);
      return { wallet, wallet_transaction, invoice_id: null };
    });
  }

  /** @throws Problem 400 "insufficient balance" unless it is a manual debit, 409 when the request is repeated */
  async debit(caller: Principal, id: string, debit: Debit, identity: CommandIdentity): Promise<WalletJson> {
    await this.find(caller, id);
    const { credits, transaction_reason: reason, description, metadata } = debit;
    const fields = {
      type: 'credit.delta',
      delta: `-${credits}`,
      onInsufficient: reason === MANUAL_DEBIT ? 'allow' : 'reject',
      reason,
      ...(description !== undefined && { description }),
      ...(metadata !== undefined && { metadata }),
    };
    if ((await this.run(caller, id, fields, identity)) === 'repeated') throw repeated();
    return afterEffect(identity, () => this.get(caller, id));
  }

  /**
   * Closes the account for ever, with what it holds, and lets the customer have a new wallet: one command.
   * @throws Problem 400 when it is closed already, 409 when the request is repeated
   */
  async terminate(caller: Principal, id: string, identity: CommandIdentity): Promise<WalletJson> {
    await this.find(caller, id);
    const fields = { type: 'account.configure', status: 'closed', externalId: null, reason: 'WALLET_TERMINATION' };
    if ((await this.run(caller, id, fields, identity)) === 'repeated') throw repeated();
    return afterEffect(identity, () => this.get(caller, id));
  }

  private async open(caller: Principal, id: string, wallet: NewWallet, identity: CommandIdentity): Promise<Done> {
    const customerId = wallet.customer_id ?? wallet.external_customer_id ?? '';
    const { currency, wallet_type: type = 'PRE_PAID', conversion_rate: rate = '1' } = wallet;
    const own = {
      customer_id: customerId,
      currency,
      wallet_type: type,
      conversion_rate: rate,
      topup_conversion_rate: wallet.topup_conversion_rate ?? rate,
      name: wallet.name ?? `${type === 'PRE_PAID' ? 'Prepaid' : 'Postpaid'} Wallet - ${currency.toUpperCase()}`,
      ...(wallet.description !== undefined && { description: wallet.description }),
    };
    const fields = {
      type: 'account.open',
      externalId: `${type}:${currency}:${customerId}`,
      metadata: storedMetadata(own, wallet.metadata),
      ...this.accounts.groupFor(caller),
      source: sourceOf(wallet),
    };
    try {
      return await this.run(caller, id, fields, identity);
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'ACCOUNT_EXISTS')) throw error;
      const detail = `the customer has an active ${type} wallet in ${currency} already`;
      throw new Problem(409, 'ACCOUNT_EXISTS', detail, { cause: error });
    }
  }

  /** One more grant of the same request, if it has an amount. */
  private async addMore(
    caller: Principal,
    accountId: string,
    grant: { readonly amount: string | undefined },
    identity: CommandIdentity,
  ): Promise<Done | 'nothing'> {
    if (grant.amount === undefined || grant.amount === '0') return 'nothing';
    return this.run(caller, accountId, { type: 'grant.create', ...grant }, identity);
  }

  private async run(caller: Principal, accountId: string, fields: Fields, identity: CommandIdentity): Promise<Done> {
    const given = { accountId, creditType: FLEXPRICE_CREDIT_TYPE };
    const { duplicate, source } = await this.calls.run(caller, { ...fields }, given, identity);
    // A made id can only be repeated by the log, not by the caller.
    if (!duplicate || !identity.repeatable) return 'done';
    if (source === fields.source) return 'repeated';
    throw new Problem(409, 'COMMAND_CONFLICT', 'the idempotency key was used before for another request');
  }
}

interface Fields {
  readonly type: string;
  /** Of a request that takes several commands. */
  readonly source?: string;
}

/** `repeated`: the caller had sent the command before, and it was applied then. */
type Done = 'done' | 'repeated';

/** All of a request, kept with its first command: the same key with more credits beside it is another request. */
function sourceOf(request: object): string {
  return `flexprice:${hashOf(JSON.stringify(request))}`;
}

/** Why credits are added, and as what. */
function because(reason: keyof typeof TOP_UP_REASONS) {
  return { reason, kind: TOP_UP_REASONS[reason] };
}

/** @throws Problem 400 when the amount is worth no exact number of credits */
function creditsOf({ credits_to_add, amount = '0' }: TopUp, { topUpConversionRate, currency }: WalletTerms): string {
  const credits = credits_to_add ?? quotient(amount, topUpConversionRate, CREDIT_DECIMALS);
  if (credits !== undefined) return credits;
  const each = `${topUpConversionRate} ${currency} each`;
  throw invalidField(
    '/amount',
    `amount must be worth credits with at most ${CREDIT_DECIMALS} decimals, at ${each}; send credits_to_add instead`,
  );
}

function repeated(): Problem {
  return new Problem(409, 'COMMAND_CONFLICT', 'a request with this idempotency key has been applied already');
}

/** The same for a repeat of the request, so that it names the same wallet. */
function walletIdOf(tenantId: string, commandId: string): string {
  return `wallet_${hashOf('wallet', tenantId, commandId)}`;
}

/** The identity of one more command of the same request. */
function partOf(identity: CommandIdentity, part: string): CommandIdentity {
  return { ...identity, id: `${part}:${hashOf(part, identity.id)}` };
}

function hashOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
