import { EVENT_TYPES, outcomeEventId } from '@app/contracts';
import type { AuditEntry, LedgerSnapshot } from '@app/store';

import type { EventRecord } from './event-record.js';
import type { Workload } from './workload.js';

/** One line of the demo's verdict. */
export interface Verdict {
  readonly invariant: string;
  readonly rule: string;
  readonly from: 'Postgres' | 'events' | 'both';
  readonly holds: boolean;
  readonly numbers: string;
}

/** Compares the ledger, the events and the serial model with each other. */
export async function verify(
  workload: Workload,
  events: EventRecord,
  snapshot: LedgerSnapshot,
): Promise<readonly Verdict[]> {
  const entries = new Map<string, AuditEntry>();
  const audit = await snapshot.accounts();
  const commands = await snapshot.commands();
  for await (const entry of snapshot.entries()) entries.set(entry.commandId, entry);
  const newest = newestEntries(entries.values());
  return [
    {
      invariant: 'I1', rule: 'Σ applied = balance of each account', from: 'Postgres',
      holds: audit.sumsDiffer === 0,
      numbers: `${newest.size} accounts, ${audit.sumsDiffer} differ`,
    },
    balancesByEvents(events, newest),
    againstModel(workload, entries, newest),
    {
      invariant: 'I3', rule: 'entries = distinct accepted command ids', from: 'Postgres',
      holds: entries.size === workload.codes.size && differing(workload.codes, entries) === 0 && commands.count === 0,
      numbers: `${entries.size} entries, ${workload.codes.size} ids accepted, ${commands.count} doubled`,
    },
    {
      invariant: 'I3', rule: 'commands with an event = distinct accepted command ids', from: 'events',
      holds: events.codes.size === workload.codes.size && differing(workload.codes, events.codes) === 0 && events.doubled === 0,
      numbers: `${events.codes.size} commands, ${workload.codes.size} ids accepted, ${events.doubled} doubled`,
    },
    {
      invariant: 'I4', rule: 'versions of each account are 1..n', from: 'Postgres',
      holds: audit.versionsDiffer === 0,
      numbers: `${newest.size} accounts, ${audit.versionsDiffer} with gaps or repeats`,
    },
    versionsByEvents(events, newest),
    eventOfEachEntry(events, entries),
    rejectionsOfConflicts(workload, events),
    deadLettersOfMalformed(workload, events),
  ]; // prettier-ignore
}

function balancesByEvents(events: EventRecord, newest: ReadonlyMap<string, AuditEntry>): Verdict {
  let differ = 0;
  for (const [accountId, { applied, balance }] of events.accounts) {
    if (applied !== balance || balance !== newest.get(accountId)?.balance) differ += 1;
  }
  return {
    invariant: 'I1',
    rule: "Σ applied = last balance = Postgres' balance",
    from: 'events',
    holds: differ === 0 && events.accounts.size === newest.size,
    numbers: `${events.accounts.size} accounts, ${differ} differ`,
  };
}

function againstModel(
  { codes, balances }: Workload,
  entries: ReadonlyMap<string, AuditEntry>,
  newest: ReadonlyMap<string, AuditEntry>,
): Verdict {
  const others = [...codes].filter(([id, code]) => entries.get(id)?.code !== code).length;
  const differ = [...balances].filter(([accountId, balance]) => newest.get(accountId)?.balance !== balance).length;
  return {
    invariant: 'I1',
    rule: 'balances and outcomes as if run one by one, without a crash',
    from: 'Postgres',
    holds: others === 0 && differ === 0,
    numbers: `${balances.size} balances, ${differ} differ; ${codes.size} outcomes, ${others} differ`,
  };
}

function versionsByEvents(events: EventRecord, newest: ReadonlyMap<string, AuditEntry>): Verdict {
  let wrong = 0;
  for (const [accountId, { version, outOfSequence }] of events.accounts) {
    if (outOfSequence > 0 || version !== newest.get(accountId)?.version) wrong += 1;
  }
  return {
    invariant: 'I4',
    rule: 'each account is told as 1..n, in this order',
    from: 'events',
    holds: wrong === 0,
    numbers: `${events.accounts.size} accounts, ${wrong} with gaps or repeats`,
  };
}

function eventOfEachEntry(events: EventRecord, entries: ReadonlyMap<string, AuditEntry>): Verdict {
  const fingerprint = Buffer.alloc(0);
  let missing = 0;
  for (const entry of entries.values()) {
    const type = entry.version === null ? EVENT_TYPES.commandRejected : EVENT_TYPES.balanceChanged;
    if (!events.timesSeen.has(outcomeEventId(type, { ...entry, fingerprint }))) missing += 1;
  }
  // Every id is seen at least once; what is left after the entries' own must be the conflicts'.
  const strangers = events.timesSeen.size - events.conflicts - (entries.size - missing);
  return {
    invariant: 'I5',
    rule: 'each entry has its event; by event id exactly one',
    from: 'both',
    holds: missing === 0 && strangers === 0,
    numbers: `${entries.size} entries, ${missing} without; ${strangers} events too many; ${events.repeats} repeated by the crash`,
  };
}

function rejectionsOfConflicts({ sent }: Workload, { conflicts }: EventRecord): Verdict {
  return {
    invariant: 'P1',
    rule: 'an id with another body is refused as a conflict',
    from: 'events',
    holds: conflicts === sent.conflicts,
    numbers: `${sent.conflicts} sent, ${conflicts} refused`,
  };
}

function deadLettersOfMalformed({ deadLetters, sent }: Workload, events: EventRecord): Verdict {
  const found = countBy(events.deadLetters.values());
  const wrong = [...deadLetters].filter(([reason, count]) => found.get(reason) !== count).length;
  return {
    invariant: 'P7',
    rule: 'each malformed record is dead-lettered with its reason',
    from: 'events',
    holds: wrong === 0 && events.deadLetters.size === sent.malformed,
    numbers: `${sent.malformed} sent, ${events.deadLetters.size} dead-lettered, ${wrong} reasons with another count`,
  };
}

/** The entry with the highest version of each account. */
function newestEntries(entries: Iterable<AuditEntry>): ReadonlyMap<string, AuditEntry> {
  const newest = new Map<string, AuditEntry>();
  for (const entry of entries) {
    const known = newest.get(entry.accountId);
    if (entry.version !== null && entry.version > (known?.version ?? 0n)) newest.set(entry.accountId, entry);
  }
  return newest;
}

/** Keys of the first that the second lacks. */
function differing(wanted: ReadonlyMap<string, unknown>, found: ReadonlyMap<string, unknown>): number {
  return [...wanted.keys()].filter((key) => !found.has(key)).length;
}

export function countBy(values: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
