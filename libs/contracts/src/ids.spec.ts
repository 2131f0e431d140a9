import fc from 'fast-check';
import {
  accountKey,
  accountKeyOfSystemId,
  commandKey,
  derivedCommandId,
  deriveObjectId,
  entryId,
  systemIdOf,
} from './ids.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('derived ids', () => {
  test('are the same for ever', () => {
    expect(accountKey('acme', 'key_1', 'credits')).toBe(accountKey('acme', 'key_1', 'credits'));
    expect({
      account: accountKey('acme', 'key_1', 'credits'),
      system: systemIdOf(accountKey('acme', 'key_1', 'credits')),
      command: commandKey('c1'),
      entry: entryId('acme', 'c1'),
      grant: deriveObjectId('acme', 'c1', 'grant', 0),
      hold: deriveObjectId('acme', 'c1', 'hold', 0),
      schedule: deriveObjectId('acme', 'c1', 'schedule', 0),
      refill: derivedCommandId({
        type: 'account.refill',
        id: '',
        tenantId: 'acme',
        accountId: 'key_1',
        creditType: 'credits',
        date: '2026-11-20',
      }),
    }).toEqual(GOLDEN);
  });

  test('never are the same for two accounts', () => {
    const tenant = fc.stringMatching(/^[A-Za-z0-9_-]{1,6}$/);
    const type = fc.stringMatching(/^[A-Za-z0-9_.-]{1,6}$/);
    const account = fc.tuple(tenant, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }), type);
    fc.assert(
      fc.property(account, account, (a, b) => {
        expect(accountKey(...a) === accountKey(...b)).toBe(a.join('\0') === b.join('\0'));
      }),
    );
    expect(accountKey('a', 'bc', 'd')).not.toBe(accountKey('ab', 'c', 'd'));
    expect(accountKey('a', 'x', 'b')).not.toBe(accountKey('a', 'b', 'x'));
  });

  test('of grants, holds and schedules differ by tenant, command, kind and index', () => {
    const ids = [
      deriveObjectId('acme', 'c1', 'grant', 0),
      deriveObjectId('acme', 'c1', 'grant', 1),
      deriveObjectId('acme', 'c2', 'grant', 0),
      deriveObjectId('acme2', 'c1', 'grant', 0),
      deriveObjectId('acme', 'c1', 'hold', 0),
      deriveObjectId('acme', 'c1', 'schedule', 0),
    ];
    expect(new Set(ids.map((id) => id.slice(4))).size).toBe(ids.length);
    expect(ids.every((id) => /^(grt|hld|sch)_[0-9a-f]{32}$/.test(id))).toBe(true);
  });

  test('of commands belong to the scheduler alone', () => {
    const about = { id: 'c1', tenantId: 'acme', accountId: 'key_1', creditType: 'credits' };
    expect(derivedCommandId({ type: 'hold.release', ...about, holdId: 'h1' })).toBeUndefined();
    expect(derivedCommandId({ type: 'hold.expire', ...about, holdId: 'h1', expiresAt: 0 })).toMatch(/^~[0-9a-f]{32}$/);
  });

  test('an account key and its system id say the same', () => {
    const key = accountKey('acme', 'key_1', 'credits');
    expect(key).toMatch(UUID);
    expect(systemIdOf(key)).toMatch(/^acct_[0-9a-f]{32}$/);
    expect(accountKeyOfSystemId(systemIdOf(key))).toBe(key);
  });

  test.each(['', 'acct_', 'key_1', `acct_${'A'.repeat(32)}`, `acct_${'0'.repeat(31)}`, `acct_${'0'.repeat(32)}\n`])(
    '%j is no system id',
    (text) => expect(accountKeyOfSystemId(text)).toBeUndefined(),
  );

  test('a command id that is a canonical lower-case UUID is its own key', () => {
    const id = '0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e';
    expect(commandKey(id)).toBe(id);
  });

  test.each([
    '0192F0C1-7D0A-7C6E-9B1E-3F5A2B1C0D4E',
    '0192f0c17d0a7c6e9b1e3f5a2b1c0d4e',
    'c1',
    '😀',
    '0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e ',
  ])('the command id %j is indexed by its hash', (id) => {
    expect(commandKey(id)).toMatch(UUID);
    expect(commandKey(id)).not.toBe(id.toLowerCase());
  });
});

/** Stored in databases: a change is a migration. */
const GOLDEN = {
  account: '1c5ffa80-a588-9659-d75c-6c0c0cfa5424',
  system: 'acct_1c5ffa80a5889659d75c6c0c0cfa5424',
  command: 'e19bb02e-4212-21e3-6345-54d5b974790d',
  entry: 'ent_e0776bc49bd589447a54169094225ce2',
  grant: 'grt_8b781e378766c768c84e9df27f8ac8c9',
  hold: 'hld_43819dd4806910e1d6787a05b81e5305',
  schedule: 'sch_3167248d732c5e8f0efb0ea5ec78019f',
  refill: '~69e4ca10de76900bf805721b04af64eb',
};
