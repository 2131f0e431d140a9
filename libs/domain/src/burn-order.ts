import type { Account, CreditType } from './account.js';
import type { BurnOrder } from './command.js';
import type { Grant } from './grant/grant.js';

/** Negative: the first is drawn before the second. */
type Comparison = (a: Grant, b: Grant) => number;

const byPriority: Comparison = (a, b) => nullLast(a.priority, b.priority);
const byExpiry: Comparison = (a, b) => nullLast(a.expiresAt, b.expiresAt);
const byLargerAmount: Comparison = (a, b) => (a.amount > b.amount ? -1 : a.amount < b.amount ? 1 : 0);
const byCreation: Comparison = (a, b) =>
  a.createdVersion < b.createdVersion ? -1 : a.createdVersion > b.createdVersion ? 1 : 0;
const byLatestCreation: Comparison = (a, b) => byCreation(b, a);
const byPlanFirst: Comparison = (a, b) => (a.kind === 'plan' ? 0 : 1) - (b.kind === 'plan' ? 0 : 1);
/** Last of all, whatever the order: as the entry that made both of them has them. */
const byPosition: Comparison = (a, b) => a.createdIndex - b.createdIndex;
/** Adjustments, then rollovers (neither can be carried again), then all others. */
const byCorrection: Comparison = (a, b) => correctionRank(a) - correctionRank(b);

/**
 * Each burn order as its comparisons, the first that tells two grants apart decides (domain rules, "Grants"). None of
 * them looks at an id: those that are derived are hashes, and identical histories must end alike.
 */
const COMPARISONS: Readonly<Record<BurnOrder, readonly Comparison[]>> = {
  priority: [byPriority, byExpiry, byCorrection, byLargerAmount, byCreation, byPosition],
  expiration_priority: [byCorrection, byExpiry, byPriority, byCreation, byPosition],
  first_in_first_out: [byCorrection, byCreation, byPosition],
  last_in_first_out: [byCorrection, byLatestCreation, byPosition],
  plan_first_then_credit_bundles_first_in_first_out: [byCorrection, byPlanFirst, byCreation, byPosition],
};

/** The order in which an account's grants are drawn: its own, else its credit type's. */
export function burnOrderOf(account: Account, creditType: CreditType): BurnOrder {
  return account.burnOrder ?? creditType.burnOrder;
}

/** Arrays (never written to) that are known to be in an order: from one entry to the next they stay so. */
const known = new WeakMap<readonly Grant[], BurnOrder>();

/** The grants in burn order; the same array when they are so already. */
export function inBurnOrder(grants: readonly Grant[], order: BurnOrder): readonly Grant[] {
  if (known.get(grants) === order) return grants;
  const sorted = isInOrder(grants, order) ? grants : [...grants].sort((a, b) => compareGrants(a, b, order));
  known.set(sorted, order);
  return sorted;
}

function isInOrder(grants: readonly Grant[], order: BurnOrder): boolean {
  for (let index = 1; index < grants.length; index += 1) {
    const before = grants[index - 1];
    const after = grants[index];
    if (before !== undefined && after !== undefined && compareGrants(before, after, order) > 0) return false;
  }
  return true;
}

/** Negative: `a` is drawn before `b`. Never 0 for two grants of an account. */
export function compareGrants(a: Grant, b: Grant, order: BurnOrder): number {
  for (const compare of COMPARISONS[order]) {
    const result = compare(a, b);
    if (result !== 0) return result;
  }
  return 0;
}

function nullLast(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null ? -1 : a - b;
}

function correctionRank({ kind }: Grant): number {
  return kind === 'adjustment' ? 0 : kind === 'rollover' ? 1 : 2;
}
