import { DEAD_LETTER_CODES, REJECTION_CODES } from '@app/domain';

import { Problem } from '../../http/problem.js';
import { withFlexpriceStatus } from './errors.js';

describe('error classes of Flexprice', () => {
  it('every rejection and dead letter is not_found 404, already_exists or version_conflict 409, else 400', () => {
    const byStatus: Record<number, string[]> = {};
    for (const code of [...REJECTION_CODES, ...DEAD_LETTER_CODES]) {
      const problem = withFlexpriceStatus(new Problem(422, code, 'x')) as Problem;
      (byStatus[problem.status] ??= []).push(code);
    }
    const { 400: _others, ...named } = byStatus;
    expect(named).toEqual({
      404: ['ACCOUNT_NOT_FOUND', 'SCHEDULE_NOT_FOUND'],
      409: ['ACCOUNT_EXISTS', 'VERSION_CONFLICT', 'COMMAND_CONFLICT', 'GRANT_EXISTS', 'SCHEDULE_EXISTS'],
      413: ['TOO_LARGE'],
    });
  });

  it('what has nothing to do with the command keeps its status', () => {
    for (const [status, code] of [
      [401, 'UNAUTHENTICATED'],
      [403, 'FORBIDDEN'],
      [409, 'COMMAND_NOT_RECORDED'],
      [503, 'UNAVAILABLE'],
    ] as const) {
      const problem = new Problem(status, code, 'x');
      expect(withFlexpriceStatus(problem)).toBe(problem);
    }
    const other = new Error('bug');
    expect(withFlexpriceStatus(other)).toBe(other);
  });
});
