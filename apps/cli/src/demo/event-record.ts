import { DEAD_LETTER_HEADERS, headerText, parseEvent, type Topics } from '@app/contracts';
import type { LogRecord } from '@app/messaging';

interface OutcomeData {
  readonly accountId: string;
  readonly commandId: string;
  readonly code: string;
  readonly applied?: string;
  readonly version?: string;
  readonly after?: { readonly balance: string };
}

/** What the events told about one account. Amounts in minor units of a credit type without decimals. */
export interface AccountByEvents {
  applied: bigint;
  balance: bigint;
  version: bigint;
  /** Events whose version does not follow the one before: a consumer would wait for ever. */
  outOfSequence: number;
}

/**
 * What a consumer of the events knows: it takes each event id once, as consumers must, and keeps what it saw of the
 * demo's tenant.
 */
export class EventRecord {
  /** How often each event was seen, by id. */
  readonly timesSeen = new Map<string, number>();
  /** Outcome code by command id, of applied and rejected commands; conflicts apart. */
  readonly codes = new Map<string, string>();
  readonly accounts = new Map<string, AccountByEvents>();
  /** Reason of each dead letter, by the original's position. */
  readonly deadLetters = new Map<string, string>();
  conflicts = 0;
  repeats = 0;
  /** Two different events of one command. */
  doubled = 0;
  /** When each event was published first, ms since the epoch. */
  private readonly publishedAtMs: number[] = [];

  constructor(
    private readonly topics: Topics,
    private readonly tenantId: string,
  ) {}

  /** The longest time without a new event, ms: as long as nobody was applying anything. */
  get longestSilenceMs(): number {
    const times = [...this.publishedAtMs].sort((a, b) => a - b);
    return times.reduce((longest, time, index) => Math.max(longest, time - (times[index - 1] ?? time)), 0);
  }

  add(topic: string, record: LogRecord): void {
    if (record.key?.toString().startsWith(`${this.tenantId}:`) !== true) return;
    if (topic === this.topics.deadLetter) this.addDeadLetter(record);
    else this.addOutcome(record);
  }

  private addDeadLetter({ headers }: LogRecord): void {
    const text = (name: string): string => headerText(headers, name) ?? '';
    const { originalPartition, originalOffset, reason } = DEAD_LETTER_HEADERS;
    this.deadLetters.set(`${text(originalPartition)}/${text(originalOffset)}`, text(reason));
  }

  private addOutcome(record: LogRecord): void {
    const { id, data } = parseEvent<OutcomeData>(record);
    const times = (this.timesSeen.get(id) ?? 0) + 1;
    this.timesSeen.set(id, times);
    if (times > 1) {
      this.repeats += 1;
      return;
    }
    this.publishedAtMs.push(record.timestampMs);
    if (data.code === 'COMMAND_CONFLICT') {
      this.conflicts += 1;
      return;
    }
    if (this.codes.has(data.commandId)) this.doubled += 1;
    this.codes.set(data.commandId, data.code);
    if (data.version !== undefined) this.addApplied(data, BigInt(data.version));
  }

  private addApplied({ accountId, applied = '0', after }: OutcomeData, version: bigint): void {
    const account = this.accounts.get(accountId) ?? { applied: 0n, balance: 0n, version: 0n, outOfSequence: 0 };
    if (version !== account.version + 1n) account.outOfSequence += 1;
    account.applied += BigInt(applied);
    if (version > account.version) {
      account.version = version;
      account.balance = BigInt(after?.balance ?? '0');
    }
    this.accounts.set(accountId, account);
  }
}
