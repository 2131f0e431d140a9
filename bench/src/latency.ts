import type { EventLog } from './events.js';
import { type Percentiles, percentiles } from './statistics.js';

/** Milliseconds. */
export interface Latency {
  readonly commands: number;
  /** From the command's append time to its balance event's. */
  readonly toBalanceEvent: Percentiles;
  /** From the command's append time to that of the first invalidation with its version or a later one. */
  readonly toInvalidation: Percentiles;
}

/**
 * How long each command took, by the broker's append times alone: no clock but one is involved.
 * @throws Error when a command has no event.
 */
export function latency(appendedAtMs: ReadonlyMap<string, number>, events: EventLog): Latency {
  const toBalance: number[] = [];
  const toInvalidation: number[] = [];
  for (const [commandId, atMs] of appendedAtMs) {
    const balanceAtMs = events.balanceAtMs.get(commandId);
    const account = events.balanceOf.get(commandId);
    if (balanceAtMs === undefined || account === undefined)
      throw new Error(`command ${commandId} has no balance event`);
    toBalance.push(balanceAtMs - atMs);
    const invalidation = events.invalidations.get(account.accountId)?.find(({ version }) => version >= account.version);
    if (invalidation === undefined) throw new Error(`command ${commandId} has no invalidation`);
    toInvalidation.push(invalidation.atMs - atMs);
  }
  return {
    commands: toBalance.length,
    toBalanceEvent: percentiles(toBalance),
    toInvalidation: percentiles(toInvalidation),
  };
}
