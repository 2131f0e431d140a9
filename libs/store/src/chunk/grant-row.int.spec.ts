import { type Account, decide, type DecisionState, type Grant } from '@app/domain';

import type { Decide } from '../ports.js';
import { type Draft, ledgerFixture, START } from '../testing/ledger-fixture.js';

const fixture = ledgerFixture();

/** Decides as the worker does, and keeps what the last decision rested on and the account that the last entry left. */
class Watched {
  state: DecisionState | undefined;
  left: Account | undefined;

  readonly decideWith: Decide = (state, command, at) => {
    const decision = decide(state, command, at);
    this.state = state;
    if (decision.status === 'applied') this.left = decision.account;
    return decision;
  };
}

function byId(grants: Iterable<Grant> = []): ReadonlyMap<string, Grant> {
  return new Map([...grants].map((grant) => [grant.grantId, grant]));
}

/** As they are read for a decision that doesn't name them. */
function unnamed(grants: ReadonlyMap<string, Grant>): ReadonlyMap<string, Grant> {
  return new Map([...grants].map(([id, grant]) => [id, { ...grant, texts: undefined }]));
}

function grant(grantId: string, fields: object = {}): Draft & { readonly grantId: string } {
  return { type: 'grant.create', grantId, amount: '3', ...fields };
}

const TEXTS = [
  'a "quoted" \\ slash',
  "it's",
  ' blanks  and\ttabs\n',
  '[null]',
  'Ü🪙\u2028',
  '\\u0041',
  'NaN',
  '__proto__',
];
const DAY = 86_400_000;
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
/** Beginning of the year 1. */
const FIRST = -62_135_596_800_000;

const GRANTS = [
  ...TEXTS.map((text) =>
    grant(text, {
      name: text,
      metadata: Object.fromEntries([
        [text, text],
        ['a', ''],
      ]),
      costBasis: { currency: 'EUR', amount: '0.1' },
    }),
  ),
  ...[-5, 0, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER].map((priority) => grant(`p${priority}`, { priority })),
  grant('before 1970', { effectiveAt: -1, expiresAt: LAST }),
  grant('at the first instant', { effectiveAt: FIRST }),
  grant('pending, largest', { amount: '9223372036854775807', effectiveAt: LAST - 1, expiresAt: LAST }),
  ...Array.from({ length: 50 }, (_, index) =>
    grant(`ms-${index}`, { effectiveAt: START - 7 * index, expiresAt: START + DAY + 13 * index, kind: 'plan' }),
  ),
];

it('a grant is read as it was decided: any text, time and number, whether by its account or by its id', async () => {
  const watched = new Watched();
  const partition = await fixture.partition(0, fixture.ledger(watched.decideWith));
  await partition.send({ type: 'account.open' }, ...GRANTS);
  const made = byId(watched.left?.grants);
  await partition.send({ type: 'hold.create', holdId: 'h', amount: '5' }, { type: 'credit.delta', delta: '-7' });
  const moved = byId(watched.left?.grants);
  expect(moved.size).toBe(GRANTS.length - 2);

  for (const { grantId } of GRANTS) {
    await partition.send({ type: 'grant.update', grantId });
    expect(byId(watched.state?.account?.grants)).toEqual(unnamed(moved));
    const texts = made.get(grantId)?.texts;
    if (moved.has(grantId)) expect(watched.state?.grants?.get(grantId)).toEqual({ ...moved.get(grantId), texts });
  }
});

it('a grant that is drawn and updated in one chunk keeps both, in either order', async () => {
  const watched = new Watched();
  const partition = await fixture.partition(0, fixture.ledger(watched.decideWith));
  await partition.send({ type: 'account.open' }, grant('g', { expiresAt: START + DAY }), grant('k'));
  await partition.send(
    { type: 'credit.delta', delta: '-1' },
    { type: 'grant.update', grantId: 'g', name: 'n', priority: 3, expiresAt: START + 2 * DAY, metadata: { a: 'b' } },
    { type: 'credit.delta', delta: '-1' },
    { type: 'grant.update', grantId: 'k', name: 'for a moment' },
    { type: 'grant.update', grantId: 'k', name: null },
  );
  const decided = byId(watched.left?.grants);
  await partition.send({ type: 'grant.update', grantId: 'g' });
  expect(byId(watched.state?.account?.grants)).toEqual(unnamed(decided));
  expect(watched.state?.grants?.get('g')).toMatchObject({
    remaining: 1n,
    texts: { name: 'n', metadata: { a: 'b' } },
    dueAt: START + 2 * DAY,
  });
});

it('a grant that is spent and refilled is due again when it expires', async () => {
  const partition = await fixture.partition();
  const row = async () =>
    (await fixture.sql(`select g.status, live, due_at = expires_at as due, live_grants from grants g, accounts`))[0];
  await partition.send({ type: 'account.open' }, grant('g', { expiresAt: START + DAY }));
  await partition.send({ type: 'credit.delta', id: 'all', delta: '-3' });
  expect(await row()).toEqual({ status: 'exhausted', live: false, due: null, live_grants: 0 });
  await partition.send({ type: 'credit.reverse', reverses: 'all' });
  expect(await row()).toEqual({ status: 'open', live: true, due: true, live_grants: 1 });
});
