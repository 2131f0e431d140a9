import { decodeCommand } from './decode.js';
import { dueCommandRecord, type DueWork } from './due-command.js';

const about = { tenantId: 'acme', accountId: 'key_1', creditType: 'tokens' };
const instant = Date.UTC(2026, 10, 20, 12, 0, 0, 7);

const WORK: readonly DueWork[] = [
  { type: 'account.refill', ...about, date: '2026-11-20' },
  { type: 'grant.activate', ...about, grantId: 'g1', effectiveAt: instant },
  { type: 'grant.expire', ...about, grantId: 'g1', expiresAt: instant },
  { type: 'schedule.apply', ...about, scheduleId: 's1', periodStart: instant },
  { type: 'hold.expire', ...about, holdId: 'h1', expiresAt: instant },
];

describe('the record of due work', () => {
  test.each(WORK)('is decoded to that very work, with its derived id: $type', (work) => {
    const { key, value } = dueCommandRecord(work);
    expect(key).toBe('acme:key_1');
    const decoded = decodeCommand({ key: null, value: Buffer.from(String(value)), headers: {} });
    expect(decoded).toMatchObject({
      ok: true,
      command: { ...work, id: expect.stringMatching(/^~[0-9a-f]{32}$/) as string },
    });
  });

  test.each(WORK)('is the same bytes whoever finds it due: $type', (work) => {
    const reordered = Object.fromEntries(Object.entries(work).reverse()) as unknown as DueWork;
    expect(dueCommandRecord({ ...reordered })).toEqual(dueCommandRecord(work));
  });
});
