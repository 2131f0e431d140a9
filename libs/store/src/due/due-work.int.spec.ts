import { derivedCommandId } from '@app/contracts';
import type { Command } from '@app/domain';

import { type Draft, ledgerFixture, outcomes } from '../testing/ledger-fixture.js';
import { DUE_KINDS, type DueItem, type DueKind, DueWork } from './due-work.js';

const fixture = ledgerFixture();
const HOUR = 3_600_000;
const SETTLED = 400;

async function all(kind: DueKind, limit = 100): Promise<DueItem[]> {
  const due = new DueWork(fixture.pool);
  const items: DueItem[] = [];
  for (let page = await due.page(kind, null, limit); ; page = await due.page(kind, page.next, limit)) {
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    if (page.next === null) return items;
  }
}

/** The scheduler's command as the decoder makes it. */
function decoded({ command }: DueItem): Draft {
  const named = { ...command, id: '' } as Command;
  return { ...named, id: derivedCommandId(named) };
}

it('nothing is due in an empty ledger, and the clock is told', async () => {
  for (const kind of DUE_KINDS) {
    const page = await new DueWork(fixture.pool).page(kind, null, 10);
    expect(page).toMatchObject({ items: [], next: null });
    expect(Math.abs(page.readAt - Date.now())).toBeLessThan(60_000);
  }
});

it('finds each kind when it is due, with what its command needs, and no more once that is applied', async () => {
  const partition = await fixture.partition();
  const now = Date.now();
  const past = now - HOUR;
  partition.at(past - 2 * HOUR);
  await partition.send(
    { type: 'account.open', refill: { interval: 'daily', amount: '5' } },
    { type: 'account.open', accountId: 'frozen', initial: '7' },
    { type: 'grant.create', grantId: 'expiring', amount: '5', expiresAt: past },
    { type: 'grant.create', grantId: 'pending', amount: '5', effectiveAt: past },
    { type: 'grant.create', grantId: 'later', amount: '5', effectiveAt: now + HOUR, expiresAt: now + 2 * HOUR },
    { type: 'schedule.create', scheduleId: 's', amount: '5', cadence: 'one_time', start: past },
    { type: 'schedule.create', scheduleId: 's-later', amount: '5', cadence: 'one_time', start: now + HOUR },
    { type: 'schedule.create', accountId: '', scope: 'plan', scheduleId: 't', amount: '5', cadence: 'one_time' },
    { type: 'hold.create', accountId: 'frozen', holdId: 'h', amount: '5', expiresAt: past },
    { type: 'hold.create', holdId: 'h-later', amount: '1', expiresAt: now + HOUR },
    { type: 'account.configure', accountId: 'frozen', status: 'frozen' },
  );
  await fixture.sql(`update accounts set refill_due_on = current_date - 1, refill_due_at = (current_date - 1)::timestamp at time zone 'UTC'
     where account_id = 'key_1'`);
  const yesterday = new Date(now - 24 * HOUR).toISOString().slice(0, 10);
  const names = { tenantId: 'acme', accountId: 'key_1', creditType: 'credits' };
  expect(await all('refill')).toEqual([
    { kind: 'refill', dueAt: Date.parse(yesterday), command: { type: 'account.refill', date: yesterday, ...names } },
  ]);
  expect(await all('grant')).toEqual([
    { kind: 'grant', dueAt: past, command: { type: 'grant.expire', grantId: 'expiring', expiresAt: past, ...names } },
    {
      kind: 'grant',
      dueAt: past,
      command: { type: 'grant.activate', grantId: 'pending', effectiveAt: past, ...names },
    },
  ]);
  expect(await all('schedule')).toEqual([
    {
      kind: 'schedule',
      dueAt: past,
      command: { type: 'schedule.apply', scheduleId: 's', periodStart: past, ...names },
    },
  ]);
  expect(await all('hold')).toEqual([
    {
      kind: 'hold',
      dueAt: past,
      command: { type: 'hold.expire', holdId: 'h', expiresAt: past, ...names, accountId: 'frozen' },
    },
  ]);
  partition.at(now);
  for (const kind of ['grant', 'schedule', 'hold'] as const) {
    const results = await partition.send(...(await all(kind)).map(decoded));
    expect(new Set(outcomes(results))).toEqual(new Set(['decided APPLIED']));
    expect(await all(kind)).toEqual([]);
  }
});

it('pages through everything that is due, soonest first, each once', async () => {
  const partition = await fixture.partition();
  const now = Date.now();
  partition.at(now - 3 * HOUR);
  await partition.send({ type: 'account.open', initial: '1000' });
  const drafts = Array.from({ length: 57 }, (_, index): Draft => {
    return { type: 'hold.create', holdId: `h${index}`, amount: '1', expiresAt: now - HOUR - (index % 5) };
  });
  await partition.send(...drafts);
  const items = await all('hold', 10);
  expect(items).toHaveLength(57);
  expect(new Set(items.map(({ command }) => JSON.stringify(command))).size).toBe(57);
  expect(items.map(({ dueAt }) => dueAt)).toEqual(items.map(({ dueAt }) => dueAt).sort((a, b) => a - b));
});

it('is due by the clock of Postgres less 200 ms', async () => {
  const partition = await fixture.partition();
  const expiresAt = Date.now() + SETTLED;
  partition.at(expiresAt - 1_000);
  await partition.send(
    { type: 'account.open', initial: '5' },
    { type: 'hold.create', holdId: 'h', amount: '1', expiresAt },
  );
  expect(await all('hold')).toEqual([]);
  let page = await new DueWork(fixture.pool).page('hold', null, 1);
  while (page.items.length === 0) page = await new DueWork(fixture.pool).page('hold', null, 1);
  expect(page.readAt - expiresAt).toBeGreaterThanOrEqual(200);
  expect(page.next).not.toBeNull();
});
