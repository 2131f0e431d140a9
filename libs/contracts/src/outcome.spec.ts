import type { LedgerEntry } from '@app/domain';
import * as examples from './examples.js';
import { encodeOutcome, outcomeOf } from './outcome.js';

const { APPLIED_ENTRY, UNLIMITED_ENTRY, REJECTED_ENTRY, UNKNOWN_ACCOUNT_ENTRY, CONFLICT_ENTRY } = examples;
const { CAPTURE_ENTRY, SKIPPED_ENTRY, CATALOG_ENTRY, TEMPLATE_ENTRY } = examples;

const FIELD_ORDER =
  'tenantId accountId creditType commandId commandType status code cause requested applied before after version ' +
  'previousVersion allocations grantId holdId scheduleId reason description actor metadata source occurredAt recordedAt message details duplicate';

const awkward: LedgerEntry = {
  ...APPLIED_ENTRY,
  accountId: 'a"\\\n\u0001😀\u2028',
  commandId: '"',
  creditType: 'usd',
  scale: 2,
  requested: -(2n ** 63n),
  applied: 2n ** 63n - 1n,
  version: 2n ** 63n - 1n,
  allocations: [
    { grantId: 'g"1', amount: 5n },
    { grantId: null, amount: -10n },
  ],
  grantId: 'g"1',
  holdId: '\\',
  scheduleId: '\u2028',
  description: 'x\ud83d',
  actor: { id: 'u', type: 'user' },
  metadata: Object.fromEntries([['__proto__', 'x']]),
};

describe('the outcome', () => {
  test.each([
    ['applied', APPLIED_ENTRY],
    ['unlimited', UNLIMITED_ENTRY],
    ['rejected', REJECTED_ENTRY],
    ['account not known', UNKNOWN_ACCOUNT_ENTRY],
    ['conflict', CONFLICT_ENTRY],
    ['capture of a hold', CAPTURE_ENTRY],
    ['skipped period', SKIPPED_ENTRY],
    ['credit type', CATALOG_ENTRY],
    ['template', TEMPLATE_ENTRY],
    ['awkward', awkward],
  ])('is the same written by hand as from its object: %s', (_name, entry) => {
    expect(encodeOutcome(entry)).toBe(JSON.stringify(outcomeOf(entry)));
    expect(encodeOutcome(entry, { duplicate: true })).toBe(JSON.stringify(outcomeOf(entry, { duplicate: true })));
  });

  test('has its fields in the documented order', () => {
    const documented = FIELD_ORDER.split(' ');
    for (const entry of [APPLIED_ENTRY, UNLIMITED_ENTRY, REJECTED_ENTRY, CONFLICT_ENTRY, awkward, SKIPPED_ENTRY]) {
      const fields = Object.keys(outcomeOf(entry, { duplicate: true }));
      expect(fields).toEqual(documented.filter((name) => fields.includes(name)));
    }
  });

  test('shows amounts and versions as strings, at the scale of the credit type', () => {
    expect(outcomeOf(awkward)).toMatchObject({
      requested: '-92233720368547758.08',
      applied: '92233720368547758.07',
      version: '9223372036854775807',
      previousVersion: '9223372036854775806',
      before: { balance: '0.1' },
    });
  });

  test('shows an unlimited balance and available as null, and what is held', () => {
    expect(outcomeOf(UNLIMITED_ENTRY).after).toEqual({ balance: null, held: '1.5', available: null, unlimited: true });
  });

  test('of the entry that opened the account has previous version 0', () => {
    expect(outcomeOf(UNLIMITED_ENTRY)).toMatchObject({ version: '1', previousVersion: '0', allocations: [] });
  });

  test('of a rejected command has the amount as sent and no after, applied, version and allocations', () => {
    const outcome = outcomeOf({ ...REJECTED_ENTRY, requested: '0.123' });
    expect(outcome.requested).toBe('0.123');
    for (const name of ['after', 'applied', 'version', 'previousVersion', 'allocations']) {
      expect(outcome).not.toHaveProperty(name);
    }
    expect(outcomeOf(UNKNOWN_ACCOUNT_ENTRY)).not.toHaveProperty('before');
  });

  test('names the grant, hold or schedule that was made or touched, and no other', () => {
    expect(outcomeOf(CAPTURE_ENTRY)).toMatchObject({ holdId: 'job-0816' });
    expect(outcomeOf(CAPTURE_ENTRY)).not.toHaveProperty('grantId');
    expect(outcomeOf(SKIPPED_ENTRY)).toMatchObject({ scheduleId: 'key_1-monthly' });
    expect(outcomeOf({ ...APPLIED_ENTRY, grantId: 'g1' })).toMatchObject({ grantId: 'g1' });
    for (const name of ['grantId', 'holdId', 'scheduleId']) expect(outcomeOf(APPLIED_ENTRY)).not.toHaveProperty(name);
  });

  test('of a command of the scheduler without effect says why in details, without a message', () => {
    expect(outcomeOf(SKIPPED_ENTRY).details).toEqual({ skipped: 'expired', expiresAt: '2026-11-01T00:00:00.000Z' });
    expect(outcomeOf(SKIPPED_ENTRY)).not.toHaveProperty('message');
  });

  test('of the catalogue has the version of the definition, and nothing of an account', () => {
    for (const entry of [CATALOG_ENTRY, TEMPLATE_ENTRY]) {
      const outcome = outcomeOf(entry);
      expect(outcome).toMatchObject({ status: 'applied', version: '1', previousVersion: '0' });
      for (const name of ['accountId', 'applied', 'before', 'after', 'allocations']) {
        expect(outcome).not.toHaveProperty(name);
      }
    }
    expect(outcomeOf({ ...REJECTED_ENTRY, accountId: '' })).not.toHaveProperty('accountId');
  });

  test('says duplicate only when asked to', () => {
    expect(outcomeOf(APPLIED_ENTRY)).not.toHaveProperty('duplicate');
    expect(outcomeOf(APPLIED_ENTRY, { duplicate: false })).not.toHaveProperty('duplicate');
  });
});
