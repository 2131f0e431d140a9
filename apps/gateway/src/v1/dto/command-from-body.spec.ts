import { COMMAND_EXAMPLES, decodeCommand, LIMITS, NumberText, parseJsonLossless } from '@app/contracts';
import { commandFromBody, type CommandFromBody, type GivenFields } from './command-from-body.js';

const delta = { type: 'credit.delta', id: 'c1', tenantId: 'acme', accountId: 'key_1', delta: '-3' };

function fromText(text: string, given?: GivenFields): CommandFromBody {
  return commandFromBody(parseJsonLossless(text) as Record<string, unknown>, given);
}

const fromBody = (body: object, given?: GivenFields): CommandFromBody => fromText(JSON.stringify(body), given);

function pointersOf(result: CommandFromBody): string[] {
  if (result.ok) throw new Error(`accepted: ${result.value}`);
  return result.errors.map(({ pointer }) => pointer);
}

describe('a command from a request', () => {
  test('becomes a record that the worker decodes', () => {
    const result = fromBody({ ...delta, metadata: { a: 'b' } });
    if (!result.ok) throw new Error('refused');
    expect(decodeCommand({ key: null, value: Buffer.from(result.value), headers: {} })).toMatchObject({
      ok: true,
      command: { ...delta, metadata: { a: 'b' }, creditType: 'credits' },
    });
  });

  test('takes type, id, tenant, account and credit type from outside the body', () => {
    const { type: _type, id: _id, tenantId: _tenantId, accountId: _accountId, ...body } = delta;
    const given = {
      type: 'credit.delta',
      id: 'c1',
      tenantId: 'acme',
      accountId: 'key_1',
      creditType: 'tokens',
    } as const;
    const result = fromBody(body, given);
    expect(result.ok && JSON.parse(result.value)).toEqual({ ...given, ...body });
    expect(fromBody(delta, given).ok).toBe(true);
    expect(fromBody(body, { ...given, creditType: undefined }).ok).toBe(true);
  });

  test('is refused when the body says otherwise than the request', () => {
    expect(pointersOf(fromBody(delta, { id: 'c2' }))).toEqual(['/id']);
    expect(pointersOf(fromBody({ ...delta, creditType: null }, { creditType: 'x' }))).toEqual(['/creditType']);
    expect(pointersOf(fromBody(delta, { type: 'credit.set', accountId: 'b' }))).toEqual(['/type', '/accountId']);
  });

  test('keeps amounts exact and refuses numbers that are no plain integers', () => {
    const text = JSON.stringify({ ...delta, delta: 5 });
    const result = fromText(text);
    expect(result.ok && JSON.parse(result.value)).toMatchObject({ delta: 5 });
    for (const token of ['1e2', '1.0', '-0', '0.99999999999999999', '9007199254740993', '1e400']) {
      expect(pointersOf(fromText(text.replace(':5', `:${token}`)))).toEqual(['/delta']);
    }
  });

  test('takes no number, however it is written, for an object', () => {
    for (const token of ['1e2', '1.0', '7']) {
      const body = JSON.stringify({ ...delta, metadata: 5, actor: 5 }).replaceAll(':5', `:${token}`);
      expect(pointersOf(fromText(body)).sort()).toEqual(['/actor', '/metadata']);
    }
  });

  test('names every wrong field, each once', () => {
    const body = { ...delta, delta: '1e2', id: '~x', actor: { type: '' }, surprise: 1 };
    expect(pointersOf(fromBody(body)).sort()).toEqual(['/actor/id', '/actor/type', '/delta', '/id', '/surprise']);
  });

  test('says which dead letter the worker would have made of it', () => {
    const codeOf = (body: object): unknown => {
      const result = fromBody(body);
      return !result.ok && result.code;
    };
    expect(codeOf({ ...delta, type: 'x' })).toBe('UNKNOWN_TYPE');
    expect(codeOf({ ...delta, type: undefined })).toBe('UNKNOWN_TYPE');
    expect(codeOf({ ...delta, schemaVersion: 2 })).toBe('UNSUPPORTED_VERSION');
    expect(codeOf({ ...delta, tenantId: '' })).toBe('MISSING_TENANT');
    expect(codeOf({ ...delta, id: 'a\0' })).toBe('INVALID_FIELD');
    const metadata = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`${i}`, '😀'.repeat(500)]));
    expect(codeOf({ ...delta, metadata })).toBe('TOO_LARGE');
    const long = 'x'.repeat(LIMITS.valueBytesMax);
    expect(codeOf({ ...delta, description: long })).toBe('TOO_LARGE');
    expect(codeOf({ type: 'x', tenantId: '', schemaVersion: 2, surprise: long })).toBe('TOO_LARGE');
    expect(codeOf({ ...delta, description: 'x'.repeat(LIMITS.descriptionCharactersMax + 1) })).toBe('INVALID_FIELD');
    expect(fromText(`{"delta":${'1'.repeat(LIMITS.valueBytesMax)}}`)).toMatchObject({ ok: false, code: 'TOO_LARGE' });
  });
});

describe('differences to the worker', () => {
  const workerAccepts = (text: string): boolean =>
    decodeCommand({ key: null, value: Buffer.from(text), headers: {} }).ok;

  test.each([
    ['an unknown field', '"surprise":1', '/surprise'],
    ['a field of another type of command', '"value":"1"', '/value'],
    ['__proto__', '"__proto__":{"delta":"9"}', '/__proto__'],
    ['constructor', '"constructor":1', '/constructor'],
    ['toString', '"toString":"x"', '/toString'],
    ['an unknown field of actor', '"actor":{"type":"a","id":"b","role":"c"}', '/actor/role'],
    ['a prototype key of actor', '"actor":{"type":"a","id":"b","valueOf":"c"}', '/actor/valueOf'],
    ['an unknown field of onInsufficient', '"onInsufficient":{"downTo":"-1","x":1}', '/onInsufficient/x'],
  ])('%s is ignored there and refused here', (_name, extra, pointer) => {
    const text = `{${extra},${JSON.stringify(delta).slice(1)}`;
    expect(workerAccepts(text)).toBe(true);
    expect(pointersOf(fromText(text))).toEqual([pointer]);
  });

  test('an unknown field of refill is ignored there and refused here', () => {
    const refill = { interval: 'daily', amount: '1', x: 1 };
    const open = { type: 'account.open', id: 'o1', tenantId: 'acme', accountId: 'key_1', refill };
    expect(workerAccepts(JSON.stringify(open))).toBe(true);
    expect(pointersOf(fromBody(open))).toEqual(['/refill/x']);
  });

  test('an unknown field within a list is ignored there and refused here', () => {
    const common = { id: 'r1', tenantId: 'acme' };
    const grants = [{ amount: '1' }, { amount: '1', costBasis: { currency: 'EUR', amount: '1', x: 1 }, y: 2 }];
    const reset = { type: 'account.reset', ...common, accountId: 'key_1', period: 'p', grants };
    const prices = [{ currency: 'EUR', pricePerUnit: '1', toString: 1 }];
    const put = { type: 'credit-type.put', ...common, creditType: 'tokens', scale: 0, prices };
    expect(workerAccepts(JSON.stringify(reset))).toBe(true);
    expect(workerAccepts(JSON.stringify(put))).toBe(true);
    expect(pointersOf(fromBody(reset)).sort()).toEqual(['/grants/1/costBasis/x', '/grants/1/y']);
    expect(pointersOf(fromBody(put))).toEqual(['/prices/0/toString']);
  });
});

describe('commands of the scheduler', () => {
  const refill = { type: 'account.refill', tenantId: 'acme', accountId: 'key_1', date: '2026-11-20' };

  test('are refused, though the worker takes them', () => {
    const due = ['account.refill', 'grant.activate', 'grant.expire', 'schedule.apply', 'hold.expire'] as const;
    for (const type of due) {
      for (const example of COMMAND_EXAMPLES[type]) {
        expect(decodeCommand({ key: null, value: Buffer.from(JSON.stringify(example)), headers: {} }).ok).toBe(true);
        expect(pointersOf(fromBody(example))).toEqual(['/type']);
      }
    }
    expect(
      pointersOf(fromBody({ ...COMMAND_EXAMPLES['hold.expire'][0], type: undefined }, { type: 'hold.expire' })),
    ).toEqual(['/type']);
  });

  test('but a refill by its own route, which has the derived id whatever was given', () => {
    const { type: _type, ...body } = refill;
    const given = { type: 'account.refill', id: '0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e' } as const;
    for (const result of [fromBody(body, given), fromBody({ ...body, id: given.id }, given), fromBody(refill, given)]) {
      if (!result.ok) throw new Error('refused');
      const decoded = decodeCommand({ key: null, value: Buffer.from(result.value), headers: {} });
      expect(decoded.ok && decoded.command.id).toMatch(/^~[0-9a-f]{32}$/);
    }
    expect(pointersOf(fromBody({ ...body, expectedVersion: 1 }, given))).toEqual(['/expectedVersion']);
  });
});

describe('commands about one object', () => {
  test('take its id from the path, and refuse another one in the body', () => {
    const given = { type: 'hold.capture', id: 'c1', tenantId: 'acme', accountId: 'key_1', holdId: 'job-1' } as const;
    const result = fromBody({ amount: '1' }, given);
    expect(result.ok && JSON.parse(result.value)).toEqual({ ...given, amount: '1' });
    expect(pointersOf(fromBody({ amount: '1', holdId: 'job-2' }, given))).toEqual(['/holdId']);
  });

  test('name every wrong field within lists', () => {
    const grants = [{ amount: 0 }, 7, { amount: '1', expiresAt: 'soon', costBasis: { currency: '' } }];
    const body = { type: 'account.reset', id: 'r1', tenantId: 'acme', accountId: 'key_1', period: '2026-12', grants };
    expect(pointersOf(fromBody(body)).sort()).toEqual([
      '/grants',
      '/grants/0/amount',
      '/grants/1',
      '/grants/2/costBasis/amount',
      '/grants/2/costBasis/currency',
      '/grants/2/expiresAt',
    ]);
  });
});

describe('what passes through unchanged', () => {
  test('is metadata with any keys', () => {
    const metadata = '{"__proto__":"a","constructor":"b","toString":"c","":"d"}';
    const result = fromText(`{"metadata":${metadata},${JSON.stringify(delta).slice(1)}`);
    if (!result.ok) throw new Error('refused');
    expect(result.value).toContain(`"metadata":${metadata}`);
  });

  test('is refillDay and schemaVersion by value, as in the worker', () => {
    const refill = '{"interval":"monthly","amount":1,"refillDay":3.0}';
    const text = `{"type":"account.open","id":"o","tenantId":"a","accountId":"k","schemaVersion":1.0,"refill":${refill}}`;
    expect(decodeCommand({ key: null, value: Buffer.from(text), headers: {} }).ok).toBe(true);
    const result = fromText(text);
    expect(result.ok && JSON.parse(result.value)).toMatchObject({ schemaVersion: 1, refill: { refillDay: 3 } });
    expect(new NumberText('3.0').toNumber()).toBe(3);
  });
});
