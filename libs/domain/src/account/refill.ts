import type { Account } from '../account.js';
import { balancesOf } from '../balances.js';
import { dateIn } from '../calendar.js';
import { Change } from '../change.js';
import type { RefillAccount } from '../command.js';
import type { Decision } from '../decision.js';
import { type Deciding, notDue, quoted } from '../deciding.js';
import { noEffect, orNoEffect } from '../due.js';
import { firstRefillAfter, isRefillDate } from './refill-calendar.js';

/**
 * `account.refill`, for a date: available below the refill's amount becomes that amount (the base is filled up);
 * equal or above, or unlimited, is `NO_CHANGE`. Due is every date on the refill's calendar up to today, also one
 * before the account was opened; whose today is meant, its zone says. Dates before the one that was run last are no longer the scheduler's business.
 */
export function refill(deciding: Deciding<RefillAccount>, account: Account): Decision {
  const { date } = deciding.command;
  const settings = account.refill;
  if (settings === null) return notDue(`account ${quoted(account.accountId)} has no refill`);
  if (!isRefillDate(settings, date))
    return notDue(`${quoted(date)} is no refill date of account ${quoted(account.accountId)}`);
  const today = dateIn(settings.timeZone, deciding.appendedAt);
  if (date > today) return notDue(`${quoted(date)} is after today (${today} in ${settings.timeZone})`);
  if (account.status === 'closed') {
    return noEffect(new Change(deciding, account), 'ACCOUNT_CLOSED', {}, { refillDueOn: null });
  }

  const { refillDueOn: due, refilledOn: last } = account;
  const dates = {
    refillDueOn: due === null || date < due ? due : firstRefillAfter(settings, date),
    refilledOn: last === null || date > last ? date : last,
  };
  const { available } = balancesOf(account, deciding.at);
  const change = new Change(deciding, account);
  if (account.unlimited || available >= settings.amount) {
    return change.finish('NO_CHANGE', settings.amount, {}, dates);
  }
  change.moveBase(settings.amount - available);
  return orNoEffect(deciding, account, change.finish('APPLIED', settings.amount, {}, dates), (untouched, code) =>
    noEffect(untouched, code, {}, dates),
  );
}
