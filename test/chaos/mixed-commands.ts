import { randomUUID } from 'node:crypto';

/** A command as JSON; tenant left out. */
export type MixedCommand = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly type: string;
  readonly accountId: string;
};

/** Commands of the past that may be sent again. */
const REMEMBERED = 60;

/**
 * Makes commands of all kinds on a few accounts, so that many are rejected: deltas under every floor policy, sets,
 * unlimited accounts, expected versions, accounts opened again, frozen and missing ones, repeats of earlier commands
 * and conflicts with them. The same seed makes the same commands, their UUIDs apart.
 */
export class MixedCommands {
  private readonly past: MixedCommand[] = [];
  /** Commands so far by account, from which versions are guessed. */
  private readonly sent = new Map<string, number>();
  private count = 0;

  constructor(
    private readonly accounts: number,
    private seed = 1,
  ) {}

  /** Opens every account; the first commands to be sent. */
  open(): MixedCommand[] {
    return Array.from({ length: this.accounts }, (_, n) => this.remembered(this.opening(`mixed_${n}`, n)));
  }

  next(count: number): MixedCommand[] {
    return Array.from({ length: count }, () => this.one());
  }

  private one(): MixedCommand {
    const repeated = this.past[this.roll(this.past.length)];
    const accountId = `mixed_${this.roll(this.accounts)}`;
    const kind = this.roll(20);
    if (repeated !== undefined && kind === 0) return repeated;
    if (repeated !== undefined && kind === 1) return { ...repeated, reason: `conflict-${this.count++}` };
    if (kind === 2) return this.remembered(this.opening(accountId, this.roll(this.accounts)));
    if (kind === 3) return this.remembered(this.delta(`missing_${this.roll(3)}`));
    if (kind === 4) return this.remembered(this.configure(accountId));
    if (kind <= 6) return this.remembered(this.set(accountId));
    return this.remembered(this.delta(accountId));
  }

  private opening(accountId: string, n: number): MixedCommand {
    return {
      ...this.base('account.open', accountId),
      initial: String(20 * (n + 1)),
      ...(n % 3 === 0 && { floor: '5', onInsufficient: 'clamp' }),
    };
  }

  private configure(accountId: string): MixedCommand {
    // More often active than frozen: a frozen account refuses nearly everything.
    const settings = [
      { status: 'frozen' },
      { status: 'active' },
      { status: 'active', onInsufficient: 'clamp' },
      { status: 'active', onInsufficient: null },
      { status: 'active', floor: String(this.roll(10)) },
      { metadata: { n: String(this.count) } },
    ];
    return { ...this.base('account.configure', accountId), ...settings[this.roll(settings.length)] };
  }

  private set(accountId: string): MixedCommand {
    return { ...this.base('credit.set', accountId), value: this.roll(10) === 0 ? null : String(this.roll(100)) };
  }

  private delta(accountId: string): MixedCommand {
    const policies = [undefined, undefined, undefined, 'reject', 'clamp', 'allow', { downTo: '-10' }];
    // About a third of all commands is rejected, which makes no version.
    const guess = Math.floor((this.sent.get(accountId) ?? 0) * 0.66) - this.roll(5);
    return {
      ...this.base('credit.delta', accountId),
      delta: String(this.roll(36) - 20),
      onInsufficient: policies[this.roll(policies.length)],
      ...(this.roll(6) === 0 && { expectedVersion: Math.max(0, guess) }),
    };
  }

  private base(type: string, accountId: string): MixedCommand {
    this.sent.set(accountId, (this.sent.get(accountId) ?? 0) + 1);
    const n = this.count++;
    return { id: n % 2 === 0 ? randomUUID() : `mixed-${this.seed}-${n}`, type, accountId };
  }

  private remembered(command: MixedCommand): MixedCommand {
    this.past.push(command);
    if (this.past.length > REMEMBERED) this.past.shift();
    return command;
  }

  /** A whole number from 0 to below `sides`; a linear congruential generator is random enough here. */
  private roll(sides: number): number {
    this.seed = (Math.imul(this.seed, 1_664_525) + 1_013_904_223) >>> 0;
    return sides === 0 ? 0 : Math.floor((this.seed / 2 ** 32) * sides);
  }
}
