import { accountRecordKey } from '@app/contracts';
import type { Command, DeadLetterCode } from '@app/domain';
import type { OutgoingRecord } from '@app/messaging';

import { MALFORMED } from './malformed.js';
import { seededRandom } from './random.js';
import { SerialModel } from './serial-model.js';

export interface WorkloadOptions {
  readonly tenantId: string;
  readonly accounts: number;
  /** Records behind those that open the accounts. */
  readonly commands: number;
  readonly seed: number;
}

/** Records to be published, in order, and what must become of them. */
export interface Workload {
  readonly opens: readonly OutgoingRecord[];
  readonly records: readonly OutgoingRecord[];
  readonly sent: {
    readonly unique: number;
    readonly duplicates: number;
    readonly conflicts: number;
    readonly malformed: number;
  };
  /** Outcome code of each accepted command id, as a serial run of the rules gives it. */
  readonly codes: ReadonlyMap<string, string>;
  /** Balance of each account at the end, minor units. */
  readonly balances: ReadonlyMap<string, bigint>;
  /** Dead letters that are expected, by reason. */
  readonly deadLetters: ReadonlyMap<DeadLetterCode, number>;
}

type Delta = Extract<Command, { type: 'credit.delta' }>;
type Kind = 'unique' | 'duplicate' | 'conflict' | 'malformed';

const DUPLICATES = 0.1;
const CONFLICTS = 0.01;
const MALFORMED_SHARE = 0.01;
const INITIAL = '100';

/**
 * Deltas on the accounts, most of them small and some larger than what is there; a tenth repeats an earlier record
 * (same id and body, another position), some use an earlier id with another body, some are malformed. The same seed
 * makes the same workload.
 */
export function makeWorkload({ tenantId, accounts, commands, seed }: WorkloadOptions): Workload {
  const random = seededRandom(seed);
  const model = new SerialModel();
  const base = { tenantId, creditType: 'credits' };
  const opens = Array.from({ length: accounts }, (_, index): OutgoingRecord => {
    const command: Command = {
      ...base,
      type: 'account.open',
      id: `open-${index}`,
      accountId: `acct-${index}`,
      initial: INITIAL,
    };
    model.apply(command);
    return recordOf(command);
  });
  const earlier: Delta[] = [];
  const deadLetters = new Map<DeadLetterCode, number>();
  const sent = { unique: 0, duplicates: 0, conflicts: 0, malformed: 0 };
  const records = kindsOf(commands, random).map((kind, index): OutgoingRecord => {
    const original = earlier[Math.floor(random() * earlier.length)];
    if (kind === 'malformed') {
      const bad = MALFORMED[sent.malformed % MALFORMED.length] ?? MALFORMED[0];
      sent.malformed += 1;
      deadLetters.set(bad.reason, (deadLetters.get(bad.reason) ?? 0) + 1);
      const accountId = `acct-${Math.floor(random() * accounts)}`;
      return { key: accountRecordKey(tenantId, accountId), value: bad.value(tenantId, accountId, `bad-${index}`) };
    }
    if (original !== undefined && kind === 'duplicate') {
      sent.duplicates += 1;
      return recordOf(original);
    }
    if (original !== undefined && kind === 'conflict') {
      sent.conflicts += 1;
      return recordOf({ ...original, description: `another body, ${index}` });
    }
    sent.unique += 1;
    const command: Delta = {
      ...base,
      ...randomDelta(random),
      type: 'credit.delta',
      id: `delta-${index}`,
      accountId: `acct-${Math.floor(random() * accounts)}`,
    };
    model.apply(command);
    earlier.push(command);
    return recordOf(command);
  });
  return { opens, records, sent, codes: model.codes, balances: model.balances(), deadLetters };
}

/** Exactly the shares of each kind, shuffled; the first is new, since there is nothing to repeat yet. */
function kindsOf(count: number, random: () => number): readonly Kind[] {
  const kinds = Array<Kind>(count).fill('unique');
  let at = 1;
  for (const [kind, share] of [
    ['duplicate', DUPLICATES],
    ['conflict', CONFLICTS],
    ['malformed', MALFORMED_SHARE],
  ] as const) {
    const end = Math.min(count, at + Math.round(count * share));
    kinds.fill(kind, at, end);
    at = end;
  }
  for (let index = count - 1; index > 1; index -= 1) {
    const other = 1 + Math.floor(random() * index);
    [kinds[index], kinds[other]] = [kinds[other] ?? 'unique', kinds[index] ?? 'unique'];
  }
  return kinds;
}

function randomDelta(random: () => number): Pick<Delta, 'delta' | 'onInsufficient'> {
  const amount = random() < 0.5 ? 1 + Math.floor(random() * 20) : -1 - Math.floor(random() * 25);
  return random() < 0.1 ? { delta: String(amount), onInsufficient: 'clamp' } : { delta: String(amount) };
}

function recordOf(command: Command): OutgoingRecord {
  return { key: accountRecordKey(command.tenantId, command.accountId), value: JSON.stringify(command) };
}
