import { balancesOf } from '../balances.js';
import type { Applied } from '../decision.js';
import { grantDueAt } from '../grant/grant.js';
import { reservedOf } from '../hold/hold.js';
import type { MemoryLedger } from './memory-ledger.js';

/** What must hold of a ledger after every command, whatever came (engineering, "Tests": I1 to I4, and more). */
export function brokenInvariants(ledger: MemoryLedger): readonly string[] {
  const broken: string[] = [];
  const must = (condition: boolean, rule: string): void => {
    if (!condition) broken.push(rule);
  };
  for (const { accountId, creditType } of ledger.accounts.values()) {
    const account = ledger.account(accountId, creditType);
    if (account === undefined) continue;
    const name = `${creditType}/${accountId}`;
    const entries = ledger.entries.flatMap(({ command, decision }) =>
      decision.status === 'applied' && command.accountId === accountId && command.creditType === creditType
        ? [decision]
        : [],
    );
    checkEntries(entries, name, must);
    const applied = entries.reduce((sum, entry) => sum + entry.applied, 0n);
    must(applied === account.balance, `I1 ${name}: sum of applied ${applied} is the balance ${account.balance}`);
    const inGrants = account.grants.reduce(
      (sum, grant) => sum + (grant.status === 'pending' ? 0n : grant.remaining),
      0n,
    );
    must(
      account.base + inGrants === account.balance,
      `I2 ${name}: base ${account.base} + grants ${inGrants} = balance`,
    );
    const reserved = account.holds.reduce((sum, hold) => sum + reservedOf(hold), 0n);
    must(reserved === account.held, `I2 ${name}: holds reserve ${reserved}, held is ${account.held}`);
    must(!account.unlimited || account.base === 0n, `${name}: the base of an unlimited account is 0`);
    must(account.updatedAt >= account.createdAt, `${name}: time goes on`);
    const last = entries.at(-1);
    if (last !== undefined) {
      const now = balancesOf(account, last.at);
      must(now.balance === last.after.balance && now.available === last.after.available, `${name}: last entry's after`);
    }
  }
  checkGrants(ledger, must);
  checkHolds(ledger, must);
  return broken;
}

function checkEntries(entries: readonly Applied[], name: string, must: (ok: boolean, rule: string) => void): void {
  let before: Applied | undefined;
  for (const [index, entry] of entries.entries()) {
    const where = `${name} version ${index + 1} (${entry.cause})`;
    must(
      entry.account.version === BigInt(index + 1),
      `I4 ${where}: versions are 1..n, this is ${entry.account.version}`,
    );
    const allocated = entry.allocations.reduce((sum, { amount }) => sum + amount, 0n);
    must(allocated === entry.applied, `${where}: allocations ${allocated} sum to applied ${entry.applied}`);
    must(entry.after.balance - entry.before.balance === entry.applied, `${where}: before + applied = after`);
    must(
      new Set(entry.allocations.map(({ grantId }) => grantId)).size === entry.allocations.length,
      `${where}: one each`,
    );
    must(
      entry.allocations.every(({ amount }) => amount !== 0n),
      `${where}: no empty allocation`,
    );
    must(entry.code !== 'NO_CHANGE' || entry.applied === 0n, `${where}: no change, nothing applied`);
    if (before !== undefined) {
      must(entry.before.balance === before.after.balance, `${where}: begins where the last ended`);
      must(entry.before.held === before.after.held, `${where}: held begins where the last ended`);
      must(entry.at >= before.at, `${where}: time never goes back`);
    }
    before = entry;
  }
}

function checkGrants(ledger: MemoryLedger, must: (ok: boolean, rule: string) => void): void {
  const heldOf = new Map<string, bigint>();
  for (const hold of ledger.holds.values()) {
    for (const { grantId, amount } of hold.reserved) {
      if (grantId !== null) heldOf.set(grantId, (heldOf.get(grantId) ?? 0n) + amount);
    }
  }
  for (const grant of ledger.grants.values()) {
    const { grantId, status, remaining, held, amount } = grant;
    const where = `grant ${grantId} (${status})`;
    must(
      held === (heldOf.get(grantId) ?? 0n),
      `${where}: held ${held} is what holds reserve ${heldOf.get(grantId) ?? 0n}`,
    );
    must(held >= 0n && held <= remaining && remaining <= amount, `${where}: 0 <= ${held} <= ${remaining} <= ${amount}`);
    must(status !== 'open' || remaining > 0n, `${where}: an open grant has something left`);
    must(status !== 'exhausted' || remaining === 0n, `${where}: an exhausted grant has nothing left`);
    must(status !== 'pending' || remaining === amount, `${where}: a pending grant is whole`);
    must(
      (status !== 'expired' && status !== 'voided') || remaining === held,
      `${where}: ended, only held credits remain`,
    );
    const account = ledger.account(grant.accountId, grant.creditType);
    must(grant.dueAt === grantDueAt(grant) || account?.status === 'closed', `${where}: the scheduler knows when`);
  }
}

function checkHolds(ledger: MemoryLedger, must: (ok: boolean, rule: string) => void): void {
  for (const hold of ledger.holds.values()) {
    const where = `hold ${hold.holdId} (${hold.status})`;
    must(
      hold.reserved.every(({ amount }) => amount > 0n),
      `${where}: reserves only amounts above 0`,
    );
    must(hold.status === 'open' || hold.reserved.length === 0, `${where}: ended, reserves nothing`);
    must(hold.dueAt === (hold.status === 'open' ? hold.expiresAt : null), `${where}: the scheduler knows when`);
    must(reservedOf(hold) <= hold.amount - hold.captured || hold.captured > hold.amount, `${where}: within its amount`);
  }
}
