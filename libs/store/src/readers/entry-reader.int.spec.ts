import { randomUUID } from 'node:crypto';

import { commandKey } from '@app/contracts';

import { ACCOUNT, entryOf, ledgerFixture, START, TENANT } from '../testing/ledger-fixture.js';
import { EntryReader } from './entry-reader.js';
import { InvalidCursor, InvalidLimit } from './page.js';
import type { EntryListQuery } from './shapes.js';

const fixture = ledgerFixture();
const account = { accountId: ACCOUNT, creditType: 'credits' };
const reader = () => new EntryReader(fixture.dataSource);

describe('findByCommandId', () => {
  it('finds applied and rejected commands by ids of every form', async () => {
    const partition = await fixture.partition();
    const ids = [randomUUID(), 'order-17', randomUUID().toUpperCase(), 'ü'.repeat(255)];
    const results = await partition.send(
      ...ids.map((id) => ({ type: 'credit.delta' as const, id, delta: '1', accountId: 'missing' })),
      { type: 'account.open', id: 'open' },
    );
    for (const [i, id] of [...ids, 'open'].entries()) {
      expect(await reader().findByCommandId(TENANT, id)).toEqual(entryOf(results[i]));
    }
  });

  it('answers null for what is not recorded, for another tenant and for the hash of an id', async () => {
    const partition = await fixture.partition();
    await partition.send({ type: 'account.open', id: 'open' });
    expect(await reader().findByCommandId(TENANT, 'other')).toBeNull();
    expect(await reader().findByCommandId('globex', 'open')).toBeNull();
    expect(await reader().findByCommandId(TENANT, commandKey('open'))).toBeNull();
  });
});

describe('list', () => {
  beforeEach(async () => {
    const partition = await fixture.partition();
    await partition.at(START).send({ type: 'account.open', id: 'open', initial: '10' });
    await partition.at(START + 1_000).send({ type: 'credit.delta', id: 'd1', delta: '-1', reason: 'usage' });
    await partition
      .at(START + 2_000)
      .send(
        { type: 'credit.delta', id: 'r1', delta: '-100', reason: 'usage' },
        { type: 'credit.delta', id: 'd2', delta: '-1', reason: 'refund' },
      );
    await partition.at(START + 3_000).send({ type: 'credit.set', id: 's1', value: '5' });
    // Rejected at the same time as the last entry, twice.
    await partition
      .at(START)
      .send(
        { type: 'credit.delta', id: 'r2', delta: '-100' },
        { type: 'credit.set', id: 'r3', value: '1.5' },
        { type: 'account.open', id: 'other', accountId: 'other' },
        { type: 'account.open', id: 'foreign', tenantId: 'globex' },
      );
  });

  async function ids(query: Partial<EntryListQuery> = {}): Promise<string[]> {
    const found: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await reader().list(TENANT, account, { limit: 2, ...query, cursor: cursor ?? undefined });
      found.push(...page.items.map(({ commandId }) => commandId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return found;
  }

  it('goes through the applied entries of the account page by page, newest first', async () => {
    for (const limit of [1, 2, 3, 250]) expect(await ids({ limit })).toEqual(['s1', 'd2', 'd1', 'open']);
  });

  it('lists rejected commands only when asked for, newest first, each once', async () => {
    const sameTime = ['r2', 'r3'].sort((a, b) => (commandKey(a) < commandKey(b) ? 1 : -1));
    for (const limit of [1, 2, 250]) expect(await ids({ limit, status: 'rejected' })).toEqual([...sameTime, 'r1']);
  });

  it('takes from inclusive and to exclusive', async () => {
    expect(await ids({ from: START + 1_000 })).toEqual(['s1', 'd2', 'd1']);
    expect(await ids({ from: START + 1_001 })).toEqual(['s1', 'd2']);
    expect(await ids({ to: START + 1_000 })).toEqual(['open']);
    expect(await ids({ to: START + 1_001 })).toEqual(['d1', 'open']);
    expect(await ids({ from: START + 1_000, to: START + 3_000, limit: 1 })).toEqual(['d2', 'd1']);
    expect(await ids({ from: START + 9_000 })).toEqual([]);
    expect(await ids({ to: START })).toEqual([]);
    expect(await ids({ status: 'rejected', from: START + 2_000, to: START + 3_000 })).toEqual(['r1']);
  });

  it('filters by cause, reason and command type', async () => {
    expect(await ids({ cause: 'delta' })).toEqual(['d2', 'd1']);
    expect(await ids({ reason: 'usage' })).toEqual(['d1']);
    expect(await ids({ commandType: 'credit.set' })).toEqual(['s1']);
    expect(await ids({ status: 'rejected', reason: 'usage' })).toEqual(['r1']);
    expect(await ids({ cause: 'delta', reason: 'refund', from: START })).toEqual(['d2']);
  });

  it('keeps its place when entries are added behind it', async () => {
    const first = await reader().list(TENANT, account, { limit: 2 });
    const partition = await fixture.partition(1);
    await partition.at(START + 9_000).send({ type: 'credit.delta', id: 'new', delta: '1' });
    const second = await reader().list(TENANT, account, { limit: 2, cursor: first.nextCursor ?? '' });
    expect(second.items.map(({ commandId }) => commandId)).toEqual(['d1', 'open']);
  });

  it('is empty for an account that the tenant does not have, with and without times', async () => {
    const page = { items: [], nextCursor: null };
    expect(await reader().list('globex', { ...account, accountId: 'x' }, { limit: 5 })).toEqual(page);
    expect(await reader().list('globex', { ...account, accountId: 'x' }, { limit: 5, from: 0 })).toEqual(page);
  });

  it('refuses cursors of other lists, and limits outside 1 to 250', async () => {
    const applied = await reader().list(TENANT, account, { limit: 1 });
    await expect(
      reader().list(TENANT, account, { limit: 1, status: 'rejected', cursor: applied.nextCursor ?? '' }),
    ).rejects.toThrow(InvalidCursor);
    for (const place of [
      ['entries', 'x'],
      ['entries', '-1'],
      ['entries', '1', '2'],
    ]) {
      const cursor = Buffer.from(JSON.stringify(place)).toString('base64url');
      await expect(reader().list(TENANT, account, { limit: 1, cursor })).rejects.toThrow(InvalidCursor);
    }
    const cursor = Buffer.from(JSON.stringify(['rejected-entries', '1', 'x'])).toString('base64url');
    await expect(reader().list(TENANT, account, { limit: 1, status: 'rejected', cursor })).rejects.toThrow(
      InvalidCursor,
    );
    await expect(reader().list(TENANT, account, { limit: 0 })).rejects.toThrow(InvalidLimit);
  });
});
