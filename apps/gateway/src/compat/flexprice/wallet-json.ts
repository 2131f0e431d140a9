import { dateTimeOf } from '@app/contracts';
import { formatMinor, type Metadata, type Minor } from '@app/domain';
import type { AccountView } from '@app/store';

import { product } from './decimals.js';
import { callersMetadata, ownFields } from './own-metadata.js';

/**
 * A wallet as Flexprice answers it: every key is there, null when empty. Credits and what they are worth are exact
 * decimal strings; null of an unlimited account.
 */
export interface WalletJson {
  readonly id: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly customer_id: string;
  readonly currency: string;
  readonly wallet_type: string;
  readonly wallet_status: 'active' | 'frozen' | 'closed';
  readonly credit_balance: string | null;
  /** The same in the currency. */
  readonly balance: string | null;
  readonly credits_available_breakdown: { readonly free: string; readonly purchased: string };
  readonly conversion_rate: string;
  readonly topup_conversion_rate: string;
  readonly metadata: Metadata | null;
  readonly config: null;
  readonly auto_topup: null;
  readonly alert_settings: null;
  readonly alert_state: null;
  readonly status: 'published';
  readonly tenant_id: string;
  readonly environment_id: null;
  readonly created_by: null;
  readonly updated_by: null;
  readonly created_at: string;
  readonly updated_at: string;
}

/** What may be spent now: without what holds reserve and what has expired. */
export interface WalletBalanceJson extends WalletJson {
  readonly real_time_credit_balance: string | null;
  readonly real_time_balance: string | null;
  readonly balance_updated_at: string;
  readonly current_period_usage: '0';
  readonly unpaid_invoices_amount: '0';
}

/** What makes an account a wallet. */
export interface WalletTerms {
  readonly customerId: string;
  readonly currency: string;
  readonly walletType: string;
  /** What a credit is worth in the currency when it is spent and shown. */
  readonly conversionRate: string;
  /** What a credit costs when it is added. */
  readonly topUpConversionRate: string;
}

/** undefined: the account is no wallet. */
export function walletTerms({ account }: AccountView): WalletTerms | undefined {
  const { customer_id: customerId, currency, wallet_type, conversion_rate = '1', ...own } = ownFields(account.metadata);
  if (customerId === undefined || currency === undefined) return undefined;
  return {
    customerId,
    currency,
    walletType: wallet_type ?? 'PRE_PAID',
    conversionRate: conversion_rate,
    topUpConversionRate: own.topup_conversion_rate ?? conversion_rate,
  };
}

export function walletJson(view: AccountView, terms: WalletTerms): WalletJson {
  const { account } = view;
  const { name = null, description = null } = ownFields(account.metadata);
  return {
    id: account.accountId,
    name,
    description,
    customer_id: terms.customerId,
    currency: terms.currency,
    wallet_type: terms.walletType,
    wallet_status: account.status,
    ...balances(view, account.balance, terms, 'credit_balance', 'balance'),
    credits_available_breakdown: breakdownOf(view),
    conversion_rate: terms.conversionRate,
    topup_conversion_rate: terms.topUpConversionRate,
    metadata: callersMetadata(account.metadata),
    config: null,
    auto_topup: null,
    alert_settings: null,
    alert_state: null,
    status: 'published',
    tenant_id: account.tenantId,
    environment_id: null,
    created_by: null,
    updated_by: null,
    created_at: dateTimeOf(account.createdAt),
    updated_at: dateTimeOf(account.updatedAt),
  };
}

export function walletBalanceJson(view: AccountView, terms: WalletTerms): WalletBalanceJson {
  return {
    ...walletJson(view, terms),
    ...balances(view, view.available, terms, 'real_time_credit_balance', 'real_time_balance'),
    balance_updated_at: dateTimeOf(view.account.updatedAt),
    current_period_usage: '0',
    unpaid_invoices_amount: '0',
  };
}

/** Credits and their worth under the two keys. */
function balances<Credits extends string, Worth extends string>(
  { account, scale }: AccountView,
  amount: Minor,
  { conversionRate }: WalletTerms,
  creditsKey: Credits,
  worthKey: Worth,
): Record<Credits | Worth, string | null> {
  const credits = account.unlimited ? null : formatMinor(amount, scale);
  const worth = credits === null ? null : product(credits, conversionRate);
  return { [creditsKey]: credits, [worthKey]: worth } as Record<Credits | Worth, string | null>;
}

/** What remains of grants, by whether somebody paid for them. */
function breakdownOf({ account, scale }: AccountView): WalletJson['credits_available_breakdown'] {
  let [free, purchased] = [0n, 0n];
  for (const grant of account.grants) {
    if (grant.status !== 'open') continue;
    if (grant.kind === 'purchased') purchased += grant.remaining;
    else free += grant.remaining;
  }
  return { free: formatMinor(free, scale), purchased: formatMinor(purchased, scale) };
}
