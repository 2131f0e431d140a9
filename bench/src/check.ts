import type { EventLog } from './events.js';
import type { Expectation } from './workload.js';

/** What a contender's database says after a run; each contender reads it from its own tables. */
export interface LedgerFacts {
  /** Entries of the run's commands that were applied. */
  readonly entries: number;
  /** Sum of what they applied. */
  readonly applied: bigint;
  /** Accounts whose balance is not the sum of their entries (I1) or whose versions are not 1..n (I4). */
  readonly wrongAccounts: number;
  /** Version of each account. */
  readonly versions: ReadonlyMap<string, number>;
  /** undefined: a contender without grants. */
  readonly grants?: GrantFacts;
}

/** What the grants of all accounts look like after a run. */
export interface GrantFacts {
  readonly open: number;
  /** Taken from those of priority 1. */
  readonly drawn: bigint;
  /**
   * Grants whose remains are not the sum of their allocations, and entries whose allocations do not sum to what was
   * applied.
   */
  readonly wrong: number;
}

/**
 * Compares what was written and published with what the workload adds up to.
 * @returns the checks that held, for the report. @throws Error with all that did not.
 */
export function check(expected: Expectation, ledger: LedgerFacts, events: EventLog): string[] {
  const converged = [...events.invalidations].filter(
    ([account, versions]) => Math.max(...versions.map(({ version }) => version)) === ledger.versions.get(account),
  ).length;
  const checks: [holds: boolean, what: string][] = [
    [ledger.entries === expected.commands, `entries ${ledger.entries} = distinct commands ${expected.commands}`],
    [ledger.applied === expected.sum, `sum applied ${ledger.applied} = sum sent ${expected.sum}`],
    [ledger.wrongAccounts === 0, `accounts that break I1 or I4: ${ledger.wrongAccounts}`],
    [
      events.balanceEvents === expected.commands,
      `balance events ${events.balanceEvents} = distinct commands ${expected.commands}`,
    ],
    [events.balanceAtMs.size === expected.commands, `distinct balance events ${events.balanceAtMs.size}`],
    [
      converged === events.invalidations.size,
      `accounts whose newest invalidation is their version: ${converged} of ${events.invalidations.size}`,
    ],
  ];
  if (expected.grants !== undefined) {
    const { open, drawn } = expected.grants;
    const { grants } = ledger;
    checks.push(
      [grants?.open === open, `open grants ${grants?.open} = ${open}`],
      [grants?.drawn === drawn, `drawn from first grants ${grants?.drawn} = ${drawn}`],
      [grants?.wrong === 0, `grants and entries with wrong allocations: ${grants?.wrong}`],
    );
  }
  const broken = checks.filter(([holds]) => !holds).map(([, what]) => what);
  if (broken.length > 0) throw new Error(`the run is wrong: ${broken.join('; ')}`);
  return checks.map(([, what]) => what);
}
