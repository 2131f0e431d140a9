import { outcomeOf } from '@app/contracts';

import { GatewayUnderTest } from '../../apps/gateway/src/testing/gateway-under-test.js';
import { accountView, ledgerEntry } from '../../apps/gateway/src/testing/samples.js';

let gateway: GatewayUnderTest;

beforeEach(async () => {
  gateway = await GatewayUnderTest.start({ compatibleApis: ['unkey', 'schematic', 'flexprice', 'klaim'] });
  const scopes = ['credits:read', 'credits:write'] as const;
  gateway.database.addKey('cb_group', { group: 'ours', scopes });
  gateway.database.addKey('cb_prefix', { accountPrefix: 'our_', scopes });
  gateway.database.accounts.push(
    accountView({ accountId: 'their_1', group: 'theirs', externalId: 'crm-1', balance: 77_777n }),
    accountView({ accountId: 'our_1', group: 'ours' }),
  );
  gateway.database.entries.push(
    ledgerEntry({ commandId: 'theirs', accountId: 'their_1', metadata: { seen: '77777' } }),
  );
  gateway.log.answer = ({ id, type, accountId }) =>
    outcomeOf(
      ledgerEntry({
        commandId: String(id),
        accountId: String(accountId),
        ...(type === 'account.open' && { status: 'rejected', code: 'ACCOUNT_EXISTS', before: HELD }),
      }),
    );
});
afterEach(() => gateway.stop());

const HELD = { balance: 77_777n, held: 0n, available: 77_777n, unlimited: false };

it.each<[string, 'POST' | 'PUT' | 'PATCH', string, object]>([
  ['opening', 'POST', '/v1/accounts', { accountId: 'their_1', group: 'ours' }],
  ['opening as a command', 'POST', '/v1/commands', { type: 'account.open', accountId: 'their_1', group: 'ours' }],
  ['an external id', 'POST', '/v1/accounts', { accountId: 'our_2', group: 'ours', externalId: 'crm-1' }],
  ['an external id for an account of its own', 'PATCH', '/v1/accounts/our_1', { externalId: 'crm-1' }],
  ['a reversal that names the account', 'POST', '/v1/commands/theirs/reversals', { accountId: 'their_1' }],
  ['a set', 'PUT', '/v1/accounts/their_1/balance', { value: 1 }],
  ['what somebody else opened', 'PUT', '/users/their_1/credits', { credit_delta: 1 }],
  [
    'a grant',
    'POST',
    '/billing/credits/grants/company',
    { company_id: 'their_1', credit_id: 'credits', quantity: 1, reason: 'free' },
  ],
])(
  'a limited key learns nothing of an account beyond its bounds, and publishes nothing: %s',
  async (_, method, url, body) => {
    for (const key of ['cb_group', 'cb_prefix']) {
      const headers = { prefer: 'wait=5', 'x-schematic-api-key': key };
      const answer = await gateway.send(method, url, { key, headers, body });
      expect([answer.status, answer.text.includes('77777')]).toEqual([403, false]);
    }
    expect(gateway.log.records).toEqual([]);
  },
);

it('nor by a batch', async () => {
  const commands = [
    { type: 'account.open', accountId: 'their_1', group: 'ours' },
    { type: 'account.open', accountId: 'our_2', group: 'ours', externalId: 'crm-1' },
  ];
  const { body } = await gateway.send('POST', '/v1/commands/batch', { key: 'cb_group', body: { commands } });
  expect(body.results).toMatchObject([{ status: 403 }, { status: 403 }]);
  expect(gateway.log.records).toEqual([]);
});

it('nor when the account is opened by somebody else between the check and the command', async () => {
  const body = { accountId: 'new_1', group: 'ours' };
  const answered = gateway.log.answer;
  gateway.log.answer = (command) => {
    gateway.database.accounts.push(accountView({ accountId: 'new_1', group: 'theirs', balance: 77_777n }));
    return answered?.(command);
  };
  const answer = await gateway.send('POST', '/v1/accounts', { key: 'cb_group', headers: { prefer: 'wait=5' }, body });
  expect([answer.status, answer.text.includes('77777')]).toEqual([202, false]);
});

it('nor by the id of a command', async () => {
  for (const key of ['cb_group', 'cb_prefix']) {
    expect((await gateway.send('GET', '/v1/commands/theirs', { key })).status).toBe(404);
    const { status, body } = await gateway.send('POST', '/v1/commands/theirs/reversals', { key });
    expect([status, body.code]).toEqual([404, 'ORIGINAL_NOT_FOUND']);
  }
});

it('a repeat of what another key asked of Schematic is not answered with its outcome', async () => {
  const body = { company_id: 'their_1', credit_id: 'credits', quantity: 1, reason: 'free' };
  const url = '/billing/credits/grants/company';
  const send = (key: string) =>
    gateway.send('POST', url, { headers: { 'x-schematic-api-key': key, 'idempotency-key': 'k-1' }, body });
  await send('cb_admin');
  const { source } = gateway.log.commands.at(-1) as { source: string };
  const rejected = { status: 'rejected', code: 'ACCOUNT_FROZEN', message: 'available is 77777' } as const;
  gateway.database.entries.push(ledgerEntry({ commandId: 'k-1', accountId: 'their_1', source, ...rejected }));
  expect((await send('cb_admin')).text).toContain('77777');
  const answer = await send('cb_prefix');
  expect([answer.status, answer.text.includes('77777')]).toEqual([403, false]);
});

it('opening again within the bounds is as before', async () => {
  for (const key of ['cb_group', 'cb_prefix']) {
    const body = { accountId: 'our_1', group: 'ours', externalId: 'crm-2' };
    expect((await gateway.send('POST', '/v1/accounts', { key, body })).status).toBe(202);
  }
});
