// Generated from docs/openapi.json by `npm run generate`. Do not edit.

/** Every native route: `keyed` ones take an `Idempotency-Key`, `waits` ones `Prefer: wait=<seconds>`. */
export const OPERATIONS = {
  publishCommand: { method: 'POST', path: '/v1/commands', query: ['creditType'], keyed: true, waits: true },
  publishBatch: { method: 'POST', path: '/v1/commands/batch', query: [], keyed: false, waits: false },
  reverseCommand: { method: 'POST', path: '/v1/commands/{commandId}/reversals', query: ['creditType'], keyed: true, waits: true },
  getCommand: { method: 'GET', path: '/v1/commands/{commandId}', query: [], keyed: false, waits: false },
  openAccount: { method: 'POST', path: '/v1/accounts', query: ['creditType'], keyed: true, waits: true },
  listAccounts: { method: 'GET', path: '/v1/accounts', query: ['prefix', 'creditType', 'limit', 'cursor'], keyed: false, waits: false },
  configureAccount: { method: 'PATCH', path: '/v1/accounts/{id}', query: ['creditType'], keyed: true, waits: true },
  getAccount: { method: 'GET', path: '/v1/accounts/{id}', query: ['creditType', 'at'], keyed: false, waits: false },
  applyDelta: { method: 'POST', path: '/v1/accounts/{id}/deltas', query: ['creditType'], keyed: true, waits: true },
  setBalance: { method: 'PUT', path: '/v1/accounts/{id}/balance', query: ['creditType'], keyed: true, waits: true },
  refillAccount: { method: 'POST', path: '/v1/accounts/{id}/refills', query: ['creditType'], keyed: false, waits: true },
  resetAccount: { method: 'POST', path: '/v1/accounts/{id}/resets', query: ['creditType'], keyed: true, waits: true },
  createGrant: { method: 'POST', path: '/v1/accounts/{id}/grants', query: ['creditType'], keyed: true, waits: true },
  listGrants: { method: 'GET', path: '/v1/accounts/{id}/grants', query: ['creditType', 'from', 'to', 'status', 'limit', 'cursor'], keyed: false, waits: false },
  createSchedule: { method: 'POST', path: '/v1/accounts/{id}/schedules', query: ['creditType'], keyed: true, waits: true },
  listSchedules: { method: 'GET', path: '/v1/accounts/{id}/schedules', query: ['creditType', 'from', 'to', 'status', 'limit', 'cursor'], keyed: false, waits: false },
  createHold: { method: 'POST', path: '/v1/accounts/{id}/holds', query: ['creditType'], keyed: true, waits: true },
  listHolds: { method: 'GET', path: '/v1/accounts/{id}/holds', query: ['creditType', 'from', 'to', 'status', 'limit', 'cursor'], keyed: false, waits: false },
  listEntries: { method: 'GET', path: '/v1/accounts/{id}/entries', query: ['creditType', 'from', 'to', 'cause', 'reason', 'status', 'commandType', 'limit', 'cursor'], keyed: false, waits: false },
  getGrant: { method: 'GET', path: '/v1/grants/{id}', query: ['limit', 'cursor'], keyed: false, waits: false },
  updateGrant: { method: 'PATCH', path: '/v1/grants/{id}', query: ['creditType'], keyed: true, waits: true },
  voidGrant: { method: 'POST', path: '/v1/grants/{id}/void', query: ['creditType'], keyed: true, waits: true },
  getHold: { method: 'GET', path: '/v1/holds/{id}', query: [], keyed: false, waits: false },
  captureHold: { method: 'POST', path: '/v1/holds/{id}/capture', query: ['creditType'], keyed: true, waits: true },
  extendHold: { method: 'POST', path: '/v1/holds/{id}/extend', query: ['creditType'], keyed: true, waits: true },
  releaseHold: { method: 'POST', path: '/v1/holds/{id}/release', query: ['creditType'], keyed: true, waits: true },
  createTemplate: { method: 'POST', path: '/v1/schedules', query: ['creditType'], keyed: true, waits: true },
  listTemplates: { method: 'GET', path: '/v1/schedules', query: ['scope', 'limit', 'cursor'], keyed: false, waits: false },
  getSchedule: { method: 'GET', path: '/v1/schedules/{id}', query: [], keyed: false, waits: false },
  updateSchedule: { method: 'PATCH', path: '/v1/schedules/{id}', query: ['creditType'], keyed: true, waits: true },
  endSchedule: { method: 'DELETE', path: '/v1/schedules/{id}', query: ['creditType'], keyed: true, waits: true },
  listCreditTypes: { method: 'GET', path: '/v1/credit-types', query: ['limit', 'cursor'], keyed: false, waits: false },
  getCreditType: { method: 'GET', path: '/v1/credit-types/{id}', query: [], keyed: false, waits: false },
  putCreditType: { method: 'PUT', path: '/v1/credit-types/{id}', query: [], keyed: true, waits: true },
  deleteCreditType: { method: 'DELETE', path: '/v1/credit-types/{id}', query: [], keyed: true, waits: true },
} as const;

/** Codes of problems that the gateway answers with; a closed list. */
export const PROBLEM_CODES = ['INVALID_REQUEST', 'INVALID_CURSOR', 'TIME_IN_FUTURE', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'METHOD_NOT_ALLOWED', 'REQUEST_TIMEOUT', 'COMMAND_NOT_RECORDED', 'UNSUPPORTED_MEDIA_TYPE', 'RATE_LIMITED', 'UNAVAILABLE', 'INTERNAL_ERROR', 'EMPTY_VALUE', 'TOO_LARGE', 'NOT_JSON', 'UNKNOWN_TYPE', 'UNSUPPORTED_VERSION', 'MISSING_TENANT', 'INVALID_FIELD', 'UNKNOWN_TENANT', 'NOT_DUE', 'PROCESSING_FAILED', 'ACCOUNT_NOT_FOUND', 'ACCOUNT_EXISTS', 'ACCOUNT_FROZEN', 'ACCOUNT_CLOSED', 'ACCOUNT_UNLIMITED', 'INSUFFICIENT_CREDITS', 'BALANCE_OVERFLOW', 'AMOUNT_PRECISION', 'VERSION_CONFLICT', 'COMMAND_CONFLICT', 'CREDIT_TYPE_NOT_FOUND', 'CREDIT_TYPE_CONFLICT', 'GRANT_NOT_FOUND', 'GRANT_EXISTS', 'GRANT_NOT_OPEN', 'HOLD_NOT_FOUND', 'HOLD_EXISTS', 'HOLD_NOT_OPEN', 'HOLD_OPEN', 'HOLD_EXCEEDED', 'SCHEDULE_NOT_FOUND', 'SCHEDULE_EXISTS', 'SCHEDULE_ENDED', 'ORIGINAL_NOT_FOUND', 'REVERSAL_EXCEEDS_ORIGINAL', 'NOT_REVERSIBLE', 'LIMIT_EXCEEDED'] as const;
