import { jest } from '@jest/globals';
import type { Balance } from '../cache/balance.js';
import { BalanceCache } from '../cache/balance-cache.js';
import type { InvalidationRecord } from '../cache/record.js';

/** What may happen to a cache, in any order. Numbers choose among what is there at that moment. */
export type Happening =
  | { readonly what: 'commit' | 'ask' | 'unreadable'; readonly account: number }
  | { readonly what: 'deliver' | 'fail'; readonly which: number }
  | { readonly what: 'answer'; readonly which: number; readonly when: number }
  | { readonly what: 'offline' | 'online' | 'unreadableWithoutKey' };

export interface WorldOptions {
  readonly accounts: number;
  readonly maxEntries: number;
  readonly maxRemembered: number;
  /** Does a read return what was committed when it began, or later? A replica that lags returns anything older, too. */
  readonly isReaderHonest: boolean;
}

interface PendingRead {
  readonly account: string;
  /** What was committed when it began. */
  readonly committedAtStart: number;
  readonly resolve: (balance: Balance) => void;
  readonly reject: (error: Error) => void;
}

interface Published {
  readonly account: string;
  readonly version: number;
  wasDelivered: boolean;
  /** Was it published while the cache was offline? Then its delivery isn't owed. */
  readonly isMissed: boolean;
}

/**
 * A cache, the ledger that it follows and everything in between: what was committed, what was published and not yet
 * delivered, which reads are under way. After each step it checks that the cache is nowhere behind what it saw.
 */
export class CacheWorld {
  readonly cache: BalanceCache;
  readonly #accounts: readonly string[];
  readonly #isReaderHonest: boolean;
  readonly #committed = new Map<string, number>();
  /** The newest version delivered. */
  readonly #seen = new Map<string, number>();
  readonly #published: Published[] = [];
  #reads: PendingRead[] = [];
  /** Calls of `get` without an answer. */
  #asked = 0;
  #failure: unknown;
  #got: { readonly account: string; readonly balance: Balance }[] = [];

  constructor(options: WorldOptions) {
    this.#accounts = Array.from({ length: options.accounts }, (_, index) => `key_${index}`);
    this.#isReaderHonest = options.isReaderHonest;
    for (const account of this.#accounts) this.#committed.set(account, 1);
    const { maxEntries, maxRemembered } = options;
    this.cache = new BalanceCache({
      tenantId: 'acme',
      maxEntries,
      maxRemembered,
      read: ({ accountId }) =>
        new Promise((resolve, reject) => {
          const committedAtStart = this.#committed.get(accountId) ?? 0;
          this.#reads.push({ account: accountId, committedAtStart, resolve, reject });
        }),
    });
    this.cache.online();
  }

  /** One step, and the check after it. */
  async happen(happening: Happening): Promise<void> {
    switch (happening.what) {
      case 'commit':
        this.#commit(this.#accounts[happening.account % this.#accounts.length]!);
        break;
      case 'ask':
        this.#ask(this.#accounts[happening.account % this.#accounts.length]!);
        break;
      case 'deliver':
        if (this.#published.length > 0) this.#deliver(this.#published[happening.which % this.#published.length]!);
        break;
      case 'answer':
        this.#answer(happening.which, happening.when);
        break;
      case 'fail':
        this.#take(happening.which)?.reject(new Error('the gateway is away'));
        break;
      case 'unreadable': {
        const account = this.#accounts[happening.account % this.#accounts.length]!;
        expect(this.cache.apply({ key: `acme:${account}:credits`, value: 'oops' })).toBe('unreadable');
        expect(this.cache.peek(account)).toBeUndefined();
        break;
      }
      case 'unreadableWithoutKey':
        expect(this.cache.apply({ value: 'oops' })).toBe('unreadable');
        expect(this.cache.size).toBe(0);
        break;
      case 'offline':
        this.cache.offline();
        expect(this.cache.size).toBe(0);
        break;
      case 'online':
        this.cache.online();
        break;
    }
    await this.#check();
  }

  /** Everything that is under way comes to its end, the log included; then what is held is what was committed, too. */
  async settle(): Promise<void> {
    while (this.#reads.length > 0) {
      // The newest there is: the last moment at which a read may look.
      this.#answer(0, Number.MAX_SAFE_INTEGER);
      await this.#check();
    }
    for (const published of this.#published) {
      if (!published.wasDelivered && !published.isMissed) this.#deliver(published);
    }
    await this.#check();
    expect(this.#asked).toBe(0);
    // A reader that lags may bring back what was before the cache went online; only `maxAgeMs` ends that.
    if (!this.#isReaderHonest) return;
    for (const account of this.#accounts) {
      const held = this.cache.peek(account);
      if (held) expect(held).toEqual(balanceOf(account, this.#committed.get(account)!));
    }
  }

  #commit(account: string): void {
    const version = this.#committed.get(account)! + 1;
    this.#committed.set(account, version);
    this.#published.push({ account, version, wasDelivered: false, isMissed: !this.cache.isOnline });
  }

  #ask(account: string): void {
    this.#asked += 1;
    const note = (balance: Balance): void => void this.#got.push({ account, balance });
    const fail = (error: unknown): void => {
      // One that reads what was committed is never behind what was seen.
      if (this.#isReaderHonest) expect(error).toEqual(new Error('the gateway is away'));
    };
    this.cache
      .get(account)
      .then(note, fail)
      .finally(() => (this.#asked -= 1))
      .catch((error: unknown) => (this.#failure = error));
  }

  #deliver(published: Published): void {
    const { account, version } = published;
    published.wasDelivered = true;
    expect(['refreshed', 'remembered', 'older']).toContain(this.cache.apply(recordOf(account, version)));
    this.#seen.set(account, Math.max(version, this.#seen.get(account) ?? 0));
  }

  #answer(which: number, when: number): void {
    const read = this.#take(which);
    if (read === undefined) return;
    const newest = this.#committed.get(read.account)!;
    const oldest = this.#isReaderHonest ? read.committedAtStart : 1;
    read.resolve(
      balanceOf(
        read.account,
        oldest + (when === Number.MAX_SAFE_INTEGER ? newest - oldest : when % (newest - oldest + 1)),
      ),
    );
  }

  #take(which: number): PendingRead | undefined {
    return this.#reads.length === 0 ? undefined : this.#reads.splice(which % this.#reads.length, 1)[0];
  }

  async #check(): Promise<void> {
    // Promises come to their ends; with a reader that lags, so do the pauses before it is asked again.
    if (!this.#isReaderHonest) await jest.advanceTimersByTimeAsync(1_000);
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    if (this.#failure !== undefined) throw this.#failure as Error;
    for (const { account, balance } of this.#got.splice(0)) this.#expectNewEnough(account, balance);
    for (const account of this.#accounts) {
      const held = this.cache.peek(account);
      if (held) this.#expectNewEnough(account, held);
    }
  }

  #expectNewEnough(account: string, balance: Balance): void {
    const version = Number(balance.version);
    expect(balance).toEqual(balanceOf(account, version));
    expect(version).toBeGreaterThanOrEqual(this.#seen.get(account) ?? 0);
  }
}

/** What an account held at a version. */
export function balanceOf(accountId: string, version: number): Balance {
  const amount = String(version * 10);
  return {
    accountId,
    creditType: 'credits',
    version: String(version),
    balance: amount,
    held: '0',
    available: amount,
    unlimited: false,
  };
}

/** The record of the invalidation of a version, as Creditbus publishes it. */
export function recordOf(accountId: string, version: number, tenantId = 'acme'): InvalidationRecord {
  const event = {
    specversion: '1.0',
    id: `${accountId}-${version}`,
    source: `/creditbus/${tenantId}`,
    type: 'credits.cache-invalidation.v1',
    subject: accountId,
    data: { tenantId, ...balanceOf(accountId, version) },
  };
  return {
    key: Buffer.from(`${tenantId}:${accountId}:credits`),
    value: Buffer.from(JSON.stringify(event)),
    headers: { 'content-type': Buffer.from('application/cloudevents+json; charset=UTF-8') },
  };
}
