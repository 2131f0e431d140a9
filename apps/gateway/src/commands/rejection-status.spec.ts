import { REJECTION_CODES } from '@app/domain';

import { rejectionStatus } from './rejection-status.js';

describe('HTTP status of rejections', () => {
  it('is 404 for what is not found, 422 for what can never pass, 409 for all others', () => {
    const byStatus = new Map<number, string[]>();
    for (const code of REJECTION_CODES) {
      const status = rejectionStatus(code);
      byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
    }
    expect(byStatus.get(404)).toEqual([
      'ACCOUNT_NOT_FOUND',
      'CREDIT_TYPE_NOT_FOUND',
      'GRANT_NOT_FOUND',
      'HOLD_NOT_FOUND',
      'SCHEDULE_NOT_FOUND',
      'ORIGINAL_NOT_FOUND',
    ]);
    expect(byStatus.get(422)).toEqual(['BALANCE_OVERFLOW', 'AMOUNT_PRECISION', 'COMMAND_CONFLICT', 'LIMIT_EXCEEDED']);
    expect([...byStatus.keys()].sort()).toEqual([404, 409, 422]);
  });
});
