import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Creditbus } from '../creditbus.js';
import { PROBLEM_CODES } from '../generated/operations.js';
import { ACCEPTED, FakeGateway, type SentRequest } from '../testing/fake-gateway.js';
import type { OperationId } from '../types.js';

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: object;
}

interface OpenApi {
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Record<string, { properties: { code: { enum: string[] } } }> };
}

const openApi = JSON.parse(readFileSync(join(__dirname, '../../../../docs/openapi.json'), 'utf8')) as OpenApi;
const NATIVE = ['commands', 'accounts', 'grants', 'holds', 'schedules', 'credit types'];

const PAGE = { limit: 7, cursor: 'next' };
const TIMES = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' };
const IN_ACCOUNT = { creditType: 'tokens', ...TIMES, ...PAGE };
const WRITE = { idempotencyKey: 'order-1', wait: 7 };

/** A call of each route with everything that may be asked of it. */
const CALLS: Readonly<Record<OperationId, (creditbus: Creditbus) => Promise<unknown>>> = {
  publishCommand: ({ commands }) => commands.publish({ type: 'credit.delta', accountId: 'a', delta: 1n }, WRITE),
  publishBatch: ({ commands }) => commands.publishBatch([{ type: 'credit.delta', accountId: 'a', delta: 1n }]),
  reverseCommand: ({ commands }) => commands.reverse('x/1', { amount: '2' }, WRITE),
  getCommand: ({ commands }) => commands.get('x/1'),
  openAccount: ({ accounts }) => accounts.open({ accountId: 'a', initial: 5n }, WRITE),
  listAccounts: ({ accounts }) => accounts.list({ prefix: 'k', creditType: 'tokens', ...PAGE }).first(),
  configureAccount: ({ accounts }) => accounts.configure('x/1', { refill: null }, WRITE),
  getAccount: ({ accounts }) => accounts.getAt('x/1', TIMES.from, { creditType: 'tokens' }),
  applyDelta: ({ accounts }) => accounts.applyDelta('x/1', { delta: '-3' }, WRITE),
  setBalance: ({ accounts }) => accounts.setBalance('x/1', { value: null }, WRITE),
  refillAccount: ({ accounts }) => accounts.refill('x/1', { date: '2026-11-20' }, { wait: 7 }),
  resetAccount: ({ accounts }) => accounts.reset('x/1', { period: '2026-12', value: '1000' }, WRITE),
  createGrant: ({ grants }) => grants.create('x/1', { amount: 5n }, WRITE),
  listGrants: ({ grants }) => grants.list('x/1', { status: 'open', ...IN_ACCOUNT }).first(),
  createSchedule: ({ schedules }) => schedules.create('x/1', { amount: '5', cadence: 'one_time' }, WRITE),
  listSchedules: ({ schedules }) => schedules.list('x/1', { status: 'active', ...IN_ACCOUNT }).first(),
  createHold: ({ holds }) => holds.create('x/1', { amount: '5', partial: true }, WRITE),
  listHolds: ({ holds }) => holds.list('x/1', { status: 'open', ...IN_ACCOUNT }).first(),
  listEntries: ({ accounts }) => {
    const filters = { cause: 'delta', reason: 'usage', status: 'applied', commandType: 'credit.delta' };
    return accounts.entries('x/1', { ...filters, ...IN_ACCOUNT }).first();
  },
  getGrant: ({ grants }) => grants.get('x/1', PAGE),
  updateGrant: ({ grants }) => grants.update('x/1', { priority: null }, WRITE),
  voidGrant: ({ grants }) => grants.void('x/1', { reason: 'chargeback' }, WRITE),
  getHold: ({ holds }) => holds.get('x/1'),
  captureHold: ({ holds }) => holds.capture('x/1', { amount: '5', final: true }, WRITE),
  extendHold: ({ holds }) => holds.extend('x/1', { amount: '5' }, WRITE),
  releaseHold: ({ holds }) => holds.release('x/1', undefined, WRITE),
  createTemplate: ({ schedules }) =>
    schedules.createTemplate({ scope: 'plan', amount: '5', cadence: 'one_time' }, WRITE),
  listTemplates: ({ schedules }) => schedules.listTemplates({ scope: 'plan', ...PAGE }).first(),
  getSchedule: ({ schedules }) => schedules.get('x/1'),
  updateSchedule: ({ schedules }) => schedules.update('x/1', { name: 'Pro' }, WRITE),
  endSchedule: ({ schedules }) => schedules.end('x/1', undefined, WRITE),
  listCreditTypes: ({ creditTypes }) => creditTypes.list(PAGE).first(),
  getCreditType: ({ creditTypes }) => creditTypes.get('x/1'),
  putCreditType: ({ creditTypes }) => creditTypes.put('x/1', { scale: 2 }, WRITE),
  deleteCreditType: ({ creditTypes }) => creditTypes.delete('x/1', undefined, WRITE),
};

const operations = Object.entries(openApi.paths).flatMap(([path, methods]) =>
  Object.entries(methods)
    .filter(([, operation]) => operation.tags.some((tag) => NATIVE.includes(tag)))
    .map(([method, operation]) => ({ id: operation.operationId, method: method.toUpperCase(), path, operation })),
);

describe('the client', () => {
  it('has a call for every native route of docs/openapi.json, and for no other', () => {
    expect(operations.map(({ id }) => id).sort()).toEqual(Object.keys(CALLS).sort());
    expect(operations.length).toBeGreaterThanOrEqual(35);
  });

  it('knows every tag that is not of a compatible API', () => {
    const compatible = ['unkey', 'klaim', 'schematic', 'flexprice'];
    expect(openApi.tags.map(({ name }) => name).filter((name) => !compatible.includes(name))).toEqual(NATIVE);
  });

  it('knows every code of a problem', () => {
    expect([...PROBLEM_CODES]).toEqual(openApi.components.schemas['Problem']?.properties.code.enum);
  });

  it.each(operations)('calls $id as it is described: $method $path', async ({ id, method, path, operation }) => {
    const gateway = new FakeGateway().answers({ ...ACCEPTED, body: { ...(ACCEPTED.body as object), results: [] } });
    await CALLS[id as OperationId](gateway.client());
    const sent = gateway.last;
    expect({ method: sent.method, path: sent.path }).toEqual({ method, path: path.replace(/\{\w+\}/, 'x%2F1') });
    expect(hasBody(sent)).toBe(operation.requestBody !== undefined);
    expect(Object.keys(sent.query).sort()).toEqual(queryOf(operation, sent));
    const headers = names(operation, 'header');
    expect(sent.headers['idempotency-key']).toBe(headers.includes('Idempotency-Key') ? 'order-1' : undefined);
    expect(sent.headers['prefer']).toBe(headers.includes('Prefer') ? 'wait=7' : undefined);
  });

  it('asks for an account as it is now, too', async () => {
    const gateway = new FakeGateway();
    await gateway.client().accounts.get('key_1');
    expect(gateway.last).toMatchObject({ path: '/v1/accounts/key_1', query: {} });
  });
});

function names(operation: Operation, place: string): string[] {
  return (operation.parameters ?? []).filter((parameter) => parameter.in === place).map(({ name }) => name);
}

function hasBody(sent: SentRequest): boolean {
  return sent.body !== undefined;
}

/** All of them; only a write names the credit type in its body, where the query may repeat it. */
function queryOf(operation: Operation, sent: SentRequest): string[] {
  const query = names(operation, 'query').sort();
  return hasBody(sent) ? query.filter((name) => name !== 'creditType') : query;
}
