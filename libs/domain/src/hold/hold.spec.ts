import { DAY, given, HOUR, MINUTE, type Said, START } from '../testing/scenario.js';

const open = (initial: string | null = '500', settings: object = {}): Said => ({
  type: 'account.open',
  initial,
  ...settings,
});
const grant = (grantId: string, amount: string, fields: object = {}): Said => ({
  type: 'grant.create',
  grantId,
  amount,
  ...fields,
});
const hold = (amount: string, fields: object = {}): Said => ({ type: 'hold.create', holdId: 'h1', amount, ...fields });
const capture = (amount: string, fields: object = {}): Said => ({
  type: 'hold.capture',
  holdId: 'h1',
  amount,
  ...fields,
});
const extend = (fields: object): Said => ({ type: 'hold.extend', holdId: 'h1', ...fields });
const release: Said = { type: 'hold.release', holdId: 'h1' };
const setTo = (value: string | null): Said => ({ type: 'credit.set', value });
const charge = { overage: 'charge' } as const;

describe('a hold', () => {
  it('worked example: 500, hold 400: available 100, held 400, balance 500', () => {
    const account = given(open());
    expect(account.when(hold('400'))).toMatchObject({
      code: 'APPLIED',
      requested: '400',
      applied: '0',
      balance: '500',
      held: '400',
      available: '100',
      decision: { holdId: 'h1', cause: 'hold' },
    });
  });

  it('worked example: captures of 260 and 90, then release: balance 150', () => {
    const account = given(open(), hold('400'));
    expect(account.when(capture('260'))).toMatchObject({
      applied: '-260',
      balance: '240',
      held: '140',
      available: '100',
    });
    expect(account.when(capture('90'))).toMatchObject({ applied: '-90', balance: '150', held: '50', available: '100' });
    expect(account.when(release)).toMatchObject({ applied: '0', balance: '150', held: '0', available: '150' });
    expect(account.hold('h1')).toMatchObject({ status: 'released', captured: 350n, reserved: [] });
  });

  it('worked example: hold 400 of 500 extended by 160 with partial: 500 held; extended again: unchanged', () => {
    const account = given(open(), hold('400'));
    expect(account.when(extend({ amount: '160', partial: true }))).toMatchObject({
      code: 'APPLIED_PARTIALLY',
      requested: '160',
      held: '500',
    });
    expect(account.when(extend({ amount: '160', partial: true }))).toMatchObject({ code: 'NO_CHANGE', held: '500' });
    expect(account.hold('h1').amount).toBe(500n);
  });

  it('lasts 5 minutes unless it says, and never more than 24 hours', () => {
    const account = given(open(), hold('1'));
    expect(account.hold('h1').expiresAt).toBe(START + 5 * MINUTE);
    expect(given(open()).when(hold('1', { expiresAt: START + DAY })).code).toBe('APPLIED');
    for (const expiresAt of [START + DAY + 1, START]) {
      expect(given(open()).when(hold('1', { expiresAt })).code).toBe('LIMIT_EXCEEDED');
    }
  });

  it('with too little is INSUFFICIENT_CREDITS; partial takes what is there, and nothing there is still rejected', () => {
    expect(given(open()).when(hold('501')).code).toBe('INSUFFICIENT_CREDITS');
    const account = given(open());
    expect(account.when(hold('501', { partial: true }))).toMatchObject({ code: 'APPLIED_PARTIALLY', held: '500' });
    expect(account.when(hold('1', { holdId: 'h2', partial: true })).code).toBe('INSUFFICIENT_CREDITS');
  });

  it('reserves down to the floor of the account; floor policies are not for holds', () => {
    expect(given(open('500', { floor: '-100' })).when(hold('600')).available).toBe('-100');
    expect(given(open('500', { floor: '100' })).when(hold('401')).code).toBe('INSUFFICIENT_CREDITS');
    expect(given(open('500', { onInsufficient: 'allow' })).when(hold('501')).code).toBe('INSUFFICIENT_CREDITS');
  });

  it('keeps what it reserves from being spent or held again', () => {
    const account = given(open(), hold('400'));
    expect(account.when({ type: 'credit.delta', delta: '-101' }).code).toBe('INSUFFICIENT_CREDITS');
    expect(account.when({ type: 'credit.delta', delta: '-100' }).available).toBe('0');
    expect(account.when({ type: 'credit.set', value: '7' })).toMatchObject({ balance: '407', available: '7' });
  });

  it('id is unique, also after its end', () => {
    expect(given(open(), hold('1'), release).when(hold('1')).code).toBe('HOLD_EXISTS');
  });

  it('reserves from grants in burn order, then from the base, and captures in the same order', () => {
    const account = given(open('100'), grant('g1', '30', { priority: 1 }), grant('g2', '20'), hold('80'));
    expect(account.hold('h1').reserved).toEqual([
      { grantId: 'g1', amount: 30n },
      { grantId: 'g2', amount: 20n },
      { grantId: null, amount: 30n },
    ]);
    expect(account.when({ type: 'credit.delta', delta: '-10' }).allocations).toEqual({ base: '-10' });
    expect(account.when(capture('40')).allocations).toEqual({ g1: '-30', g2: '-10' });
    expect(account.when(release)).toMatchObject({ balance: '100', available: '100' });
    expect(account.grant('g2')).toMatchObject({ remaining: 10n, held: 0n });
  });

  it('returns to the same grants with their own expiry', () => {
    const account = given(
      open('0'),
      grant('g1', '30', { expiresAt: START + HOUR }),
      hold('30', { expiresAt: START + 2 * HOUR }),
    );
    expect(account.when(release, START + HOUR + 1)).toMatchObject({ balance: '30', available: '0' });
  });
});

describe('hold.capture', () => {
  it('of more than is left is HOLD_EXCEEDED and takes nothing', () => {
    const account = given(open(), hold('400'), capture('300'));
    expect(account.when(capture('101'))).toMatchObject({ code: 'HOLD_EXCEEDED', requested: '101' });
    expect(account.has()).toEqual({ balance: '200', held: '100', available: '100' });
  });

  it('with overage "charge" takes the excess as a delta in the same entry', () => {
    const account = given(open(), hold('400'));
    expect(account.when(capture('450', charge))).toMatchObject({
      code: 'APPLIED',
      applied: '-450',
      balance: '50',
      held: '0',
    });
    expect(account.hold('h1')).toMatchObject({ status: 'captured', captured: 450n });
  });

  it('judges the excess by the floor policy: all or nothing, clamped, or allowed', () => {
    expect(given(open(), hold('400')).when(capture('501', charge)).code).toBe('INSUFFICIENT_CREDITS');
    expect(given(open(), hold('400')).when(capture('501', { ...charge, onInsufficient: 'clamp' }))).toMatchObject({
      code: 'APPLIED_PARTIALLY',
      applied: '-500',
    });
    expect(given(open('500', { onInsufficient: 'allow' }), hold('400')).when(capture('501', charge)).balance).toBe(
      '-1',
    );
  });

  it('takes the excess from what is free in the same grant, in burn order', () => {
    const account = given(open('10'), grant('g1', '50'), hold('30'));
    expect(account.when(capture('55', charge)).allocations).toEqual({ g1: '-50', base: '-5' });
  });

  it('of all that is left ends the hold; final ends it with the rest returned', () => {
    const all = given(open(), hold('400'), capture('400'));
    expect(all.hold('h1')).toMatchObject({ status: 'captured', dueAt: null });
    expect(all.when(capture('1')).code).toBe('HOLD_NOT_OPEN');
    const final = given(open(), hold('400'));
    expect(final.when(capture('100', { final: true }))).toMatchObject({ applied: '-100', held: '0', available: '400' });
    expect(final.hold('h1').status).toBe('captured');
  });

  it('of credits in a grant that ended meanwhile still takes them; the rest is lost with final', () => {
    const account = given(open('0'), grant('g1', '100'), hold('60'), { type: 'grant.void', grantId: 'g1' });
    expect(account.has()).toEqual({ balance: '60', held: '60', available: '0' });
    expect(account.when(capture('10', { final: true }))).toMatchObject({
      code: 'APPLIED',
      applied: '-60',
      balance: '0',
    });
  });
});

describe('any command on a hold', () => {
  const commands: readonly Said[] = [capture('1'), extend({ amount: '1' }), release];

  it.each(commands)('is HOLD_NOT_OPEN once it ended, or after its expiry even before that entry: $type', (said) => {
    expect(given(open(), hold('5'), release).when(said).code).toBe('HOLD_NOT_OPEN');
    expect(given(open(), hold('5')).when(said, START + 5 * MINUTE).code).toBe('APPLIED');
    expect(given(open(), hold('5')).when(said, START + 5 * MINUTE + 1).code).toBe('HOLD_NOT_OPEN');
  });

  it.each(commands)('is HOLD_NOT_FOUND where there is none, also for that of another account: $type', (said) => {
    expect(given(open()).when(said).code).toBe('HOLD_NOT_FOUND');
    const other: Said = { type: 'account.open', accountId: 'key_2', initial: '5' };
    expect(given(open(), hold('5'), other).when({ ...said, accountId: 'key_2' }).code).toBe('HOLD_NOT_FOUND');
  });
});

describe('hold.extend', () => {
  it('adds time, up to 24 hours from now, and never shortens', () => {
    const account = given(open(), hold('5'), extend({ expiresAt: START + HOUR }));
    expect(account.hold('h1')).toMatchObject({ expiresAt: START + HOUR, dueAt: START + HOUR });
    expect(account.when(extend({ expiresAt: START + MINUTE })).code).toBe('NO_CHANGE');
    expect(account.when(extend({ expiresAt: START + DAY + 1 })).code).toBe('LIMIT_EXCEEDED');
  });

  it('with too little is INSUFFICIENT_CREDITS and adds no time either', () => {
    const account = given(open(), hold('400'));
    expect(account.when(extend({ amount: '101', expiresAt: START + HOUR })).code).toBe('INSUFFICIENT_CREDITS');
    expect(account.hold('h1').expiresAt).toBe(START + 5 * MINUTE);
  });
});

describe('hold.expire', () => {
  const expire = (expiresAt: number): Said => ({ type: 'hold.expire', holdId: 'h1', expiresAt });

  it('returns what is left, after the expiry and not at that very instant', () => {
    const account = given(open(), hold('400'), capture('100'));
    expect(account.when(expire(START + 5 * MINUTE), START + 5 * MINUTE).status).toBe('not-due');
    expect(account.when(expire(START + 5 * MINUTE), START + 5 * MINUTE + 1)).toMatchObject({
      code: 'APPLIED',
      balance: '400',
      held: '0',
      decision: { cause: 'hold-expiry' },
    });
    expect(account.hold('h1').status).toBe('expired');
  });

  it('at an instant that was moved is not due; at the new one it is', () => {
    const account = given(open(), hold('400'), extend({ expiresAt: START + HOUR }));
    expect(account.when(expire(START + 5 * MINUTE), START + 10 * MINUTE).status).toBe('not-due');
    expect(account.schedulerRuns(START + 2 * HOUR)).toHaveLength(1);
  });

  it('of a hold that ended meanwhile is NO_CHANGE: capture racing expiry conserves', () => {
    const account = given(open(), hold('400'), capture('400'));
    expect(account.when(expire(START + 5 * MINUTE), START + HOUR)).toMatchObject({
      code: 'NO_CHANGE',
      balance: '100',
      decision: { details: { code: 'HOLD_NOT_OPEN' } },
    });
  });

  it('works on a frozen account', () => {
    const account = given(open(), hold('400'), { type: 'account.configure', status: 'frozen' });
    expect(account.schedulerRuns(START + HOUR)).toMatchObject([{ code: 'APPLIED', available: '500' }]);
  });
});

describe('on an unlimited account', () => {
  it('a hold is granted and reserves 0, and captures are free', () => {
    const account = given(open(null));
    expect(account.when(hold('400'))).toMatchObject({ code: 'APPLIED', held: '0', available: null });
    expect(account.when(capture('300'))).toMatchObject({ code: 'APPLIED', applied: '0' });
    expect(account.when(capture('101')).code).toBe('HOLD_EXCEEDED');
    expect(account.when(capture('100')).code).toBe('APPLIED');
    expect(account.hold('h1').status).toBe('captured');
  });

  it('a hold captured after the account became limited is all overage', () => {
    const account = given(open(null), hold('400'), setTo('100'));
    expect(account.when(capture('30')).code).toBe('HOLD_EXCEEDED');
    expect(account.when(capture('30', charge))).toMatchObject({ applied: '-30', balance: '70' });
    expect(account.hold('h1')).toMatchObject({ status: 'open', captured: 30n });
  });

  it('a hold made while limited stays, and counts again when a number is set', () => {
    const account = given(open('500'), hold('400'), setTo(null), setTo('50'));
    expect(account.has()).toEqual({ balance: '450', held: '400', available: '50' });
    expect(account.when(capture('400'))).toMatchObject({ applied: '-400', balance: '50' });
  });

  it('what was reserved of the base is free, what was reserved of a grant is taken', () => {
    const account = given(open('10'), grant('g1', '30'), hold('40'), setTo(null));
    expect(account.when(capture('35'))).toMatchObject({ applied: '-30', allocations: { g1: '-30' }, held: '5' });
    expect(account.when(setTo('0'))).toMatchObject({ balance: '5', held: '5', available: '0' });
  });
});

describe('an account with open holds', () => {
  it('cannot be closed: HOLD_OPEN', () => {
    const close: Said = { type: 'account.configure', status: 'closed' };
    const account = given(open(), hold('5'));
    expect(account.when(close).code).toBe('HOLD_OPEN');
    expect(account.given(release).when(close).code).toBe('APPLIED');
    expect(given(open(null), hold('5')).when(close).code).toBe('HOLD_OPEN');
  });

  it('may have 1,000 of them', () => {
    const account = given(open('5000'));
    const base = {
      tenantId: 'acme',
      accountId: 'key_1',
      creditType: 'credits',
      type: 'hold.create',
      amount: '1',
    } as const;
    for (let index = 0; index < 1_000; index += 1) account.ledger.tell({ ...base, id: `h${index}` }, START);
    expect(account.when(hold('1')).code).toBe('LIMIT_EXCEEDED');
  });
});
