import type { JsonSchema } from '@app/contracts';

import {
  amount,
  choice,
  integer,
  listOf,
  object,
  text,
  textOrNull,
  time,
  timeOrNull,
} from '../../documentation/schema-parts.js';
import { CADENCES, EXPIRY_TYPES, EXPIRY_UNITS, keysOf, PERIODS, SCOPES } from './vocabulary.js';

/*
 * Answers in the OpenAPI document. Every key is always there.
 */

const nothing: JsonSchema = { type: 'null', description: 'Creditbus has none.' };
const amountOrNull = (description: string): JsonSchema => ({ type: ['string', 'null'], description });
const integerOrNull = (description: string): JsonSchema => ({ type: ['integer', 'null'], description });
const wordOrNull = (words: object): JsonSchema => ({ type: ['string', 'null'], enum: [...keysOf(words), null] });
const metadata: JsonSchema = {
  type: ['object', 'null'],
  description: 'As it was given.',
  additionalProperties: { type: 'string' },
};

const everywhere = {
  metadata,
  tenant_id: text('Tenant of the API key.'),
  environment_id: nothing,
  updated_by: nothing,
  created_at: time('When it was made.'),
  updated_at: time('When it was changed last.'),
};

export const CREDIT_GRANT = object('A credit grant.', {
  id: text('Id of the schedule.'),
  name: textOrNull('For people.'),
  scope: choice('What it belongs to.', keysOf(SCOPES)),
  plan_id: textOrNull('As it was given.'),
  subscription_id: textOrNull('The account that it gives to.'),
  addon_id: textOrNull('As it was given.'),
  credits: amount('What each period gives.'),
  cadence: choice('How often.', keysOf(CADENCES)),
  period: wordOrNull(PERIODS),
  period_count: integer('Periods are that many times as long.'),
  expiration_type: choice('When what was given expires.', keysOf(EXPIRY_TYPES)),
  expiration_duration: integerOrNull('Of the type DURATION.'),
  expiration_duration_unit: wordOrNull(EXPIRY_UNITS),
  priority: integerOrNull('Lower is used first; null: last.'),
  start_date: time('No period starts before it.'),
  end_date: timeOrNull('No period starts at or after it.'),
  credit_grant_anchor: time('From where periods are counted.'),
  conversion_rate: amountOrNull('As it was given.'),
  topup_conversion_rate: amountOrNull('As it was given.'),
  status: choice('`archived`: it was ended.', ['published', 'archived']),
  created_by: nothing,
  ...everywhere,
});

const walletKeys = {
  id: text('Id of the account.'),
  name: textOrNull('For people.'),
  description: textOrNull('For people.'),
  customer_id: text('Whose it is.'),
  currency: text('Three letters.'),
  wallet_type: choice('Only recorded.', ['PRE_PAID', 'POST_PAID']),
  wallet_status: choice('Of the account.', ['active', 'frozen', 'closed']),
  credit_balance: amountOrNull('Credits; null: unlimited.'),
  balance: amountOrNull('The same in the currency.'),
  credits_available_breakdown: object('What remains of top-ups.', {
    free: amount('Nobody paid for these.'),
    purchased: amount('Somebody did.'),
  }),
  conversion_rate: amount('What a credit is worth.'),
  topup_conversion_rate: amount('What a credit costs.'),
  config: nothing,
  auto_topup: nothing,
  alert_settings: nothing,
  alert_state: nothing,
  status: choice('Always this.', ['published']),
  created_by: nothing,
  ...everywhere,
};

export const WALLET = object('A wallet.', walletKeys);

export const WALLET_BALANCE = object('A wallet and what may be spent.', {
  ...walletKeys,
  real_time_credit_balance: amountOrNull('Credits without those that are held or expired.'),
  real_time_balance: amountOrNull('The same in the currency.'),
  balance_updated_at: time('Of the last entry.'),
  current_period_usage: choice('Always this.', ['0']),
  unpaid_invoices_amount: choice('Always this.', ['0']),
});

export const TRANSACTION = object('An entry that moved credits.', {
  id: text('Id of the ledger entry.'),
  wallet_id: text('Wallet.'),
  customer_id: text('Whose it is.'),
  type: choice('Added or taken.', ['credit', 'debit']),
  credit_amount: amount('Credits, above 0.'),
  amount: amount('The same in the currency.'),
  currency: text('Three letters.'),
  conversion_rate: amount('Of the wallet.'),
  topup_conversion_rate: amount('Of the wallet.'),
  credit_balance_before: amountOrNull('Null: unlimited.'),
  credit_balance_after: amountOrNull('Null: unlimited.'),
  credits_available: amount('What remains of a top-up.'),
  priority: integerOrNull('Of a top-up.'),
  expiry_date: timeOrNull('Of a top-up.'),
  transaction_reason: text('Why.'),
  transaction_status: choice('Always this.', ['completed']),
  idempotency_key: text("The command's id."),
  description: textOrNull('For people.'),
  reference_id: nothing,
  reference_type: nothing,
  customer: nothing,
  wallet: nothing,
  created_by_user: nothing,
  status: choice('Always this.', ['published']),
  created_by: textOrNull("Id of the command's actor."),
  ...everywhere,
});

export const TOP_UP = object('What was done.', {
  wallet: WALLET,
  wallet_transaction: TRANSACTION,
  invoice_id: nothing,
});

export const listed = (item: JsonSchema): JsonSchema =>
  object('Part of a list.', {
    items: listOf('At most `limit`.', item),
    pagination: object('Where it is.', {
      limit: integer('As asked for.'),
      offset: integer('As asked for.'),
      total: integer('Of the whole list.'),
    }),
  });
