import { decodeCommand, DEFAULT_TOPICS, EVENT_TYPES, outcomeEventId } from '@app/contracts';
import type { LogRecord, OutgoingRecord } from '@app/messaging';
import type { AuditEntry, LedgerSnapshot } from '@app/store';

import { EventRecord } from './event-record.js';
import { demoOptions } from './options.js';
import { seededRandom } from './random.js';
import { countBy, verify, type Verdict } from './verification.js';
import { makeWorkload, type Workload } from './workload.js';

const tenantId = 'demo-1';
const options = { tenantId, accounts: 20, commands: 2_000, seed: 7 };
const workload = makeWorkload(options);

function decoded({ key, value }: OutgoingRecord) {
  const bytes = (text: Buffer | string | null | undefined) =>
    typeof text === 'string' ? Buffer.from(text) : (text ?? null);
  return decodeCommand({ key: bytes(key), value: bytes(value), headers: {} });
}

describe('workload of the demo', () => {
  it('the same seed makes the same records, another seed others', () => {
    expect(makeWorkload(options).records).toEqual(workload.records);
    expect(makeWorkload({ ...options, seed: 8 }).records).not.toEqual(workload.records);
    const random = seededRandom(1);
    for (let n = 0; n < 1000; n += 1) expect(random()).toBeLessThan(1);
  });

  it('a tenth are duplicates, a hundredth conflicts, a hundredth malformed', () => {
    expect(workload.records).toHaveLength(2_000);
    expect(workload.sent).toEqual({ unique: 1_760, duplicates: 200, conflicts: 20, malformed: 20 });
    expect(workload.codes.size).toBe(20 + 1_760);
  });

  it('a duplicate repeats an earlier record byte for byte, a conflict only its id', () => {
    const bodies = countBy(
      workload.records.map(({ value }) => String(value)).filter((value) => value.includes('"delta-')),
    );
    const repeated = [...bodies.values()].reduce((sum, count) => sum + count - 1, 0);
    expect(repeated).toBe(200);
    expect(bodies.size).toBe(1_760 + 20);
  });

  it('what must be dead-lettered is malformed for this reason, and nothing else is', () => {
    const reasons = countBy(
      workload.records.flatMap((record) => {
        const result = decoded(record);
        return result.ok ? [] : [result.code];
      }),
    );
    const expected = new Map<string, number>(workload.deadLetters);
    // An unknown tenant is well-formed: only the transaction knows the tenants.
    expected.delete('UNKNOWN_TENANT');
    expect(reasons).toEqual(expected);
  });

  it('some commands are refused, some applied partially, and most applied', () => {
    const codes = countBy(workload.codes.values());
    expect(codes.get('INSUFFICIENT_CREDITS')).toBeGreaterThan(0);
    expect(codes.get('APPLIED_PARTIALLY')).toBeGreaterThan(0);
    expect(codes.get('APPLIED')).toBeGreaterThan(1_000);
  });
});

describe('arguments of the demo', () => {
  it('have defaults', () => {
    expect(demoOptions([])).toEqual({ accounts: 1_000, commands: 50_000, seed: 1 });
    expect(demoOptions(['--help'])).toBeUndefined();
  });

  it('are named when they are wrong', () => {
    expect(() => demoOptions(['--commands', 'x'])).toThrow('--commands: "x" is not allowed here');
    expect(() => demoOptions(['--nonsense'])).toThrow();
  });
});

interface Happened {
  entries: AuditEntry[];
  events: {
    id?: string;
    accountId: string;
    commandId: string;
    code: string;
    applied: string;
    version: string;
    balance: string;
  }[];
}

/** What a sound system makes of two accounts with two entries each. */
function sound(): Happened {
  const entries = ['a', 'b'].flatMap((accountId) =>
    [1n, 2n].map((version): AuditEntry => ({
      tenantId,
      commandId: `${accountId}${version}`,
      accountId,
      creditType: 'credits',
      code: 'APPLIED',
      version,
      applied: 5n,
      balance: 5n * version,
      recordedAt: 0,
      topic: 't',
      partition: 0,
      offset: version,
    })),
  );
  const events = entries.map(({ accountId, commandId, code, version, balance }) => ({
    accountId, commandId, code, applied: '5', version: String(version), balance: String(balance),
  })); // prettier-ignore
  return { entries, events };
}

const small: Workload = {
  opens: [],
  records: [],
  sent: { unique: 4, duplicates: 0, conflicts: 0, malformed: 0 },
  codes: new Map(['a1', 'a2', 'b1', 'b2'].map((id) => [id, 'APPLIED'])),
  balances: new Map([['a', 10n], ['b', 10n]]),
  deadLetters: new Map(),
}; // prettier-ignore

async function violated({ entries, events }: Happened, of: Workload = small): Promise<string[]> {
  const record = new EventRecord(DEFAULT_TOPICS, tenantId);
  for (const [index, { id, accountId, commandId, code, applied, version, balance }] of events.entries()) {
    const type = code === 'APPLIED' ? EVENT_TYPES.balanceChanged : EVENT_TYPES.commandRejected;
    const eventId =
      id ?? outcomeEventId(type, { tenantId, commandId, code: code as 'APPLIED', fingerprint: Buffer.alloc(0) });
    const data = { accountId, commandId, code, applied, version, after: { balance } };
    record.add(type, {
      offset: BigInt(index),
      timestampMs: index,
      key: Buffer.from(`${tenantId}:${accountId}`),
      value: Buffer.from(JSON.stringify({ specversion: '1.0', id: eventId, type, source: 's', data })),
      headers: { 'content-type': 'application/cloudevents+json' },
    } satisfies LogRecord);
  }
  const snapshot = {
    accounts: () => Promise.resolve({ sumsDiffer: 0, partsDiffer: 0, versionsDiffer: 0, first: [] }),
    commands: () => Promise.resolve({ count: 0, first: [] }),
    entries: async function* () {
      yield* await Promise.resolve(entries);
    },
  } as unknown as LedgerSnapshot;
  const verdicts = await verify(of, record, snapshot);
  return verdicts.filter(({ holds }) => !holds).map(({ invariant, from }: Verdict) => `${invariant} ${from}`);
}

describe('verification', () => {
  it('a sound system violates nothing', async () => {
    expect(await violated(sound())).toEqual([]);
  });

  it('an event that is repeated changes nothing', async () => {
    const happened = sound();
    happened.events.push(...sound().events);
    expect(await violated(happened)).toEqual([]);
  });

  it('an event that is missing is found from both ends', async () => {
    const happened = sound();
    happened.events.splice(1, 1);
    expect(await violated(happened)).toEqual(['I1 events', 'I3 events', 'I4 events', 'I5 both']);
  });

  it('events of an account in another order are found', async () => {
    const happened = sound();
    happened.events.reverse();
    expect(await violated(happened)).toEqual(['I4 events']);
  });

  it('an entry that is missing is found', async () => {
    const happened = sound();
    happened.entries.pop();
    expect(await violated(happened)).toEqual(['I1 events', 'I1 Postgres', 'I3 Postgres', 'I4 events', 'I5 both']);
  });

  it('a second effect of a command is found', async () => {
    const happened = sound();
    const last = happened.events[1];
    if (last !== undefined) happened.events.push({ ...last, id: 'another', version: '3', balance: '15' });
    expect(await violated(happened)).toEqual(['I1 events', 'I3 events', 'I4 events', 'I5 both']);
  });

  it('another outcome than that of a serial run is found', async () => {
    expect(
      await violated(sound(), { ...small, codes: new Map([...small.codes, ['a2', 'INSUFFICIENT_CREDITS']]) }),
    ).toEqual(['I1 Postgres']);
  });

  it('a conflict or a malformed record without its answer is found', async () => {
    const of = { ...small, sent: { ...small.sent, conflicts: 1, malformed: 1 } };
    expect(await violated(sound(), of)).toEqual(['P1 events', 'P7 events']);
  });
});
