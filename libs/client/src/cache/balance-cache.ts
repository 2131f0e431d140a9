import { CreditbusError } from '../errors.js';
import { pause, unlessAborted } from '../http/time.js';
import type { AccountName, Balance, CacheInvalidation, ReadBalance } from './balance.js';
import { decodeRecord, type InvalidationRecord } from './record.js';
import { VersionFloors } from './version-floors.js';

export interface BalanceCacheOptions {
  /** Tenant of the API key that `read` uses: records of other tenants are ignored. */
  readonly tenantId: string;
  /** Reads a balance on a miss, for example `readBalancesOf(creditbus)`. */
  readonly read: ReadBalance;
  /** Balances held at most; default 10,000. The least recently used goes first. */
  readonly maxEntries?: number | undefined;
  /** Accounts without a held balance whose newest version is remembered, at most; default 100,000. */
  readonly maxRemembered?: number | undefined;
  /** A balance is read again this long after it was last read, ms, even if nothing was heard of it; default 300,000. */
  readonly maxAgeMs?: number | undefined;
  /** Told of records that can't be read. The balances that they may be about are dropped. */
  readonly onUnreadable?: ((reason: string, record: InvalidationRecord) => void) | undefined;
}

/**
 * What a record did: `refreshed` a held balance · `remembered` the version of an account whose balance is not held ·
 * `older` than what was seen, or the same · `ignored`: another tenant's, or another kind of event · `unreadable`.
 */
export type Applied = 'refreshed' | 'remembered' | 'older' | 'ignored' | 'unreadable';

interface Held {
  readonly version: bigint;
  readonly balance: Balance;
  /** When it was last read, ms of the monotonic clock. Invalidations don't move it. */
  readonly readAt: number;
}

/** A read that is under way. */
interface Read {
  /** No older version may come out of it. */
  floor: bigint;
  /** The newest invalidation that came in meanwhile. */
  newest: { readonly version: bigint; readonly balance: Balance } | undefined;
  /** May the result be held? Not when invalidations may have been missed since the read began. */
  isHeld: boolean;
}

interface Flight {
  readonly read: Read;
  readonly balance: Promise<Balance>;
}

/** A reader that answers with older balances than were seen is asked again after these pauses, ms. */
const STALE_READ_PAUSES_MS = [20, 100, 500];

/**
 * Balances in memory, kept fresh by `credits.cache-invalidation.v1`. It never holds or returns a balance that is older
 * than the newest invalidation that it has seen, in whatever order invalidations and reads come in.
 *
 * - A balance enters only by a read, and only while `online`. After that, invalidations with a higher version replace
 *   it: they carry the whole balance.
 * - While an account is being read, the newest invalidation of it is kept beside the read, and the newer of the two wins.
 *   So a read that was overtaken can't put back what it saw.
 * - Versions of accounts whose balance is not held are remembered, up to `maxRemembered`. Forgetting one is harmless
 *   with a reader that reads committed state, as the gateway does: invalidations are sent after the commit, so that a
 *   read that begins after one was seen returns its version or a higher one. And an invalidation alone never makes a
 *   balance, so that a repeated old one can't, when the newer one is forgotten. With a reader that lags (a replica), the
 *   remembered versions are what protects: give them room for all accounts that are in use.
 */
export class BalanceCache {
  readonly #options: Required<Omit<BalanceCacheOptions, 'onUnreadable'>>;
  readonly #onUnreadable: BalanceCacheOptions['onUnreadable'];
  /** Least recently used first. */
  readonly #held = new Map<string, Held>();
  /** Of accounts that are not in `#held`. */
  readonly #floors: VersionFloors;
  readonly #flights = new Map<string, Flight>();
  #isOnline = false;

  constructor(options: BalanceCacheOptions) {
    const { tenantId, read, maxEntries = 10_000, maxRemembered = 100_000, maxAgeMs = 300_000 } = options;
    this.#options = { tenantId, read, maxEntries, maxRemembered, maxAgeMs };
    this.#onUnreadable = options.onUnreadable;
    this.#floors = new VersionFloors(maxRemembered);
  }

  /** Balances held now. */
  get size(): number {
    return this.#held.size;
  }

  /** Are balances held? Else each `get` reads. */
  get isOnline(): boolean {
    return this.#isOnline;
  }

  /**
   * Says that every invalidation that is published from now on will come to `apply`: the consumer has its place in all
   * partitions of the topic. Before that, nothing is held, since a balance whose invalidation is missed would stay.
   */
  online(): void {
    this.#isOnline = true;
  }

  /**
   * Says that invalidations may be missed from now on: the consumer stopped, crashed, lost partitions. Drops every
   * balance; the versions seen stay true and are remembered.
   */
  offline(): void {
    this.#isOnline = false;
    this.#dropAll();
  }

  /**
   * The balance of an account: the held one, else a read one. Callers that ask at the same time share a read.
   * @throws what the read threw, which is not remembered; CreditbusError `STALE_READ` when the reader only has balances
   * that are older than what was seen; the signal's reason when aborted, which leaves the read to the others
   */
  async get(account: string | AccountName, options: { readonly signal?: AbortSignal } = {}): Promise<Balance> {
    const name = fullName(account);
    const key = this.#key(name);
    const held = this.#fresh(key);
    if (held) {
      this.#held.delete(key);
      this.#held.set(key, held);
      return held.balance;
    }
    const flight = this.#flights.get(key) ?? this.#startFlight(key, name);
    return unlessAborted(flight.balance, options.signal);
  }

  /** The held balance, if there is one. Reads nothing. */
  peek(account: string | AccountName): Balance | undefined {
    return this.#fresh(this.#key(fullName(account)))?.balance;
  }

  /** Takes a record of the topic, as a Kafka client hands it out. Never throws: one bad record stops no consumer. */
  apply(record: InvalidationRecord): Applied {
    const decoded = decodeRecord(record);
    if (decoded.kind === 'other') return 'ignored';
    if (decoded.kind === 'invalidation') return this.observe(decoded.invalidation);
    // It may have been about any account, or about the one of its key.
    if (decoded.key === undefined) this.#dropAll();
    else this.#drop(decoded.key);
    this.#onUnreadable?.(decoded.reason, record);
    return 'unreadable';
  }

  /** Takes a balance that is known from elsewhere, such as `invalidationOf` an own command's outcome. */
  observe(invalidation: CacheInvalidation): Exclude<Applied, 'unreadable'> {
    const { tenantId, ...balance } = invalidation;
    if (tenantId !== this.#options.tenantId) return 'ignored';
    const key = this.#key(balance);
    const version = BigInt(balance.version);
    const read = this.#flights.get(key)?.read;
    if (read && version >= read.floor) {
      read.floor = version;
      read.newest = { version, balance };
    }
    const held = this.#held.get(key);
    if (held === undefined) return this.#floors.raise(key, version) ? 'remembered' : 'older';
    if (version <= held.version) return 'older';
    // Its place among the least recently used stays: being changed is not being used.
    this.#held.set(key, { version, balance, readAt: held.readAt });
    return 'refreshed';
  }

  #startFlight(key: string, name: Required<AccountName>): Flight {
    const floor = this.#held.get(key)?.version ?? this.#floors.of(key);
    const read: Read = { floor, newest: undefined, isHeld: this.#isOnline };
    const balance = this.#fly(key, name, read).finally(() => this.#flights.delete(key));
    // All who asked may have gone when it fails.
    balance.catch(() => undefined);
    const flight = { read, balance };
    this.#flights.set(key, flight);
    return flight;
  }

  async #fly(key: string, name: Required<AccountName>, read: Read): Promise<Balance> {
    for (let attempt = 0; ; attempt += 1) {
      const readAt = performance.now();
      const found = checked(await this.#options.read(name), name, this.#options.tenantId);
      const { newest, floor } = read;
      const winner = newest && newest.version > found.version ? newest : found;
      if (winner.version >= floor) {
        this.#settle(key, { ...winner, readAt }, read.isHeld);
        return winner.balance;
      }
      const pauseMs = STALE_READ_PAUSES_MS[attempt];
      if (pauseMs === undefined) {
        const message = `the reader returns version ${found.version} of account ${name.accountId}: ${floor} was seen`;
        throw new CreditbusError(message, { code: 'STALE_READ', attempts: attempt + 1 });
      }
      await pause(pauseMs, undefined);
    }
  }

  #settle(key: string, held: Held, isHeld: boolean): void {
    this.#held.delete(key);
    if (!isHeld) {
      this.#floors.raise(key, held.version);
      return;
    }
    this.#floors.delete(key);
    this.#held.set(key, held);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= this.#options.maxEntries) break;
      this.#release(oldest);
    }
  }

  /** Lets go of a balance and remembers its version. */
  #release(key: string): void {
    const held = this.#held.get(key);
    if (held === undefined) return;
    this.#held.delete(key);
    this.#floors.raise(key, held.version);
  }

  #drop(key: string): void {
    this.#release(key);
    const flight = this.#flights.get(key);
    if (flight) flight.read.isHeld = false;
  }

  #dropAll(): void {
    for (const key of this.#held.keys()) this.#release(key);
    for (const { read } of this.#flights.values()) read.isHeld = false;
  }

  #fresh(key: string): Held | undefined {
    const held = this.#held.get(key);
    return held && performance.now() - held.readAt < this.#options.maxAgeMs ? held : undefined;
  }

  /** The key of the account's records. It names one account: neither tenants nor credit types have a colon. */
  #key(account: Required<AccountName>): string {
    return `${this.#options.tenantId}:${account.accountId}:${account.creditType}`;
  }
}

function fullName(account: string | AccountName): Required<AccountName> {
  if (typeof account === 'string') return { accountId: account, creditType: 'credits' };
  return { accountId: account.accountId, creditType: account.creditType ?? 'credits' };
}

/** Invalidations name tenants and accounts by their ids: a balance of others would never hear of its changes. */
function checked(
  { tenantId, ...balance }: Awaited<ReturnType<ReadBalance>>,
  name: Required<AccountName>,
  ownTenantId: string,
): { version: bigint; balance: Balance } {
  if (tenantId !== undefined && tenantId !== ownTenantId) {
    const message = `what is read is of tenant ${tenantId}, the cache of ${ownTenantId}: give it the API key's tenant`;
    throw new CreditbusError(message, { code: 'UNEXPECTED_ANSWER' });
  }
  if (balance.accountId !== name.accountId || balance.creditType !== name.creditType) {
    const got = `${balance.accountId} (${balance.creditType})`;
    const asked = `${name.accountId} (${name.creditType})`;
    const message = `the read of account ${asked} returned ${got}: a cache is asked by account id, not by another name`;
    throw new CreditbusError(message, { code: 'UNEXPECTED_ANSWER' });
  }
  return { version: BigInt(balance.version), balance };
}
