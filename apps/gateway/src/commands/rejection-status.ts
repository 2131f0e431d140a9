import type { RejectionCode } from '@app/domain';

const UNPROCESSABLE: ReadonlySet<RejectionCode> = new Set<RejectionCode>([
  'COMMAND_CONFLICT',
  'AMOUNT_PRECISION',
  'BALANCE_OVERFLOW',
  'LIMIT_EXCEEDED',
]);

/** HTTP status of a rejection (gateway, "Writing"). */
export function rejectionStatus(code: RejectionCode): 404 | 409 | 422 {
  if (code.endsWith('_NOT_FOUND')) return 404;
  return UNPROCESSABLE.has(code) ? 422 : 409;
}
