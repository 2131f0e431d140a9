import { randomUUID } from 'node:crypto';
import type { CommandFields } from '../deployment/deployment.js';

/** Things of the past that commands may name. */
const REMEMBERED = 40;
const DAY_MS = 24 * 3_600_000;

/**
 * Makes commands of the whole domain on a few accounts: grants that start and expire within seconds, holds that do,
 * schedules with late periods, captures, extensions, reversals, resets, voids, deltas; many of them are rejected.
 * The same seed makes the same choices, ids and times apart.
 */
export class DomainCommands {
  private readonly grants: Named[] = [];
  private readonly holds: Named[] = [];
  private readonly schedules: Named[] = [];
  private readonly entries: Named[] = [];

  constructor(
    private readonly accounts: number,
    private seed = 1,
  ) {}

  open(): CommandFields[] {
    return Array.from({ length: this.accounts }, (_, n) => ({
      type: 'account.open',
      id: randomUUID(),
      accountId: `domain_${n}`,
      initial: String(100 * n),
      burnOrder: BURN_ORDERS[n % BURN_ORDERS.length],
    }));
  }

  next(count: number): CommandFields[] {
    return Array.from({ length: count }, () => {
      const make: () => CommandFields = this.pick(this.makers) ?? this.delta;
      return { id: randomUUID(), ...make() };
    });
  }

  private readonly grant = () => {
    const at = this.named(this.grants);
    const isPending = this.roll(3) === 0;
    return {
      type: 'grant.create', ...at.account, grantId: at.id, amount: String(1 + this.roll(60)), priority: this.roll(3),
      ...(isPending && { effectiveAt: soon(300 + this.roll(1_500)) }),
      ...(this.roll(4) > 0 && { expiresAt: soon(2_000 + this.roll(2_500)) }),
    }; // prettier-ignore
  };

  private readonly hold = () => {
    const at = this.named(this.holds);
    return {
      type: 'hold.create', ...at.account, holdId: at.id, amount: String(1 + this.roll(40)), partial: this.roll(2) === 0,
      expiresAt: soon(500 + this.roll(3_000)),
    }; // prettier-ignore
  };

  private readonly schedule = () => {
    const at = this.named(this.schedules);
    return {
      type: 'schedule.create', ...at.account, scheduleId: at.id, amount: String(1 + this.roll(30)),
      cadence: 'recurring', period: 'daily', start: soon(-DAY_MS * (1 + this.roll(4)) - 1),
      ...(this.roll(2) === 0 && { rollover: { percent: 50 } }),
      ...(this.roll(2) === 0 && { expiry: { type: 'duration', count: 1, unit: 'days' } }),
    }; // prettier-ignore
  };

  private readonly delta = () => {
    const at = this.named(this.entries);
    const onInsufficient = this.pick(['reject', 'clamp', 'allow'] as const);
    return { type: 'credit.delta', ...at.account, id: at.id, delta: String(this.roll(60) - 45), onInsufficient };
  };

  private readonly ofHold = () => {
    const { id: holdId, account } = this.pick(this.holds) ?? this.named(this.holds);
    const amount = String(1 + this.roll(30));
    const types = [
      { type: 'hold.capture', amount, ...(this.roll(2) === 0 && { overage: 'charge' }), final: this.roll(3) === 0 },
      { type: 'hold.extend', amount, partial: true },
      { type: 'hold.release' },
    ] as const;
    return { ...this.pick(types), ...account, holdId } as CommandFields;
  };

  private readonly ofGrant = () => {
    const { id: grantId, account } = this.pick(this.grants) ?? this.named(this.grants);
    const types = [
      { type: 'grant.void' },
      { type: 'grant.update', expiresAt: soon(1_000 + this.roll(3_000)) },
      { type: 'grant.update', priority: this.roll(3), expiresAt: null },
    ] as const;
    return { ...this.pick(types), ...account, grantId } as CommandFields;
  };

  private readonly reverse = () => {
    const { id: reverses, account } = this.pick(this.entries) ?? this.named(this.entries);
    return { type: 'credit.reverse', ...account, reverses, ...(this.roll(2) === 0 && { amount: '3' }) };
  };

  private readonly reset = () => {
    const at = this.named(this.entries);
    const period = { type: 'account.reset', ...at.account, id: at.id, period: 'p', rollover: { percent: 25 } };
    return this.roll(2) === 0 ? { ...period, value: '50' } : { ...period, grants: [{ amount: '50' }] };
  };

  private readonly makers: readonly (() => CommandFields)[] = [
    this.grant, this.grant, this.hold, this.hold, this.ofHold, this.ofHold, this.ofHold, this.ofGrant, this.delta,
    this.delta, this.delta, this.delta, this.delta, this.reverse, this.reverse, this.reset, this.schedule,
  ]; // prettier-ignore

  /** A new name on some account, remembered. */
  private named(list: Named[]): Named {
    const named = { id: randomUUID(), account: { accountId: `domain_${this.roll(this.accounts)}` } };
    list.push(named);
    if (list.length > REMEMBERED) list.shift();
    return named;
  }

  private pick<T>(list: readonly T[]): T | undefined {
    return list[this.roll(list.length)];
  }

  /** A whole number from 0 to below `sides`; a linear congruential generator is random enough here. */
  private roll(sides: number): number {
    this.seed = (Math.imul(this.seed, 1_664_525) + 1_013_904_223) >>> 0;
    return sides === 0 ? 0 : Math.floor((this.seed / 2 ** 32) * sides);
  }
}

interface Named {
  readonly id: string;
  readonly account: { readonly accountId: string };
}

const BURN_ORDERS = [
  'priority',
  'expiration_priority',
  'first_in_first_out',
  'last_in_first_out',
  'plan_first_then_credit_bundles_first_in_first_out',
] as const;

/** RFC 3339 of an instant so many milliseconds from now. */
function soon(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}
